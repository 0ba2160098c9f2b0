/** a*(b*c) as a*b*c, with the sign in front. */
import { negationOf, productOf } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';

export function multiplied(left: Expression, right: Expression): Expression {
  if (left.kind === 'negation') return negationOf(multiplied(left.of, right));
  if (right.kind === 'negation') return negationOf(multiplied(left, right.of));
  const isProduct = right.kind === 'binary' && right.operator === '*';
  return isProduct ? productOf(multiplied(left, right.left), right.right) : productOf(left, right);
}
