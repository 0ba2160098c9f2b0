/** What is a name that nobody declared? a..g scalars, h..z columns, A..Z matrices; Greek letters scalars, capital ones matrices. */
import { column, matrix, scalar, type Shape } from '../shape/shape.ts';
import type { Sizes } from '../shape/unify.ts';
import { greekLetters } from '../syntax/greek.ts';

/** The letter under a hat. */
const firstLetter = (name: string): string => name.normalize('NFD').charAt(0);

export function habitualShape(name: string, { fresh }: Sizes): Shape {
  const word = /^\p{L}+/u.exec(name)?.[0] ?? name;
  if (greekLetters.has(word)) return word[0]! >= 'a' ? scalar : matrix(fresh(), fresh());
  const letter = firstLetter(name);
  if (letter >= 'a' && letter <= 'g') return scalar;
  if (letter >= 'A' && letter <= 'Z') return matrix(fresh(), fresh());
  return column(fresh());
}
