/** How does a scalar expression read in JavaScript? With as few parentheses as its operators need. */
import type { Atom, Buffer, Condition, Counter, Expression, Local, LoopFunction, Position } from '../program.ts';
import { flatten } from '../position.ts';
import { type Code, code, isSigned, join, list } from './code.ts';
import { functionTexts } from './functions.ts';
import type { HelperName } from './helpers.ts';

/** What the names in scope are, and which helpers have been used. */
export interface Naming {
  readonly bufferName: (buffer: Buffer) => Code;
  readonly counterName: (counter: Counter) => Code;
  readonly localName: (local: Local) => Code;
  /** A helper, or a function that brings its own text. */
  readonly helper: (name: HelperName | LoopFunction) => Code;
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
    case 'function':
      return functionCode(naming, e.fn, e.args);
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

function functionCode(naming: Naming, fn: LoopFunction, args: readonly Expression[]): Written {
  const text = functionTexts[fn];
  const parts = args.map((arg) => written(naming, arg));
  if (text.kind === 'comparison') {
    const [left, right] = parts.map((part) => within(part, additive)) as [Code, Code];
    return { code: code`${left} ${text.operator} ${right} ? 1 : 0`, level: choice };
  }
  const callee = text.kind === 'call' ? text.callee : naming.helper(fn);
  return { code: code`${callee}(${list(parts.map((part) => part.code))})`, level: primary };
}

export function conditionsCode(naming: Naming, when: readonly Condition[]): Code {
  const parts = when.map(({ relation, left, right }) => {
    const operator = relation === 'equal' ? code`===` : code`<=`;
    return code`${position(naming, left).code} ${operator} ${position(naming, right).code}`;
  });
  return join(parts, code` && `);
}
