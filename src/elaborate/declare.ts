/** What do the declarations of a program say? Variables with their shapes and facts, unknown functions, names of sizes. */
import type { FactSubject } from '../../rules/fact-records.ts';
import { sizesFrom } from '../../rules/functions/index.ts';
import { refuse } from '../basics/problem.ts';
import { isBuiltin } from './functions.ts';
import { type Moments, say, type UnknownFunction, type Variable } from './scope.ts';
import { namesIn, type Dim, dimProduct, dimSum, fixed, half, named, sizeOf } from '../shape/dim.ts';
import { describe, scalar, type Shape, axesOf, column, matrix } from '../shape/shape.ts';
import { contradiction, factRecords } from '../syntax/facts.ts';
import { everyPart, integerIn } from '../syntax/parts.ts';
import { derivedIn } from '../syntax/unknown.ts';
import type { Declaration, Expression, Fact, Name, Program, FactNote, Space } from '../syntax/tree.ts';

export interface Declared {
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, UnknownFunction>;
  readonly sizes: Set<string>;
  /** Without a declaration, names mean what they mean by habit. */
  readonly byHabit: boolean;
}

export const twice = ({ name, span }: Name, hint?: string): never =>
  refuse({ kind: 'name', message: `${name} is defined twice`, span, hint });

function reserved({ name, span }: Name): void {
  if (name === 'pi') refuse({ kind: 'name', message: 'pi is the constant 3.14…, and cannot be declared', span });
}

export function declarationsOf(program: Program, orderOf: (name: string) => number): Declared {
  const variables = new Map<string, Variable>();
  const functions = new Map<string, UnknownFunction>();
  const sizes = new Set<string>();
  const mentioned = (...shapes: readonly Shape[]): void => {
    for (const shape of shapes) for (const dim of axesOf(shape)) for (const name of namesIn(dim)) sizes.add(name);
  };
  let byHabit = true;
  for (const statement of program.statements) {
    if (statement.kind === 'declaration') {
      byHabit = false;
      declare(statement, variables, orderOf);
    } else if (statement.kind === 'function-declaration') {
      const { name } = statement;
      if (functions.has(name.name)) twice(name);
      if (isBuiltin(name.name) && name.name !== 'd')
        refuse({
          kind: 'name',
          message: `${name.name} is a function of the language`,
          span: name.span,
          hint: `${name.name}1`,
        });
      const [from, to] = [statement.from.map(shapeOfSpace), shapeOfSpace(statement.to)];
      mentioned(...from, to);
      functions.set(name.name, { name: name.name, from, to });
    }
  }
  for (const { shape } of variables.values()) mentioned(shape);
  refuseSizes(program, sizes);
  refuseDerivatives(program, functions);
  sizesInCalls(program, (name) => {
    if (byHabit) sizes.add(name);
  });
  return { variables, functions, sizes, byHabit };
}

/** D_f beside f, f_1 beside an f of two arguments: answers would call two things by one name. */
function refuseDerivatives({ statements }: Program, functions: ReadonlyMap<string, UnknownFunction>): void {
  const countOf = (name: string): number | undefined => functions.get(name)?.from.length;
  for (const statement of statements) {
    if (statement.kind !== 'function-declaration' && statement.kind !== 'function-definition') continue;
    const { name, span } = statement.name;
    const derived = derivedIn(name, countOf);
    if (derived) refuse({ kind: 'name', message: `${name} is the name of a derivative of ${derived.of}`, span });
    const [, of = ''] = /^(.+)_[1-9]+$/su.exec(name) ?? [];
    if ((countOf(of) ?? 1) > 1)
      refuse({
        kind: 'name',
        message: `J_${name} would be the Jacobian of ${name} and a derivative of ${of}`,
        span,
        hint: 'another name for one of the two',
      });
  }
}

