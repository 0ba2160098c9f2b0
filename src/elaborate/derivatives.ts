/** grad, jacobian, hessian, jvp, vjp, hvp, d: of what, by what, and of which shape? */
import { refuse } from '../basics/problem.ts';
import { axesOf, matrix, type Shape, transposed } from '../shape/shape.ts';
import { structureRecords } from '../../rules/structures.ts';
import type { Call, Expression, Layout, MatrixLiteral, Name, Structure, Subscript } from '../syntax/tree.ts';
import { binary, transposeOf } from '../syntax/build.ts';
import { isSymmetric } from '../syntax/facts.ts';
import { sizeExpression } from '../shape/dim.ts';
import { type Checker, type Finding, isFunction, noIndices, sameShape, misshapen, say } from './scope.ts';

export type DerivativeKind = 'grad' | 'jacobian' | 'hessian' | 'jvp' | 'vjp' | 'hvp' | 'differential';

/** The parts of a derivative call, in their order. */
export interface DerivativeCall {
  readonly kind: DerivativeKind;
  readonly of: Expression;
  /** A name, or vec of one. */
  readonly by?: Expression | undefined;
  readonly direction?: Expression | undefined;
  /** Where the variable is varied; entry by entry where nothing is said. */
  readonly within?: Structure | undefined;
}
export function derivativeCall(e: Call): DerivativeCall {
  const [of, by, direction] = e.arguments;
  if (e.name === 'd') return { kind: 'differential', of: of! };
  return { kind: e.name as DerivativeKind, of: of!, by, direction, within: e.within };
}
/** The name that a derivative is taken by: X for vec(X). */
export const nameBehind = (by: Expression): Name | undefined =>
  by.kind === 'name'
    ? by
    : by.kind === 'call' && by.name === 'vec' && by.arguments.length === 1
      ? nameBehind(by.arguments[0]!)
      : undefined;

/** What stands beside each other in [A, b, X[1,:]], where a derivative is taken by each of it. */
export const inBrackets = (by: Expression): readonly Expression[] | undefined =>
  by.kind === 'matrix' && by.rows.length === 1 ? by.rows[0] : undefined;

/** shape(y) ++ shape(x); two axes make a matrix. */
export function stackedShape(y: Shape, x: Shape): Shape {
  if (y.kind === 'scalar') return x;
  if (x.kind === 'scalar') return y;
  const axes = [...axesOf(y), ...axesOf(x)];
  return axes.length === 2 ? matrix(axes[0]!, axes[1]!) : { kind: 'tensor', axes };
}

/** Numerator layout lays y along the rows and x along the columns, denominator layout the other way round, where two axes or fewer make that plain. */
function laidOut(kind: 'jacobian' | 'hessian', y: Shape, x: Shape, layout: Layout | undefined): Shape {
  if (layout === 'differential') return y;
  if (kind === 'hessian') return stackedShape(x, x);
  switch (turnedBy(layout, y, x)) {
    case 'x':
      return transposed(x);
    case 'y':
      return transposed(y);
    case 'both':
      return stackedShape(x, y);
    case undefined:
      return stackedShape(y, x);
  }
}
/** What stands the other way round than without a layout. */
export function turnedBy(layout: Layout | undefined, y: Shape, x: Shape): 'x' | 'y' | 'both' | undefined {
  if (y.kind === 'scalar' && x.kind === 'scalar') return undefined;
  if (layout === 'numerator') return y.kind === 'scalar' && x.kind !== 'tensor' ? 'x' : undefined;
  if (layout !== 'denominator' || y.kind === 'scalar') return undefined;
  if (x.kind !== 'scalar') return 'both';
  return y.kind === 'tensor' ? undefined : 'y';
}

export function derivativeFinding(e: Call, checker: Checker): Finding {
  const [of, by] = e.arguments as readonly [Expression, Expression];
  const { find, shapeOf } = checker;
  if (e.within && (e.name === 'd' || e.arguments.length > 2) && e.name !== 'vjp') refuseDirection(e, e.within);
  if (e.name === 'd') return { shape: shapeOf(of), free: find(of).free };
  if (of.kind === 'name' && isFunction(of.name, checker))
    return standsFor({ ...e, arguments: [applied(of, by), ...e.arguments.slice(1)] }, checker);
  if (by.kind === 'subscript') return standsFor(entryOf(e, of, by, checker), checker);
  if (by.kind === 'call' && by.name === 'vech') return standsFor(byTriangle(e, of, by, checker), checker);
  const x = variableOf(by, e, checker);
  if (e.within) checkWithin(e, e.within, x, checker);
  if (checker.layout === 'differential' && isLaidOut(e)) checkDifferential(e, by, checker);
  const free = checker.merge([find(of).free, e.arguments[2] ? find(e.arguments[2]).free : noIndices], e);
  return { shape: resultShape(e, x, checker), free };
}
const applied = (of: Name, by: Expression): Expression => ({
  kind: 'call',
  name: of.name,
  arguments: [by],
  span: of.span,
});
function standsFor(meaning: Expression, { find }: Checker): Finding {
  const { shape, free } = find(meaning);
  return { shape, free, meaning };
}

