/** Is a matrix certainly positive definite, or certainly invertible, as far as that is plain to see? */
import type { Expression } from '../syntax/tree.ts';
import { toText } from '../print/text.ts';
import { signOf } from '../terms/sign.ts';
import type { CheckedProgram } from './scope.ts';
import type { World } from './world.ts';

export interface Sight {
  readonly checked: CheckedProgram;
  readonly world: World;
}
/** Definitions within definitions are looked into this far. */
const deepest = 8;

type Test = (e: Expression, sight: Sight, depth: number) => boolean;

function sign(e: Expression, { world }: Sight): string {
  return signOf(world.evaluate(e).term);
}
const isPositive = (e: Expression, sight: Sight): boolean => sign(e, sight) === 'positive';
const isNonnegative = (e: Expression, sight: Sight): boolean =>
  ['positive', 'nonnegative', 'zero'].includes(sign(e, sight));

/** Looks through names and numbers of levels alike. */
function into(e: Expression, { checked }: Sight): Expression {
  if (e.kind !== 'name') return e;
  const definition = checked.definitions.get(e.name);
  return definition && definition.indices.length === 0 ? definition.value : e;
}
const factsOf = (e: Expression, { checked }: Sight): ReadonlySet<string> =>
  (e.kind === 'name' && (checked.variables.get(e.name) ?? checked.definitions.get(e.name))?.facts) || new Set();
const isIdentity = (e: Expression, { checked }: Sight): boolean =>
  (e.kind === 'name' && e.name === 'I' && !checked.variables.has('I') && !checked.definitions.has('I')) ||
  (e.kind === 'call' && e.name === 'eye');

interface Product {
  readonly scalars: readonly Expression[];
  readonly divisors: readonly Expression[];
  readonly matrices: readonly Expression[];
}
function factorsOf(e: Expression, { checked }: Sight): Product {
  const product = { scalars: [] as Expression[], divisors: [] as Expression[], matrices: [] as Expression[] };
  const stack = [e];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (checked.shapeOf(node).kind === 'scalar') product.scalars.push(node);
    else if (node.kind === 'binary' && node.operator === '*') stack.push(node.right, node.left);
    else if (node.kind === 'binary' && node.operator === '/') {
      product.divisors.push(node.right);
      stack.push(node.left);
    } else product.matrices.push(node);
  }
  return product;
}

export const isDefinite: Test = (e, sight, depth) => {
  if (depth > deepest) return false;
  if (factsOf(e, sight).has('spd') || isIdentity(e, sight)) return true;
  const again = (part: Expression): boolean => isDefinite(part, sight, depth + 1);
  const open = into(e, sight);
  if (open.kind === 'transpose') return again(open.of);
  if (open.kind === 'call' && open.name === 'inv') return again(open.arguments[0]!);
  if (open.kind === 'call' && open.name === 'diag') return isPositive(open.arguments[0]!, sight);
  if (open.kind === 'sum')
    return (
      open.terms.every(({ negative, term }) => !negative && isSemidefinite(term, sight, depth + 1)) &&
      open.terms.some(({ term }) => again(term))
    );
  if (open.kind !== 'binary') return open !== e && again(open);
  const { scalars, divisors, matrices } = factorsOf(open, sight);
  const onlyScaled = matrices.length === 1 && matrices[0] !== open;
  return onlyScaled && [...scalars, ...divisors].every((s) => isPositive(s, sight)) && again(matrices[0]!);
};

const transposeText = (e: Expression): string => toText(e.kind === 'transpose' ? e.of : { kind: 'transpose', of: e });

/** A'*A, A*S*A', sums of such, and everything definite. */
const isSemidefinite: Test = (e, sight, depth) => {
  if (depth > deepest) return false;
  if (isDefinite(e, sight, depth)) return true;
  const open = into(e, sight);
  if (open.kind === 'sum')
    return open.terms.every(({ negative, term }) => !negative && isSemidefinite(term, sight, depth + 1));
  if (open.kind === 'call' && open.name === 'diag') return isNonnegative(open.arguments[0]!, sight);
  if (open.kind !== 'binary') return open !== e && isSemidefinite(open, sight, depth + 1);
  const { scalars, divisors, matrices } = factorsOf(open, sight);
  if (![...scalars, ...divisors].every((s) => isNonnegative(s, sight))) return false;
  let [from, to] = [0, matrices.length - 1];
  while (from < to && toText(matrices[from]!) === transposeText(matrices[to]!)) [from, to] = [from + 1, to - 1];
  if (from > to) return true;
  return from === to && matrices[from] !== open && isSemidefinite(matrices[from]!, sight, depth + 1);
};

export const isInvertible: Test = (e, sight, depth) => {
  if (depth > deepest) return false;
  const facts = factsOf(e, sight);
  if (facts.has('invertible') || facts.has('orthogonal') || isDefinite(e, sight, depth)) return true;
  const again = (part: Expression): boolean => isInvertible(part, sight, depth + 1);
  const open = into(e, sight);
  if (open.kind === 'transpose' || open.kind === 'negation') return again(open.of);
  if (open.kind === 'call' && open.name === 'inv') return again(open.arguments[0]!);
  if (open.kind === 'binary' && open.operator === '^') return again(open.left);
  if (open.kind !== 'binary') return open !== e && again(open);
  const { scalars, divisors, matrices } = factorsOf(open, sight);
  if (matrices.includes(open)) return false;
  const isNonzero = (s: Expression): boolean => ['positive', 'negative', 'nonzero'].includes(sign(s, sight));
  const isSquare = (m: Expression): boolean => {
    const shape = sight.checked.shapeOf(m);
    return shape.kind === 'matrix' && shape.rows === shape.columns;
  };
  return [...scalars, ...divisors].every(isNonzero) && matrices.every((m) => isSquare(m) && again(m));
};
