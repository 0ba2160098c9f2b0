/** Where do repeatable random numbers come from? mulberry32: the same seed gives the same numbers on every machine. */

export interface Random {
  /** In [0, 1). */
  readonly uniform: () => number;
  readonly between: (low: number, high: number) => number;
  /** One of 0 .. count - 1. */
  readonly below: (count: number) => number;
  readonly sign: () => 1 | -1;
  readonly normal: () => number;
  readonly normals: (count: number) => Float64Array;
  /** 0 .. count - 1 in some order. */
  readonly shuffled: (count: number) => readonly number[];
}

export function randomNumbers(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const below = (count: number): number => Math.floor(count * uniform());
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below,
    sign: () => (uniform() < 0.5 ? -1 : 1),
    normal,
    normals: (count) => Float64Array.from({ length: count }, normal),
    shuffled: (count) => {
      const order = Array.from({ length: count }, (_, n) => n);
      for (let n = order.length - 1; n > 0; n--) {
        const other = below(n + 1);
        [order[n], order[other]] = [order[other]!, order[n]!];
      }
      return order;
    },
  };
}