/** n in R; x in R^n: a derivative by n would leave out how many entries x has. */
function refuseSizes({ statements }: Program, sizes: ReadonlySet<string>): void {
  for (const statement of statements)
    for (const { name, span } of statement.kind === 'declaration' ? statement.names : [])
      if (sizes.has(name))
        refuse({
          kind: 'name',
          message: `${name} is a size, and cannot be a variable too`,
          span,
          hint: `another name for one of the two; as a number ${name} needs no declaration`,
        });
}

function declare(statement: Declaration, variables: Map<string, Variable>, orderOf: (name: string) => number): void {
  const shape = statement.space && shapeOfSpace(statement.space);
  for (const name of statement.names) {
    reserved(name);
    const before = variables.get(name.name);
    if (before && shape) twice(name);
    const own = shape ?? before?.shape ?? scalar;
    const facts = new Set<Fact>(before?.facts);
    let at: Expression | undefined = before?.at;
    let moments: Moments | undefined = before?.moments;
    for (const note of statement.facts) {
      checkFact(note, name.name, own, facts, describe(own));
      facts.add(note.fact);
      at = note.at ?? at;
      moments = withMoment(note, name.name, moments);
    }
    variables.set(name.name, {
      name: name.name,
      shape: own,
      facts,
      at,
      moments,
      order: before?.order ?? orderOf(name.name),
    });
  }
}

function withMoment({ fact, value, span }: FactNote, name: string, known: Moments | undefined): Moments | undefined {
  const which = factRecords[fact].value;
  if (!which) return known;
  const fail = (message: string, hint: string): never => refuse({ kind: 'fact', message, span, hint });
  if (!value) return fail(`${fact} needs a value`, `${fact} ${fact === 'cov' ? 'C' : fact === 'mean' ? 'm' : 'p'}`);
  if (known?.[which]) return fail(`the ${which} of ${name} is said twice`, `one of the two`);
  return { ...known, [which]: value };
}

/** Names that stand where a size stands: eye(n). */
function sizesInCalls(program: Program, found: (name: string) => void): void {
  for (const root of expressionsOf(program))
    everyPart(root, (e) => {
      const from = e.kind === 'call' ? sizesFrom(e.name) : undefined;
      if (e.kind !== 'call' || from === undefined) return;
      for (const argument of e.arguments.slice(from))
        everyPart(argument, (part) => {
          if (part.kind === 'name') found(part.name);
        });
    });
}

/** Every expression of a program that has a value. */
export function expressionsOf(program: Program): readonly Expression[] {
  return program.statements.flatMap((statement): readonly Expression[] => {
    switch (statement.kind) {
      case 'definition':
      case 'function-definition':
        return [statement.value];
      case 'question':
        return [statement.expression, ...statement.at.map(({ value }) => value)];
      case 'claim':
        return [statement.left, statement.right];
      case 'declaration':
      case 'function-declaration':
      case 'setting':
        return [];
    }
  });
}

// ---- facts
// Which facts can be stated of a name of this shape, beside those that are stated already?

const isSquare = (shape: Shape): boolean => shape.kind === 'matrix' && shape.rows === shape.columns;

interface Subject {
  readonly fits: (shape: Shape) => boolean;
  /** Why it does not, after the shape: `, not square`. */
  readonly otherwise: (fact: Fact) => string;
}
const subjects: Readonly<Record<FactSubject, Subject>> = {
  anything: { fits: () => true, otherwise: () => '' },
  rows: {
    fits: ({ kind }) => kind === 'column' || kind === 'row' || kind === 'matrix',
    otherwise: (fact) => `, and ${fact} is said of vectors, or of the rows of a matrix`,
  },
  matrix: { fits: ({ kind }) => kind === 'matrix', otherwise: (fact) => `, and ${fact} is said of matrices` },
  square: { fits: isSquare, otherwise: () => ', not square' },
  'square or number': { fits: (shape) => isSquare(shape) || shape.kind === 'scalar', otherwise: () => ', not square' },
};