/** grad(f, A[i,j]) is grad(f, A)[i,j]; jacobian(y, x[j]) is column j of the whole. Another layout has these entries elsewhere. */
function entryOf(e: Call, of: Expression, by: Subscript, { shapeOf, layout }: Checker): Expression {
  if (e.name !== 'grad' && e.name !== 'jacobian')
    refuse({ kind: 'question', message: `${e.name} is taken by a whole variable, not by ${say(by)}`, span: by.span });
  const whole: Expression = { ...e, arguments: [of, by.of] };
  const all = axesOf(shapeOf(of)).map(() => ({ kind: 'all' }) as const);
  if (layout === 'differential')
    refuse({
      kind: 'question',
      message: `in differential layout a derivative is taken along d(${say(by.of)}), and not by ${say(by)}`,
      span: by.span,
      hint: `${e.name}(${say(of, '…')}, ${say(by.of)})`,
    });
  const isTurned = layout === 'numerator' && all.length === 0 && shapeOf(by.of).kind === 'matrix';
  const indices = layout === 'denominator' ? [...by.indices, ...all] : [...all, ...by.indices];
  const part = { kind: 'subscript', of: isTurned ? transposeOf(whole) : whole, indices, span: e.span } as const;
  return isTurned && by.indices.some((i) => i.kind === 'all' || i.kind === 'range') ? transposeOf(part) : part;
}

/**
 * By vech(S) a symmetric matrix varies as such, and vec(S) is duplication(n)*vech(S): the chain rule makes of a derivative by
 * vec(S), entry by entry, that by vech(S).
 */
function byTriangle(e: Call, of: Expression, by: Call, checker: Checker): Expression {
  const refused = (message: string, hint?: string): never => refuse({ kind: 'question', message, span: by.span, hint });
  const [variable] = by.arguments;
  if (by.arguments.length !== 1 || variable?.kind !== 'name' || variable.name === 'pi')
    return refused(`a derivative is taken by vech of a symmetric name, not by ${say(by)}`);
  const known = checker.lookUp(variable.name, variable.span) ?? checker.unknown(variable);
  if (known.shape.kind === 'matrix' && !isSymmetric(known.facts))
    return refused(
      `vech(${variable.name}) says all of ${variable.name} only where ${variable.name} is symmetric`,
      `declare it: ${variable.name} in R^(n x n), symmetric`,
    );
  if (checker.layout && checker.layout !== 'numerator')
    return refused(`by vech a derivative is laid out as without a layout: ${say(by)} has no ${checker.layout} layout`);
  if (e.within) return refused(`${say(by)} varies within the symmetric matrices as it is`);
  const whole = (name: string, ...args: readonly Expression[]): Expression => ({
    kind: 'call',
    name,
    arguments: args,
    span: e.span,
  });
  if (known.shape.kind !== 'matrix') return whole(e.name, of, variable, ...e.arguments.slice(2));
  const duplication = whole('duplication', sizeExpression(checker.sizes.resolve(known.shape.rows)));
  const [y, stacked] = [checker.shapeOf(of), whole('vec', variable)];
  const left = (right: Expression): Expression => binary('*', transposeOf(duplication), right);
  switch (e.name) {
    case 'hessian':
      return left(binary('*', whole('hessian', of, stacked), duplication));
    case 'grad':
    case 'jacobian':
      if (y.kind === 'scalar') return left(whole('grad', of, stacked));
      if (e.name === 'jacobian' && (y.kind === 'column' || y.kind === 'row'))
        return binary('*', whole('jacobian', of, stacked), duplication);
      return refused(
        e.name === 'grad'
          ? `grad takes a scalar, and ${say(of)} is ${checker.sizes.describe(y)}`
          : `by vech a Jacobian is a matrix, and ${say(of)} is ${checker.sizes.describe(y)}`,
        y.kind === 'matrix' ? `jacobian(vec(${say(of, '…')}), ${say(by)})` : undefined,
      );
    default:
      return refused(`${e.name} is taken by a whole variable, not by ${say(by)}`);
  }
}

/** Several answers are no value: they cannot be added, compared or multiplied. */
function refuseBracket(by: MatrixLiteral, e: Call): never {
  const single = by.rows.flat();
  const text = single.map((entry) => say(entry)).join(', ');
  const asked = `${e.name}(${say(e.arguments[0]!, '…')}, [${text}])`;
  const isAsked = e.name === 'grad' || e.name === 'jacobian' || e.name === 'hessian';
  return refuse({
    kind: 'question',
    message: isAsked
      ? `a derivative by each of ${text} has ${single.length} answers: it is a question of its own`
      : `${e.name} is taken by one variable, not by each of ${text}`,
    span: by.span,
    hint: isAsked ? asked : `${e.name}(…, ${say(single[0]!)}, …)`,
  });
}

