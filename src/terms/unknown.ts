/** What does an operation say of a function that is known by name only: which derivative it is, of what, and how it is called? */
import type { Shape } from '../shape/shape.ts';
import { derivativeName } from '../syntax/unknown.ts';
import type { UnknownOperation } from './node.ts';

export type Kind = Shape['kind'];
export interface UnknownFunctionOf {
  readonly name: string;
  /** The arguments by which it is differentiated, counted from 1, in ascending order: second derivatives are symmetric. */
  readonly by: readonly number[];
  readonly from: readonly Kind[];
  readonly to: Kind;
}

export function unknownOperation({ name, by, from, to }: UnknownFunctionOf): UnknownOperation {
  return `${by.toSorted((a, b) => a - b).join('')}:${name}:${from.join()}>${to}`;
}

export function unknownFunction(op: UnknownOperation): UnknownFunctionOf {
  const [by, name, kinds] = op.split(':') as [string, string, string];
  const [from, to] = kinds.split('>') as [string, Kind];
  return { name, by: Array.from(by, Number), from: from.split(',') as Kind[], to };
}

/** J_f, DD_phi, H_f_12: as it is called in the language. */
export const calledInLanguage = (of: UnknownFunctionOf): string =>
  derivativeName(of.name, of.by, of.from.length, isOfNumbers(of));

/** A number from one number: it is applied entry by entry, and its derivatives are D_f and DD_f. */
export const isOfNumbers = ({ from, to }: Pick<UnknownFunctionOf, 'from' | 'to'>): boolean =>
  to === 'scalar' && from.every((kind) => kind === 'scalar');

/** Which permutations of its out indices leave a derivative as it is: those by the same argument may change places. */
export function outPermutations(
  op: UnknownOperation,
  outs: number,
  boundCounts: readonly number[],
): readonly (readonly number[])[] {
  const { by } = unknownFunction(op);
  const counts = by.map((argument) => boundCounts[argument - 1]!);
  const own = outs - counts.reduce((total, count) => total + count, 0);
  const starts = counts.map((_, n) => counts.slice(0, n).reduce((total, count) => total + count, own));
  const slotsOf = (order: readonly number[]): readonly number[] => [
    ...Array.from({ length: own }, (_, n) => n),
    ...order.flatMap((group) => Array.from({ length: counts[group]! }, (_, n) => starts[group]! + n)),
  ];
  const orders = arrangements([...by.keys()]).filter(
    (order) =>
      order.every((group, n) => by[group] === by[n]) && order.some((group, n) => group !== n && counts[n]! > 0),
  );
  return orders.map(slotsOf);
}

function arrangements(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((first) =>
    arrangements(items.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  );
}
