/**
 * In which direction does a matrix move when one entry of it is pulled at, and it must stay within a structure? By definition of
 * each structure, for the interpreter alone: derivatives along these directions are what a derivative within it must be.
 */
import type { Structure } from '../../rules/structures.ts';
import type { NumericArray } from './array.ts';

/** Adds to entry [i,j], counted from 0. */
type Move = (i: number, j: number, by: number) => void;
type Direction = (i: number, j: number, move: Move, x: NumericArray) => void;

const directions: Readonly<Record<Structure, Direction>> = {
  symmetric(i, j, move) {
    move(i, j, 1 / 2);
    move(j, i, 1 / 2);
  },
  skew(i, j, move) {
    move(i, j, 1 / 2);
    move(j, i, -1 / 2);
  },
  vech(i, j, move) {
    move(i, j, 1);
    if (i !== j) move(j, i, 1);
  },
  diagonal: (i, j, move) => i === j && move(i, j, 1),
  lower: (i, j, move) => i >= j && move(i, j, 1),
  upper: (i, j, move) => i <= j && move(i, j, 1),
  toeplitz(i, j, move, { shape: [rows, columns] }) {
    for (let p = 0; p < rows!; p++) {
      const q = p - i + j;
      if (q >= 0 && q < columns!) move(p, q, 1);
    }
  },
  /** E less X times the symmetric part of X'*E, for E with a 1 at [i,j]: the nearest direction Z where X'*Z is skew. */
  stiefel(i, j, move, { shape: [rows, columns], data }) {
    move(i, j, 1);
    for (let p = 0; p < rows!; p++)
      for (let k = 0; k < columns!; k++) {
        move(p, j, (-data[p * columns! + k]! * data[i * columns! + k]!) / 2);
        move(p, k, (-data[p * columns! + j]! * data[i * columns! + k]!) / 2);
      }
  },
};

/** For each entry of x, row by row. */
export function directionsWithin(structure: Structure | undefined, x: NumericArray): readonly Float64Array[] {
  return Array.from(x.data, (_, k) => {
    const direction = new Float64Array(x.data.length);
    if (structure === undefined) {
      direction[k] = 1;
      return direction;
    }
    const columns = x.shape[1]!;
    const move: Move = (i, j, by) => (direction[i * columns + j]! += by);
    directions[structure](Math.floor(k / columns), k % columns, move, x);
    return direction;
  });
}