function variableOf(by: Expression, e: Call, checker: Checker): Shape {
  if (by.kind !== 'name') {
    const name = nameBehind(by);
    if (name) {
      variableOf(name, e, checker);
      return checker.shapeOf(by);
    }
    if (by.kind === 'matrix') refuseBracket(by, e);
    return refuse({
      kind: 'question',
      message: `a derivative is taken by a variable, not by ${say(by)}`,
      span: by.span,
      hint: `give it a name: u = ${say(by, '…')}, then ${e.name}(…, u)`,
    });
  }
  const known = checker.lookUp(by.name, by.span);
  if (known) return known.shape;
  if (by.name === 'pi' || checker.sizeNames.has(by.name))
    return refuse({
      kind: 'question',
      message: `${by.name} is a constant, and nothing is derived by it`,
      span: by.span,
    });
  return checker.unknown(by);
}

// ---- along differentials

export const isLaidOut = ({ name }: Call): boolean => name === 'grad' || name === 'jacobian' || name === 'hessian';

/** d(y) of a definition would speak of all that y is made of. */
function checkDifferential(e: Call, by: Expression, { definitions, layout }: Checker): void {
  const name = nameBehind(by)!;
  const fail = (message: string): never => refuse({ kind: 'question', message, span: e.span });
  if (definitions.has(name.name))
    fail(`in ${layout} layout a derivative is taken along d(x) of a variable x, and ${name.name} is defined`);
  if (e.within)
    fail(`in ${layout} layout a derivative is a form in d(${name.name}), which may be chosen within ${e.within}`);
}

// ---- within a structure

function refuseDirection(e: Call, within: Structure): never {
  const what = e.name === 'd' ? 'varies all variables at once' : 'is taken along the direction that is given';
  return refuse({
    kind: 'question',
    message: `${e.name} ${what}, and not within ${structureRecords[within].words}`,
    span: e.span,
    hint: `grad, jacobian, hessian and vjp can be taken within ${within}${e.name === 'd' ? '' : '; along a direction that lies within it, no more needs to be said'}`,
  });
}

/** Is it a matrix that has such a structure, varied by its own entries? */
function checkWithin(e: Call, within: Structure, x: Shape, { sizes }: Checker): void {
  const by = e.arguments[1]!;
  const record = structureRecords[within];
  if (by.kind !== 'name' || x.kind !== 'matrix')
    misshapen(
      by,
      `a derivative within ${record.words} is taken by a matrix, and ${say(by)} is ${by.kind === 'name' ? sizes.describe(x) : 'no name of one'}`,
    );
  if (record.of === 'square' && !sizes.unify(x.rows, x.columns))
    misshapen(by, `only square matrices lie within ${record.words}, and ${say(by)} is ${sizes.describe(x)}`);
  if (e.name === 'hessian' && !record.isFlat)
    refuse({
      kind: 'question',
      message: `${record.words} are curved: a second derivative along them is more than a part of the hessian`,
      span: e.span,
      hint: `grad(…, ${say(by)}) within ${within}, or the hessian as it is`,
    });
}

function resultShape(e: Call, x: Shape, checker: Checker): Shape {
  const { shapeOf, sizes } = checker;
  const [of, by, direction] = e.arguments as readonly [Expression, Expression, Expression];
  const y = shapeOf(of);
  const needScalar = (): void => {
    if (y.kind !== 'scalar')
      misshapen(
        of,
        `${e.name} takes a scalar, and ${say(of, 'the function')} is ${sizes.describe(y)}`,
        `jacobian(${say(of, '…')}, ${say(by)})?`,
      );
  };
  const fits = (expected: Shape, like: string): void => {
    if (!sameShape(expected, shapeOf(direction), sizes))
      misshapen(
        direction,
        `the direction ${say(direction, 'given')} is ${sizes.describe(shapeOf(direction))}, and ${like} is ${sizes.describe(expected)}`,
      );
  };
  switch (e.name) {
    case 'grad':
      needScalar();
      return laidOut('jacobian', y, x, checker.layout);
    case 'hessian':
      needScalar();
      return laidOut('hessian', y, x, checker.layout);
    case 'jvp':
      fits(x, say(by));
      return y;
    case 'vjp':
      fits(y, say(of, 'the function'));
      return x;
    case 'hvp':
      needScalar();
      fits(x, say(by));
      return x;
    default:
      return laidOut('jacobian', y, x, checker.layout);
  }
}
