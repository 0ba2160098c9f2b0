/** How does a scalar expression read in JavaScript? With as few parentheses as its operators need. */
import type {
  Atom,
  BinaryFunction,
  Buffer,
  Condition,
  Counter,
  Expression,
  Local,
  Position,
  UnaryFunction,
} from '../program.ts';
import { flatten } from '../position.ts';
import { type Code, code, join, list, isSigned } from './code.ts';
import { type HelperName, isHelper } from './helpers.ts';

/** What the names in scope are, and which helpers have been used. */
export interface Naming {
  readonly bufferName: (buffer: Buffer) => Code;
  readonly counterName: (counter: Counter) => Code;
  readonly localName: (local: Local) => Code;
  readonly helper: (name: HelperName) => Code;
}

/** How tightly the outermost operator binds. */
type Level = 0 | 1 | 2 | 3 | 4;
const [choice, additive, multiplicative, unary, primary] = [0, 1, 2, 3, 4] as const;
interface Written {
  readonly code: Code;
  readonly level: Level;
}

const within = ({ code: inner, level }: Written, least: Level): Code => (level < least ? code`(${inner})` : inner);

// ---- positions

function position(naming: Naming, { constant, terms }: Position): Written {
  if (terms.length === 0) return { code: code`${constant}`, level: constant < 0 ? unary : primary };
  const parts: Written[] = terms
    .toSorted((a, b) => b.stride - a.stride)
    .map(({ atom, stride }) => strided(naming, atom, stride));
  if (constant !== 0) parts.push({ code: code`${constant}`, level: primary });
  return sumOf(
    parts.map((part, n) => ({ part, minus: n === parts.length - 1 && constant < 0 })),
    constant,
  );
}
function sumOf(parts: readonly { readonly part: Written; readonly minus: boolean }[], constant: number): Written {
  if (parts.length === 1) return parts[0]!.part;
  const [first, ...others] = parts;
  const rest = others.map(({ part, minus }) =>
    minus ? code` - ${-constant}` : code` + ${within(part, multiplicative)}`,
  );
  return { code: code`${within(first!.part, additive)}${join(rest, code``)}`, level: additive };
}
function strided(naming: Naming, atom: Atom, stride: number): Written {
  const factor = atomCode(naming, atom);
  return stride === 1 ? factor : { code: code`${within(factor, unary)} * ${stride}`, level: multiplicative };
}
function atomCode(naming: Naming, atom: Atom): Written {
  if (!('of' in atom)) return { code: naming.counterName(atom), level: primary };
  const of = within(position(naming, atom.of), unary);
  return atom.kind === 'quotient'
    ? { code: code`((${of} / ${atom.by}) | 0)`, level: primary }
    : { code: code`(${of} % ${atom.by})`, level: primary };
}

export const cell = (naming: Naming, buffer: Buffer, at: readonly Position[]): Code =>
  code`${naming.bufferName(buffer)}[${position(naming, flatten(at, buffer.extents)).code}]`;

// ---- expressions

export const expressionCode = (naming: Naming, e: Expression): Code => written(naming, e).code;

function written(naming: Naming, e: Expression): Written {
  switch (e.kind) {
    case 'constant':
      return { code: code`${e.value}`, level: isSigned(e.value) ? unary : primary };
    case 'load':
      return { code: cell(naming, e.buffer, e.at), level: primary };
    case 'local':
      return { code: naming.localName(e.local), level: primary };
    case 'sum':
      return writtenSum(naming, e.terms);
    case 'product':
      return {
        code: join(
          e.factors.map((f, n) => within(written(naming, f), n === 0 ? multiplicative : unary)),
          code` * `,
        ),
        level: multiplicative,
      };
    case 'negate':
      return { code: code`-${within(written(naming, e.of), primary)}`, level: unary };
    case 'quotient':
      return {
        code: code`${within(written(naming, e.over), multiplicative)} / ${within(written(naming, e.under), unary)}`,
        level: multiplicative,
      };
    case 'integer-power':
      return integerPower(naming, e.base, e.exponent);
    case 'unary':
      return { code: code`${unaryName(naming, e.fn)}(${written(naming, e.of).code})`, level: primary };
    case 'binary':
      return binary(e.fn, written(naming, e.left), written(naming, e.right));
    case 'select':
      return {
        code: code`${conditionsCode(naming, e.when)} ? ${within(written(naming, e.value), additive)} : ${within(written(naming, e.otherwise), additive)}`,
        level: choice,
      };
  }
}

function writtenSum(naming: Naming, terms: readonly Expression[]): Written {
  const parts = terms.map((term, n) => {
    if (n === 0) return within(written(naming, term), additive);
    return term.kind === 'negate'
      ? code` - ${within(written(naming, term.of), multiplicative)}`
      : code` + ${within(written(naming, term), multiplicative)}`;
  });
  return { code: join(parts, code``), level: additive };
}

function integerPower(naming: Naming, base: Expression, exponent: number): Written {
  const inner = written(naming, base);
  if (exponent <= 4 && (base.kind === 'local' || base.kind === 'load'))
    return {
      code: join(
        Array.from({ length: exponent }, () => inner.code),
        code` * `,
      ),
      level: multiplicative,
    };
  if (exponent === 2) return { code: code`${naming.helper('square')}(${inner.code})`, level: primary };
  if (exponent === 3) return { code: code`${naming.helper('cube')}(${inner.code})`, level: primary };
  return { code: code`${naming.helper('integerPower')}(${inner.code}, ${exponent})`, level: primary };
}

const mathFunctions: Readonly<Record<Exclude<UnaryFunction, HelperName>, Code>> = {
  exp: code`Math.exp`,
  log: code`Math.log`,
  sin: code`Math.sin`,
  cos: code`Math.cos`,
  tan: code`Math.tan`,
  asin: code`Math.asin`,
  acos: code`Math.acos`,
  atan: code`Math.atan`,
  sinh: code`Math.sinh`,
  cosh: code`Math.cosh`,
  tanh: code`Math.tanh`,
  sqrt: code`Math.sqrt`,
  abs: code`Math.abs`,
  sign: code`Math.sign`,
};
const unaryName = (naming: Naming, fn: UnaryFunction): Code => (isHelper(fn) ? naming.helper(fn) : mathFunctions[fn]);

const comparisons: Readonly<Partial<Record<BinaryFunction, Code>>> = {
  greater: code`>`,
  less: code`<`,
  'at-least': code`>=`,
  'at-most': code`<=`,
  equals: code`===`,
  differs: code`!==`,
};
function binary(fn: BinaryFunction, left: Written, right: Written): Written {
  if (fn === 'power') return { code: code`Math.pow(${list([left.code, right.code])})`, level: primary };
  if (fn === 'max') return { code: code`Math.max(${list([left.code, right.code])})`, level: primary };
  return {
    code: code`${within(left, additive)} ${comparisons[fn]!} ${within(right, additive)} ? 1 : 0`,
    level: choice,
  };
}

export function conditionsCode(naming: Naming, when: readonly Condition[]): Code {
  const parts = when.map(({ relation, left, right }) => {
    const operator = relation === 'equal' ? code`===` : code`<=`;
    return code`${position(naming, left).code} ${operator} ${position(naming, right).code}`;
  });
  return join(parts, code` && `);
}
