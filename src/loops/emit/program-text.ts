/** How do loops become JavaScript? One function over Float64Arrays, its work arrays made once around it. */
import {
  type Code,
  code,
  createScope,
  lines,
  list,
  quoted,
  remark,
  sanitised,
  type Scope,
  isSigned,
  join,
} from './code.ts';
import type { ResultName } from '../../syntax/unknown.ts';
import { functionTexts } from './functions.ts';
import { helperTexts, isHelper, type HelperName } from './helpers.ts';
import { flatten } from '../position.ts';
import type {
  Factorisation,
  Buffer,
  Counter,
  Expression,
  Local,
  LoopProgram,
  Statement,
  Atom,
  Condition,
  LoopFunction,
  Position,
} from '../program.ts';

/** Longer names make lines hard to read: their arrays are called t. */
const longestName = 20;

/** The text of `function create…(functions)`, which returns the evaluator: (inputs in order, outputs in order) => outputs. */
export function emitJavaScript(program: LoopProgram, name = 'evaluate'): string {
  return emitCode(program, name).toString();
}

function emitCode(program: LoopProgram, name: string): Code {
  const outer = createScope(isHelper);
  const create = outer.name(`create${name.slice(0, 1).toUpperCase()}${name.slice(1)}`);
  const evaluate = outer.name(name);
  const state = createNames(program, outer);
  const body = program.body.map((statement) => statementCode(state, statement, state.scope));
  const parameters = [...program.inputs, ...program.outputs.map(({ buffer }) => buffer)].map(state.naming.bufferName);
  const outputs = program.outputs.map(({ buffer }) => state.naming.bufferName(buffer));
  const used = program.work;
  const made = used.map((buffer) => code`const ${state.madeName(buffer)} = new Float64Array(${buffer.length});`);
  const aliases = used.map(
    (buffer) => code`const ${state.naming.bufferName(buffer)} = ${state.madeName(buffer)};${labelled(buffer)}`,
  );
  const result = outputs.length === 1 ? outputs[0]! : code`[${list(outputs)}]`;
  const inside = lines([...aliases, ...body, code`return ${result};`]);
  const kernel = code`return function ${evaluate}(${list(parameters)}) {
  ${inside}
};`;
  return code`function ${create}(${program.functions.length > 0 ? code`functions` : code``}) {
  ${lines([...helperTexts(state.helpersUsed), ...made, kernel])}
}`;
}

/** What the array holds, where its own name cannot say it. */
const labelled = ({ name }: Buffer): Code => (isReadable(name) ? code`` : code` // ${remark(name)}`);
const isReadable = (name: string): boolean => name === '' || (name.length <= longestName && sanitised(name) === name);

interface Names {
  readonly scope: Scope;
  readonly naming: Naming;
  readonly madeName: (buffer: Buffer) => Code;
  readonly helpersUsed: Set<string>;
  readonly nameCounter: (counter: Counter, scope: Scope, depth: number) => Code;
  readonly nameLocal: (local: Local, scope: Scope) => Code;
}

function createNames(program: LoopProgram, outer: Scope): Names {
  const buffers = new Map<Buffer, Code>();
  const made = new Map<Buffer, Code>();
  const counters = new Map<Counter, Code>();
  const locals = new Map<Local, Code>();
  const helpersUsed = new Set<string>();
  const outputs = program.outputs.map(({ buffer }) => buffer);
  for (const buffer of program.inputs) buffers.set(buffer, outer.name(buffer.name));
  for (const buffer of outputs) buffers.set(buffer, outer.name(outputs.length === 1 ? 'out' : buffer.name));
  for (const buffer of program.work) {
    const wish = buffer.name === '' || buffer.name.length > longestName ? 't' : buffer.name;
    buffers.set(buffer, outer.name(wish));
    made.set(buffer, outer.name(`${wish}_`));
  }
  const letters = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 's'];
  return {
    scope: outer,
    madeName: (buffer) => made.get(buffer)!,
    helpersUsed,
    nameCounter: (counter, scope, depth) => {
      const name = scope.name(letters[depth] ?? 'i');
      counters.set(counter, name);
      return name;
    },
    nameLocal: (local, scope) => {
      const name = scope.name(local.name === '' ? 'a' : local.name);
      locals.set(local, name);
      return name;
    },
    naming: {
      bufferName: (buffer) => buffers.get(buffer)!,
      counterName: (counter) => counters.get(counter)!,
      localName: (local) => locals.get(local)!,
      helper: (name) => {
        helpersUsed.add(name);
        return helperName(name);
      },
    },
  };
}
/** Helpers keep their names: nothing else in the text may have them. */
const helperName = (name: string): Code => createScope().name(name);

