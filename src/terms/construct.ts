/**
 * The one door through which terms are made. It applies only what is notation: flattening, collecting equal terms and
 * factors, a delta picking its term, exact arithmetic of constants, a canonical order. Anything that a reader would
 * call a step is a rule.
 *
 * The files behind it call each other in a circle, as the parts of a term do: a product at new indices may become a
 * sum, whose summands are products. Nothing in them runs when they are loaded.
 */
export {
  differentialSymbol,
  indexNumber,
  isOne,
  isSymmetricName,
  isZero,
  number,
  one,
  piSymbol,
  symbolTerm,
  zero,
} from './atoms.ts';
export { apply, type Argument, operation } from './functions.ts';
export { equality, guard } from './guards.ts';
export {
  argumentsOf,
  dependsOn,
  dimOf,
  indicesOf,
  instantiate,
  keyOf,
  openOperation,
  type OpenOperation,
  type Parts,
  partsOf,
  place,
  rename,
  same,
  slotIndices,
  splitCoefficient,
  summandsOf,
  withArguments,
} from './place.ts';
export { duplication, inLowerTriangle, isDuplication, placeInTriangle } from './triangle.ts';
export { cyclicSymbol, cyclicSpelled, isCyclic, permutation, permutationAt, three } from './permutation.ts';
export { contract, divide, power, product, times } from './products.ts';
export { block, blockParts, delta, endsOf, type Part, pairing } from './selectors.ts';
export { minus, negate, plus, primitiveOf, scale, size, sum } from './sums.ts';
