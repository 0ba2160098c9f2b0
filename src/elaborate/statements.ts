/** Do definitions, functions and claims fit together? */
import { refuse } from '../basics/problem.ts';
import { expressionsOf, twice } from './declare.ts';
import { inBrackets } from './derivatives.ts';
import { isBuiltin } from './functions.ts';
import { type Checker, type Finding, sameShape, misshapen, say } from './scope.ts';
import type { Dim } from '../shape/dim.ts';
import { axesOf, column, matrix, row, type Shape, transposed } from '../shape/shape.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Definition, Expression, FunctionDefinition, Program, Question, Statement } from '../syntax/tree.ts';
import { derivedIn } from '../syntax/unknown.ts';

export function checkStatement(statement: Statement, checker: Checker): void {
  switch (statement.kind) {
    case 'definition':
      return define(statement, checker);
    case 'function-definition':
      return defineFunction(statement, checker);
    case 'question':
      return ask(statement, checker);
    case 'claim':
      return compareSides(statement.left, statement.right, checker);
    case 'declaration':
    case 'function-declaration':
    case 'setting':
  }
}

function define(statement: Definition, checker: Checker): void {
  const { sizes, declared, definitions, openIndices } = checker;
  const { name, indices, value } = statement;
  const before = declared.get(name.name);
  // The indices of its entries are its own.
  const found = indices.length === 0 ? checker.findWhole(value) : checker.find(value);
  const shape = definedShape(statement, found, before?.shape, checker);
  if (before && !sameShape(before.shape, shape, sizes))
    misshapen(
      name,
      `${name.name} is declared as ${sizes.describe(before.shape)} and its value is ${sizes.describe(shape)}`,
    );
  checker.later.delete(name.name);
  for (const [index, dim] of found.free)
    if (!indices.some((own) => own.name === index) && !openIndices.has(index)) openIndices.set(index, dim);
  definitions.set(name.name, {
    name: name.name,
    shape: before?.shape ?? shape,
    facts: before?.facts ?? new Set(),
    indices: indices.map((index) => index.name),
    value,
    order: before?.order ?? checker.nextOrder(),
  });
}

/** y[i] = … is a column, P[i,j] = … a matrix, unless a declaration says otherwise. */
function definedShape(
  { name, indices, value }: Definition,
  { shape, free }: Finding,
  before: Shape | undefined,
  { sizes }: Checker,
): Shape {
  if (indices.length === 0) return shape;
  if (sizes.resolveShape(shape).kind !== 'scalar')
    misshapen(
      value,
      `an entry of ${name.name} is a scalar, and ${say(value, 'the value')} is ${sizes.describe(shape)}`,
    );
  const known = before && axesOf(before);
  const dims = indices.map((index, n): Dim => {
    if (indices.findIndex((other) => other.name === index.name) !== n)
      refuse({ kind: 'index', message: `${index.name} occurs twice`, span: index.span });
    const message = `nothing says how far ${index.name} runs: it is not used in the value`;
    return free.get(index.name) ?? known?.[n] ?? refuse({ kind: 'index', message, span: index.span });
  });
  if (before?.kind === 'row' && dims.length === 1) return row(dims[0]!);
  if (dims.length === 1) return column(dims[0]!);
  return dims.length === 2 ? matrix(dims[0]!, dims[1]!) : { kind: 'tensor', axes: dims };
}

function defineFunction({ name, parameters, value }: FunctionDefinition, checker: Checker): void {
  const { functionDefinitions, functions, laterFunctions } = checker;
  if (functionDefinitions.has(name.name)) twice(name);
  if (isBuiltin(name.name))
    refuse({ kind: 'name', message: `${name.name} is a function of the language`, span: name.span });
  const own = parameters.map((parameter) => parameter.name);
  everyPart(value, (e) => {
    if ((e.kind !== 'call' && e.kind !== 'name') || own.includes(e.name)) return;
    const used = laterFunctions.has(e.name) ? e.name : e.name.replace(/^(?:J|H|D\d?|DD)_/, '');
    if (!laterFunctions.has(used)) return;
    const how = used === name.name ? 'is defined by means of itself' : 'is used before it is defined';
    refuse({ kind: 'name', message: `${used} ${how}`, span: e.span });
  });
  laterFunctions.delete(name.name);
  functionDefinitions.set(name.name, { name: name.name, parameters: own, value, declared: functions.get(name.name) });
}

function ask({ expression, at }: Question, checker: Checker): void {
  const { sizes } = checker;
  for (const part of questionParts(expression)) checker.findWhole(part);
  for (const { name, value } of at) {
    const target = checker.lookUp(name.name, name.span);
    if (!target && checker.sizeNames.has(name.name)) continue;
    const expected = (target ?? checker.unknown(name)).shape;
    const { shape } = checker.findWhole(value);
    if (!sameShape(expected, shape, sizes))
      misshapen(value, `${name.name} is ${sizes.describe(expected)} and its value here is ${sizes.describe(shape)}`);
  }
}

const isZeroLiteral = (e: Expression): boolean => e.kind === 'number' && e.value.n === 0n;

function compareSides(left: Expression, right: Expression, { findWhole, sizes }: Checker): void {
  const [a, b] = [findWhole(left), findWhole(right)];
  if (isZeroLiteral(left) || isZeroLiteral(right) || sameShape(a.shape, b.shape, sizes)) return;
  const flipped = sameShape(a.shape, transposed(sizes.resolveShape(b.shape)), sizes);
  misshapen(
    right,
    `${say(left, 'the left side')} is ${sizes.describe(a.shape)} and ${say(right, 'the right side')} is ${sizes.describe(b.shape)}`,
    flipped ? `compare it with the transpose of the right side` : undefined,
  );
}

/** The different lists of arguments that a function, or a derivative of it, is applied to. */
export function argumentsOfCalls(program: Program, name: string): ReadonlyMap<string, readonly Expression[]> {
  const found = new Map<string, readonly Expression[]>();
  for (const root of expressionsOf(program))
    everyPart(root, (e) => {
      if (e.kind !== 'call') return;
      const isOf = e.name === name || derivedIn(e.name, (of) => (of === name ? e.arguments.length : undefined));
      if (isOf) found.set(e.arguments.map((argument) => say(argument, `#${found.size}`)).join(), e.arguments);
    });
  return found;
}

// ---- questions
// Which single expressions does a question ask for? grad(f, X, Y) asks for two, and so does grad(f, [X, Y]).

export function questionParts(e: Expression): readonly Expression[] {
  if (e.kind !== 'call' || !bySeveral.has(e.name)) return [e];
  const [of, ...by] = e.arguments;
  // Several arguments are gradients by habit; jacobian and hessian are told by the bracket.
  if (!of || by.length === 0 || (by.length > 1 && e.name !== 'grad')) return [e];
  return by.flatMap((name) => inBrackets(name) ?? [name]).map((name) => ({ ...e, arguments: [of, name] }));
}
const bySeveral: ReadonlySet<string> = new Set(['grad', 'jacobian', 'hessian']);
