/**
 * Is the difference zero at random points modulo primes near 2^31? A rational function of degree d that is not zero is
 * so at no more than d of 2^31 values of a variable, so that a few points leave no doubt (Schwartz and Zippel).
 * Where signs decide, each combination of them is a case of its own: then it takes many points.
 */
import { randomNumbers, type Random } from '../evaluate/random.ts';
import type { Bound, Term } from '../terms/node.ts';
import type { Fact } from '../syntax/tree.ts';
import { type PrimeField, primeField } from './prime-field.ts';
import { entriesOf } from './difference.ts';
import { nameOf, termEvaluator } from './evaluate-term.ts';
import { sizeAt, type Sizes, sizesToTry } from './sizes.ts';
import { attempted } from './field.ts';
import { drawingOf, randomPositions } from './point.ts';
import { primeArithmetic, primes } from './prime.ts';
import { randomEntries } from './residue-points.ts';
import type { Subject } from './subject.ts';

export type Exact = 'zero' | 'not-zero' | 'unknown';

interface Array {
  readonly term: Term;
  readonly axes: readonly (readonly Bound[])[];
}

const mostWork = 300_000;
const mostWorkInAll = 4_000_000;
/** Points for each prime and each choice of sizes, without cases; with cases at the first sizes, and at the others. */
const fewPoints = 2;
const pointsForCases = { first: 48, others: 8 };
/** A root exists at half of all points only. */
const triesForPoint = 24;
/** More independent signs than this cannot be gone through. */
const mostDecisions = 12;

export function exactly(array: Array, subject: Subject): Exact {
  const budget = { left: mostWorkInAll };
  const choices = sizesToTry(subject.context.checked.sizes);
  let done = 0;
  for (const p of primes) {
    const random = randomNumbers(p % 1_000_003);
    for (const sizes of choices) {
      const manyPoints = sizes === choices[0] ? pointsForCases.first : pointsForCases.others;
      const outcome = atSizes(array, subject, sizes, { p, random, budget, manyPoints });
      if (outcome === 'not-zero') return outcome;
      if (outcome === 'zero') done++;
    }
  }
  // Large sizes may cost too much, and a size may be too small for a position; most must have been tried.
  return done >= Math.min(2, choices.length) * primes.length ? 'zero' : 'unknown';
}

interface Setting {
  readonly p: number;
  readonly random: Random;
  readonly budget: { left: number };
  readonly manyPoints: number;
}

function atSizes(array: Array, subject: Subject, sizes: Sizes, setting: Setting): Exact {
  let wanted = hasCases(subject) ? setting.manyPoints : fewPoints;
  let tries = setting.manyPoints * triesForPoint;
  for (let points = 0; points < wanted; tries--) {
    if (tries === 0 || setting.budget.left <= 0) return 'unknown';
    // Every other point lets compared sides be equal, unless that is where derivatives do not exist.
    const ties = !subject.mentioned.derives && points % 2 === 1;
    const field = primeField(primeArithmetic(setting.p), setting.random, ties);
    const found = attempted(() => isZeroAt(array, subject, sizes, field, setting));
    if (found.kind === 'too-much') return 'unknown';
    if (found.kind === 'outside') continue;
    if (!found.value) return 'not-zero';
    points++;
    if (field.decisions() > mostDecisions) return 'unknown';
    if (field.decisions() > 0) wanted = setting.manyPoints;
  }
  return 'zero';
}

const discrete: readonly Fact[] = ['onehot', 'binary', 'pm1', 'orthogonal'];
const hasCases = ({ mentioned, free }: Subject): boolean =>
  free.size > 0 || mentioned.variables.some(({ facts }) => discrete.some((fact) => facts.has(fact)));

function isZeroAt(
  array: Array,
  subject: Subject,
  sizes: Sizes,
  field: PrimeField,
  { random, budget }: Setting,
): boolean {
  const { context, mentioned, differentials } = subject;
  const free = randomPositions(subject.free, sizes, random);
  const values = new Map<string, readonly number[]>();
  for (const variable of mentioned.variables)
    values.set(variable.name, randomEntries(drawingOf(variable, sizes, context.world, free), field, random));
  for (const symbol of differentials) {
    const extents = symbol.dims.map((dim) => sizeAt(dim, sizes));
    values.set(nameOf(symbol), randomEntries({ extents, facts: new Set() }, field, random));
  }
  const evaluate = termEvaluator(field, { sizes, values }, mostWork, (count) => {
    budget.left -= count;
  });
  return entriesOf(array, evaluate, sizes, free).every((entry) => entry === 0);
}
