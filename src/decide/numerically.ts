/** Is there a point where the two sides differ? Of those found, the one that is easiest to read. */
import { array, type NumericArray } from '../evaluate/array.ts';
import { randomValue } from '../evaluate/points.ts';
import { type Random, randomNumbers } from '../evaluate/random.ts';
import { costOfReading, type Found, shown } from './counterexample.ts';
import { nameOf } from './evaluate-term.ts';
import { sizeAt, type Sizes, sizesToTry } from './sizes.ts';
import { attempted } from './field.ts';
import { niceRounds, niceValue } from './nice-values.ts';
import { drawingOf, laidOut, type NumericPoint, positionIn, randomPositions } from './point.ts';
import { bounds, sidesAt } from './sides.ts';
import type { Subject } from './subject.ts';
import type { Counterexample } from './verdict.ts';

export interface Findings {
  readonly counterexample: Counterexample | undefined;
  /** How many points the two sides were compared at. */
  readonly points: number;
  /** Did the sides differ somewhere, though not clearly enough? */
  readonly doubtful: boolean;
  /** Did the interpreter contradict the terms? */
  readonly conflict: boolean;
  /** Were there points where evaluating would have taken too long? */
  readonly tooLarge: boolean;
}

/** One point where they differ by little may be an accident of rounding. */
const enough = 2;
/** A few more for the sake of a readable one. */
const plenty = 12;

export function searched(subject: Subject): Findings {
  const found: Found[] = [];
  const refuting: Found[] = [];
  let tooLarge = false;
  for (const series of seriesOfPoints(subject))
    for (const candidate of series) {
      const outcome = attempted(() => {
        const point = candidate();
        return { point, sides: sidesAt(subject, point) };
      });
      // At these sizes it will not be less.
      if (outcome.kind === 'too-much') {
        tooLarge = true;
        break;
      }
      if (outcome.kind !== 'value') continue;
      found.push(outcome.value);
      const { difference, conflict } = outcome.value.sides;
      if (difference > bounds.clear && !conflict) refuting.push(outcome.value);
      if (refuting.length >= plenty) return findings(found, refuting, tooLarge, subject);
    }
  return findings(found, refuting, tooLarge, subject);
}

function findings(found: readonly Found[], refuting: readonly Found[], tooLarge: boolean, subject: Subject): Findings {
  const [best] = refuting.toSorted((a, b) => costOfReading(a) - costOfReading(b));
  const isClear = refuting.length >= enough || refuting.some(({ sides }) => sides.difference > bounds.certain);
  return {
    counterexample: best && isClear ? shown(best, subject) : undefined,
    points: found.length,
    doubtful: found.some(({ sides }) => sides.difference > bounds.rounding),
    conflict: found.some(({ sides }) => sides.conflict),
    tooLarge,
  };
}

/** Sizes from 2 come first: at size 1 too much is equal. */
function* seriesOfPoints(subject: Subject): Generator<Iterable<() => NumericPoint>> {
  const random = randomNumbers(20_240_501);
  const sizes = sizesToTry(subject.context.checked.sizes);
  for (const [n, at] of sizes.entries()) {
    const rounds = n === 0 ? 4 * niceRounds : n < 5 ? niceRounds : 1;
    yield Array.from({ length: rounds }, (_, round) => () => nicePoint(subject, at, round, random));
  }
  yield sizes.slice(0, 4).map((at) => () => randomPoint(subject, at, random));
}

function nicePoint(subject: Subject, sizes: Sizes, round: number, random: Random): NumericPoint {
  const { context, mentioned, differentials } = subject;
  const free = randomPositions(subject.free, sizes, random);
  const values = mentioned.variables.map((variable): [string, NumericArray] => {
    const { data } = niceValue(drawingOf(variable, sizes, context.world, free), round, random);
    return [variable.name, array(laidOut(variable, sizes), data)];
  });
  const moving = differentials.map((symbol): [string, NumericArray] => {
    const extents = symbol.dims.map((dim) => sizeAt(dim, sizes));
    return [nameOf(symbol), niceValue({ extents, facts: new Set() }, round, random)];
  });
  return { sizes, free, values: new Map([...values, ...moving]) };
}
function randomPoint(subject: Subject, sizes: Sizes, random: Random): NumericPoint {
  const start = nicePoint(subject, sizes, niceRounds - 1, random);
  const values = new Map(start.values);
  for (const variable of subject.mentioned.variables) {
    const at = positionIn(variable, subject.context.world, start.free);
    const drawn = { name: variable.name, shape: laidOut(variable, sizes), facts: [...variable.facts], at };
    values.set(variable.name, randomValue(drawn, random));
  }
  return { ...start, values };
}
