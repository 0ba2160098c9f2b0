/** Structural hashes: 53-bit numbers that are the same in every process, so that order never depends on history. */
import type { Rational } from '../basics/rational.ts';

/** Order-dependent. */
export function mix(a: number, b: number): number {
  const low = Math.imul((a % 0x100000000) ^ Math.imul((b % 0x100000000) | 0, 0x9e3779b1), 0x85ebca6b);
  const high = Math.imul(((a / 0x100000) ^ (b / 0x1000)) | 0, 0xc2b2ae35) ^ Math.imul(low ^ (low >>> 15), 0x27d4eb2f);
  return ((low ^ (low >>> 13)) >>> 0) * 0x200000 + ((high ^ (high >>> 11)) >>> 11);
}

export function hashText(text: string): number {
  let hash = 17;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i) + 1);
  return hash;
}

export const hashRational = (q: Rational): number =>
  mix(Number(BigInt.asIntN(32, q.n)) + 0x80000000, Number(BigInt.asIntN(32, q.d)) + 0x80000000);

/** Independent of order: hash the sorted values. */
export const mixAll = (seed: number, values: readonly number[]): number => {
  let hash = seed;
  for (const value of values) hash = mix(hash, value);
  return hash;
};