export function checkFact(
  { fact, at, span }: FactNote,
  name: string,
  shape: Shape,
  others: ReadonlySet<Fact>,
  described: string,
): void {
  const fail = (message: string, hint?: string): never => refuse({ kind: 'fact', message, span, hint });
  const { fits, otherwise } = subjects[factRecords[fact].of];
  if (!fits(shape))
    fail(
      `${name} cannot be ${fact}: it is ${described}${otherwise(fact)}`,
      shape.kind === 'scalar' && factRecords[fact].of === 'square' ? `a scalar can be positive or nonzero` : undefined,
    );
  if (at && shape.kind !== 'column' && shape.kind !== 'row')
    fail(`${name} cannot be ${fact} at one position: it is ${described}, not a vector`);
  const other = contradiction(others, fact);
  if (other) fail(`${name} cannot be both ${other} and ${fact}`);
}

// ---- sizes
// Which size does an expression in R^(…), ones(…) or eye(…) stand for?

const minusOne = fixed(-1);
/** Of a size: n^2. */
const largestPower = 8;

/** `nameOf` says what a name stands for, or refuses it. */
export function sizeFrom(e: Expression, nameOf: (name: string, at: Expression) => Dim): Dim {
  const dim = read(e, nameOf);
  const size = sizeOf(dim);
  if (size === undefined || size >= 1) return dim;
  return refuse({ kind: 'shape', message: `a size is at least 1, and ${say(e)} is ${size}`, span: e.span });
}

function read(e: Expression, nameOf: (name: string, at: Expression) => Dim): Dim {
  if (e.kind === 'number' && e.value.d === 1n && e.value.n < 2n ** 40n) return fixed(Number(e.value.n));
  if (e.kind === 'name') return nameOf(e.name, e);
  if (e.kind === 'negation') return dimProduct(minusOne, read(e.of, nameOf));
  if (e.kind === 'binary' && e.operator === '*') return dimProduct(read(e.left, nameOf), read(e.right, nameOf));
  if (e.kind === 'binary' && e.operator === '^') {
    const exponent = integerIn(e.right);
    if (exponent !== undefined && exponent >= 1 && exponent <= largestPower) {
      const base = read(e.left, nameOf);
      return Array.from({ length: exponent }, () => base).reduce(dimProduct);
    }
  }
  if (e.kind === 'binary' && e.operator === '/' && integerIn(e.right) === 2) {
    const whole = half(read(e.left, nameOf));
    if (whole) return whole;
    refuse({ kind: 'shape', message: `${say(e)} is no whole number for every size`, span: e.span });
  }
  if (e.kind === 'sum')
    return e.terms
      .map(({ negative, term }) => (negative ? dimProduct(minusOne, read(term, nameOf)) : read(term, nameOf)))
      .reduce((a, b) => dimSum(a, b));
  return refuse({
    kind: 'shape',
    message: `a size is a name, a whole number, or a sum or product of them, not ${say(e)}`,
    span: e.span,
  });
}

/** R, R^n, R^(m x n), R^(m x n x k). */
export function shapeOfSpace(space: Space): Shape {
  const [only] = space.sizes;
  // R^mxn would be a column of the size “mxn”: nobody means that.
  const glued = space.sizes.length === 1 && only?.kind === 'name' ? /^([a-z]|\d+)x([a-z]|\d+)$/i.exec(only.name) : null;
  if (glued)
    refuse({
      kind: 'syntax',
      message: `R^${glued[0]} is read as one size`,
      span: only?.span,
      hint: `R^(${glued[1]} x ${glued[2]})`,
    });
  const dims = space.sizes.map((size) => sizeFrom(size, named));
  const [rows, columns] = dims;
  if (!rows) return scalar;
  if (dims.length > 2) return { kind: 'tensor', axes: dims };
  return columns ? matrix(rows, columns) : column(rows);
}
