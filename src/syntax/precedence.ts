/** Which operator binds tighter? One table for whoever writes brackets. */
import type { Operator } from './tree.ts';

/** A leading minus takes in the whole product after it: -t./z is -(t./z), as on paper. */
export const strength = { sum: 0, negation: 1, product: 2, power: 3, postfix: 4, primary: 5 } as const;
export type Strength = (typeof strength)[keyof typeof strength];

export type ProductOperator = Exclude<Operator, '^' | '.^'>;
export type PowerOperator = Exclude<Operator, ProductOperator>;

export const isProductOperator = (operator: Operator): operator is ProductOperator =>
  operator !== '^' && operator !== '.^';
export const isPowerOperator = (operator: Operator): operator is PowerOperator => !isProductOperator(operator);