function statementCode(names: Names, statement: Statement, scope: Scope, depth = 0): Code {
  const { naming } = names;
  switch (statement.kind) {
    case 'loop': {
      const inner = scope.inner();
      const i = names.nameCounter(statement.counter, inner, depth);
      const body = lines(statement.body.map((s) => statementCode(names, s, inner, depth + 1)));
      return code`for (let ${i} = 0; ${i} < ${statement.counter.extent}; ${i}++) {
  ${body}
}`;
    }
    case 'when': {
      const inner = scope.inner();
      const body = lines(statement.body.map((s) => statementCode(names, s, inner, depth)));
      return code`if (${conditionsCode(naming, statement.conditions)}) {
  ${body}
}`;
    }
    case 'declare': {
      const value = expressionCode(naming, statement.value);
      return code`${statement.changes ? code`let` : code`const`} ${names.nameLocal(statement.local, scope)} = ${value};`;
    }
    case 'update': {
      const local = naming.localName(statement.local);
      if (statement.by === 'add') return addTo(naming, local, statement.value);
      if (statement.by === 'multiply') return code`${local} *= ${expressionCode(naming, statement.value)};`;
      const keep = statement.by === 'max' ? code`Math.max` : code`Math.min`;
      return code`${local} = ${keep}(${local}, ${expressionCode(naming, statement.value)});`;
    }
    case 'store':
      return storeCode(naming, statement);
    case 'clear':
      return code`${naming.bufferName(statement.buffer)}.fill(0);`;
    case 'factorise':
      return factoriseCode(names, statement, scope);
    case 'call':
      return callCode(names, statement, scope);
  }
}

const addTo = (naming: Naming, place: Code, value: Expression): Code =>
  value.kind === 'negate'
    ? code`${place} -= ${expressionCode(naming, value.of)};`
    : code`${place} += ${expressionCode(naming, value)};`;

function storeCode(naming: Naming, { buffer, at, by, value }: Statement & { readonly kind: 'store' }): Code {
  const place = cell(naming, buffer, at);
  return by === 'add' ? addTo(naming, place, value) : code`${place} = ${expressionCode(naming, value)};`;
}

const kernels = {
  inverse: 'inverse',
  adjugate: 'adjugate',
  determinant: 'determinant',
  'log-determinant': 'logDeterminant',
  eigvals: 'eigenvalues',
  eigvecs: 'eigenvectors',
  eigmax: 'largestEigenvalue',
  eigmin: 'smallestEigenvalue',
  chol: 'choleskyFactor',
  normop: 'operatorNorm',
  normnuc: 'nuclearNorm',
  power: 'matrixPower',
  pinv: 'pseudoinverse',
  expm: 'matrixExponential',
  logm: 'matrixLogarithm',
  sqrtm: 'matrixRoot',
  dexpm: 'exponentialAlong',
  dlogm: 'logarithmAlong',
} as const satisfies Record<Factorisation, HelperName>;
/** Of matrices that need not be square. */
const isRectangular = (result: Factorisation): boolean =>
  result === 'normop' || result === 'normnuc' || result === 'pinv';

function factoriseCode(names: Names, s: Statement & { readonly kind: 'factorise' }, scope: Scope): Code {
  const kernel = names.naming.helper(kernels[s.result]);
  const [source, target, scratch] = [s.source, s.target, s.scratch].map(names.naming.bufferName) as [Code, Code, Code];
  const more = isRectangular(s.result) ? s.columns : s.exponent;
  const size = more === undefined ? code`${s.rows}` : code`${s.rows}, ${more}`;
  if (s.count === 1) return code`${kernel}(${source}, 0, ${target}, 0, ${scratch}, ${size});`;
  const i = scope.inner().name('i');
  const step = s.target.length / s.count;
  return code`for (let ${i} = 0; ${i} < ${s.count}; ${i}++) ${kernel}(${source}, ${i} * ${s.rows * s.columns}, ${target}, ${i} * ${step}, ${scratch}, ${size});`;
}

function callCode(names: Names, s: Statement & { readonly kind: 'call' }, scope: Scope): Code {
  const arrays = [...s.sources, s.target];
  const method = isNamed(s.result) ? code`.${namedResults[s.result]}` : code`[${quoted(s.result)}]`;
  const called = code`functions[${quoted(s.name)}]${method}`;
  if (s.count === 1) return code`${called}(${list(arrays.map(names.naming.bufferName))});`;
  const i = scope.inner().name('i');
  const part = (buffer: Buffer): Code => {
    const step = buffer.length / s.count;
    return code`${names.naming.bufferName(buffer)}.subarray(${i} * ${step}, (${i} + 1) * ${step})`;
  };
  return code`for (let ${i} = 0; ${i} < ${s.count}; ${i}++) ${called}(${list(arrays.map(part))});`;
}
const namedResults = { value: code`value`, jacobian: code`jacobian`, hessian: code`hessian` } as const;
const isNamed = (result: ResultName): result is keyof typeof namedResults => Object.hasOwn(namedResults, result);

// ---- expressions
// How does a scalar expression read in JavaScript? With as few parentheses as its operators need.

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
const operators = { equal: code`===`, unequal: code`!==`, 'at-most': code`<=` } as const;
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
    case 'position':
      return position(naming, e.at);
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
    const operator = operators[relation];
    return code`${position(naming, left).code} ${operator} ${position(naming, right).code}`;
  });
  return join(parts, code` && `);
}
