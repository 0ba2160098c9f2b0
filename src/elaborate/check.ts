/** Do the shapes of a program fit, and what is the shape of each of its expressions? */
import type { Dim } from '../shape/dim.ts';
import { axesOf, type Shape } from '../shape/shape.ts';
import { createSizes } from '../shape/unify.ts';
import { refuse } from '../basics/problem.ts';
import type { Claim, Expression, Layout, Program, Question } from '../syntax/tree.ts';
import type { Checker, Finding, CheckedProgram } from './scope.ts';
import { checkMoments } from './expectation.ts';
import { finding, valueParts } from './shapes.ts';
import { addIndexNames, clash, mergeIndices, positionIn } from './indices.ts';
import { createInline } from './restate.ts';
import { createNames, isUsed } from './names.ts';
import { checkStatement } from './statements.ts';
import { attempt } from '../basics/problem.ts';
import { bottomUp, everyPart, namesIn } from '../syntax/parts.ts';

export function checkProgram(program: Program): CheckedProgram {
  const checker = createChecker(program);
  for (const { at, shape } of checker.variables.values()) {
    const dim = axesOf(shape)[0];
    if (at && dim) openFactIndex(at, dim, checker);
  }
  for (const statement of program.statements) checkStatement(statement, checker);
  for (const variable of checker.variables.values()) checkMoments(variable, checker);
  return settledProgram(program, checker);
}

function createChecker(program: Program): Checker {
  const sizes = createSizes();
  const names = createNames(program, sizes);
  const findings = new WeakMap<Expression, Finding>();
  const openIndices = new Map<string, Dim>();
  const find = (e: Expression): Finding => {
    bottomUp(
      e,
      (node) => valueParts(node, checker),
      (node) => findings.has(node),
      (node) => findings.set(node, finding(node, checker)),
    );
    return findings.get(e)!;
  };
  const findWhole = (e: Expression): Finding => {
    openExponents(e, checker);
    const found = find(e);
    for (const [name, dim] of found.free) {
      const known = openIndices.get(name);
      if (known && !sizes.unify(known, dim)) clash(name, known, dim, e, sizes);
    }
    return found;
  };
  const checker: Checker = {
    ...names,
    layout: layoutOf(program),
    sizes,
    openIndices,
    openSizes: new Set(),
    inline: createInline(),
    shapeOf: (e) => sizes.resolveShape((findings.get(e) ?? find(e)).shape),
    find,
    findWhole,
    wasFound: (e) => findings.has(e),
    merge: (sets, at) => mergeIndices(sets, at, sizes),
  };
  return checker;
}

function layoutOf({ statements }: Program): Layout | undefined {
  const said = statements.filter((s) => s.kind === 'setting');
  const [first] = said;
  const other = said.find(({ value }) => value !== first?.value);
  if (other)
    refuse({
      kind: 'question',
      message: `a program has one layout, and this one says ${first!.value} and ${other.value}`,
      span: other.span,
    });
  return first?.value;
}

/** An exponent of a matrix that nobody declared is a whole number above 0, given with the sizes. */
function openExponents(root: Expression, checker: Checker): void {
  everyPart(root, (e) => {
    if (e.kind !== 'binary' || e.operator !== '^') return;
    const open = [...namesIn(e.right)].filter((name) => name !== 'pi' && name !== 'I' && !isUsed(name, checker));
    if (open.length === 0) return;
    const base = attempt(() => checker.shapeOf(e.left));
    if (base.ok && base.value.kind === 'matrix') for (const name of open) checker.sizeNames.add(name);
  });
}

/** y onehot at k: k means the same in the whole program. */
function openFactIndex(at: Expression, dim: Dim, checker: Checker): void {
  const position = positionIn(at, dim, at, checker);
  if ('name' in position) checker.openIndices.set(position.name, dim);
}

const withShapes = <Named extends { readonly shape: Shape }>(
  from: ReadonlyMap<string, Named>,
  { sizes }: Checker,
): Map<string, Named> =>
  new Map([...from].map(([name, known]) => [name, { ...known, shape: sizes.resolveShape(known.shape) }]));

/** All sizes have their names now. Expressions that come later may bring further names to life, and further sizes. */
function settledProgram(program: Program, checker: Checker): CheckedProgram {
  const { sizes } = checker;
  const settle = (): void => {
    for (const name of sizes.settle((candidate) => isUsed(candidate, checker))) checker.sizeNames.add(name);
  };
  settle();
  const variables = withShapes(checker.variables, checker);
  const find = (e: Expression): Finding => {
    if (checker.wasFound(e)) return checker.find(e);
    addIndexNames(e, checker.indexNames);
    const found = checker.findWhole(e);
    settle();
    for (const [name, variable] of checker.variables)
      if (!variables.has(name)) variables.set(name, { ...variable, shape: sizes.resolveShape(variable.shape) });
    return found;
  };
  return {
    program,
    layout: checker.layout,
    variables,
    definitions: withShapes(checker.definitions, checker),
    functions: checker.functions,
    functionDefinitions: checker.functionDefinitions,
    sizes: checker.sizeNames,
    questions: program.statements.filter((s): s is Question | Claim => s.kind === 'question' || s.kind === 'claim'),
    shapeOf: (e) => sizes.resolveShape(find(e).shape),
    freeIndices: (e) => new Map([...find(e).free].map(([name, dim]) => [name, sizes.resolve(dim)])),
    inlined: (e) => find(e).meaning ?? e,
  };
}
