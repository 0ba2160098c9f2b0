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
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below: (count) => Math.floor(count * uniform()),
    sign: () => (uniform() < 0.5 ? -1 : 1),
    normal,
    normals: (count) => Float64Array.from({ length: count }, normal),
  };
}
