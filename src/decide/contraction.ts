/** How is a sum over many indices evaluated? One index after the other, so that a chain of n matrices costs n products. */
import type { Field } from './field.ts';

/** Numbers over some of the bound indices, the last one running fastest. */
export interface Table<V> {
  readonly over: readonly number[];
  readonly values: readonly V[];
}

/** Positions of the indices `over`, in the order of a table. */
export function* everywhere(over: readonly number[], extents: readonly number[]): Generator<readonly number[]> {
  const at = over.map(() => 1);
  for (;;) {
    yield at;
    let n = over.length - 1;
    while (n >= 0 && at[n] === extents[over[n]!]) at[n--] = 1;
    if (n < 0) return;
    at[n]!++;
  }
}

export function tableFrom<V>(
  over: readonly number[],
  extents: readonly number[],
  entry: (at: readonly number[]) => V,
): Table<V> {
  if (over.some((index) => extents[index] === 0)) return { over, values: [] };
  return { over, values: Array.from(everywhere(over, extents), entry) };
}

/** The product of all tables, summed over every index. `work` is told how many products each step takes. */
export function contracted<V>(
  tables: readonly Table<V>[],
  extents: readonly number[],
  { plus, times, zero, one }: Field<V>,
  work: (count: number) => void,
): V {
  let open = [...tables];
  const waiting = new Set(extents.keys());
  while (waiting.size > 0) {
    const index = cheapest(waiting, open, extents);
    waiting.delete(index);
    const touching = open.filter(({ over }) => over.includes(index));
    const rest = [...new Set(touching.flatMap(({ over }) => over))].filter((other) => other !== index);
    work(sizeOf(rest, extents) * extents[index]! * touching.length);
    const readers = touching.map((table) => reader(table, [...rest, index], extents));
    const total = (at: readonly number[]): V => {
      let sum = zero;
      for (let n = 1; n <= extents[index]!; n++)
        sum = plus(
          sum,
          readers.reduce((product, read) => times(product, read([...at, n])), one),
        );
      return sum;
    };
    open = [...open.filter((table) => !touching.includes(table)), tableFrom(rest, extents, total)];
  }
  return open.reduce((product, { values }) => times(product, values[0]!), one);
}

const sizeOf = (over: readonly number[], extents: readonly number[]): number =>
  over.reduce((size, index) => size * extents[index]!, 1);

function cheapest(waiting: ReadonlySet<number>, open: readonly Table<unknown>[], extents: readonly number[]): number {
  const cost = (index: number): number =>
    sizeOf([...new Set(open.filter(({ over }) => over.includes(index)).flatMap(({ over }) => over))], extents);
  return [...waiting].reduce((best, index) => (cost(index) < cost(best) ? index : best));
}

/** Reads a table at positions given in another order. */
function reader<V>(
  { over, values }: Table<V>,
  order: readonly number[],
  extents: readonly number[],
): (at: readonly number[]) => V {
  const places = over.map((index) => order.indexOf(index));
  return (at) => values[places.reduce((offset, place, n) => offset * extents[over[n]!]! + at[place]! - 1, 0)]!;
}
