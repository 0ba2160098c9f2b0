/**
 * Is the difference zero at random points modulo primes near 2^31? A rational function of degree d that is not zero is
 * so at no more than d of 2^31 values of a variable, so that a few points leave no doubt (Schwartz and Zippel).
 *
 * Three things are no such unknowns, and each has an argument of its own:
 * - Signs, places of maxima, positions of open indices, entries that are 0 or 1. Every combination is a case of its own, and
 *   there must be so many points that each has come up. Where two sides of a comparison are equal, what jumps there has a value
 *   that is not the limit of others: such points are drawn on purpose, and a comparison that never came to it leaves it open.
 * - Sizes as numbers (n*sum(x)) are unknowns too, while sums keep small real extents. Where a rule has turned an extent into a
 *   number of its own accord (tr(Q'*Q) is n), only real sizes agree with it: then a whole grid of them.
 * - Sizes as extents. Written out, the difference is a sum of products over indices; what each product adds up to is a
 *   polynomial in the size, of a degree no higher than the number of its indices, and from as many entries on, products
 *   that differ are independent. So as many sizes as there are indices, and one more, stand for all (`size-degree.ts`).
 */
import { randomNumbers, type Random } from '../evaluate/points.ts';
import { minus } from '../terms/construct.ts';
import { signOf } from '../terms/sign.ts';
import type { ApplyNode, Bound, Term } from '../terms/node.ts';
import type { Cases } from '../../rules/fact-records.ts';
import { factNames, factRecords, follows } from '../syntax/facts.ts';
import { type PrimeField, primeField, primeArithmetic, primes } from './prime-field.ts';
import { entriesOf, type Subject } from './subject.ts';
import { termEvaluator } from './evaluate-term.ts';
import { axesOf } from '../shape/shape.ts';
import { sizeAt, type Sizes, drawingOf, randomPositions } from './point.ts';
import { attempted } from './field.ts';
import { randomEntries } from './residue-points.ts';
import { sizeDegrees } from './size-degree.ts';
import { symbolsIn } from '../terms/substitute.ts';

export type Exact = 'zero' | 'not-zero' | 'unknown';

/** What is to be zero: the difference of the two sides, entry by entry. */
interface Difference {
  readonly term: Term;
  readonly axes: readonly (readonly Bound[])[];
}

const mostWork = 400_000;
const mostWorkInAll = 12_000_000;
/** Where nothing is decided by cases. */
const fewPoints = 2;
/** So that a case is missed once in 3000 times. */
const pointsForEachCase = 8;
const mostPoints = 4096;
/** A root exists at half of all points only. */
const triesForPoint = 24;
const mostGrid = 100;

export function exactly(difference: Difference, subject: Subject): Exact {
  const budget = { left: mostWorkInAll };
  const degrees = sizeDegrees(difference, subject);
  const ways = degrees.asNumbers.size === 0 ? (['real'] as const) : (['unknown', 'real'] as const);
  let outcome: Exact = 'unknown';
  for (const sizesAre of ways) {
    outcome = atAllSizes(difference, subject, degrees, sizesAre, budget);
    if (outcome === 'zero') return outcome;
  }
  return outcome;
}

type Degrees = ReturnType<typeof sizeDegrees>;
type Budget = { left: number };

function atAllSizes(
  difference: Difference,
  subject: Subject,
  { extents, asNumbers }: Degrees,
  sizesAre: 'unknown' | 'real',
  budget: Budget,
): Exact {
  const choices = sizesAre === 'real' && asNumbers.size > 0 ? gridOf(extents, asNumbers) : roundsOf(extents);
  if (!choices) return 'unknown';
  let points = 0;
  const decided: Setting['decided'] = {};
  const tried = new Map([...extents.keys()].map((name) => [name, new Set<number>()]));
  for (const p of primes) {
    const random = randomNumbers(p % 1_000_003);
    // Primes differ in what is zero by accident only.
    for (const sizes of p === primes[0] ? choices : choices.slice(0, 2)) {
      const outcome = atSizes(difference, subject, sizes, { p, random, budget, sizesAre, decided });
      if (outcome === 'not-zero' || outcome === 'unknown') return outcome;
      if (outcome === 'outside') continue;
      points++;
      for (const [name, size] of Object.entries(sizes)) tried.get(name)?.add(size);
    }
  }
  // A size may be too small for a position, so that fewer have been tried than there should be.
  const isEnough = points >= primes.length && [...extents].every(([name, degree]) => tried.get(name)!.size > degree);
  return isEnough ? 'zero' : 'unknown';
}

/** Each name goes through its sizes, names apart from each other in most rounds. */
export function roundsOf(extents: ReadonlyMap<string, number>): readonly Sizes[] {
  const names = [...extents];
  if (names.length === 0) return [{}];
  const most = Math.max(...extents.values()) + 1;
  const rounds = most + leeway;
  return Array.from({ length: rounds + (names.length > 1 ? 2 : 0) }, (_, round) =>
    Object.fromEntries(
      names.map(([name, degree], k) => [
        name,
        1 + ((round + 1 + k * (round < rounds ? 1 : 2)) % (degree + 1 + leeway)),
      ]),
    ),
  );
}
/** More sizes than needed: the smallest may be too small for a position, and a second look costs little. */
const leeway = 2;

/** All combinations of the sizes that are numbers too. */
export function gridOf(
  extents: ReadonlyMap<string, number>,
  asNumbers: ReadonlySet<string>,
): readonly Sizes[] | undefined {
  const rounds = roundsOf(extents);
  let grid: readonly Sizes[] = [{}];
  for (const [name, degree] of extents) {
    if (!asNumbers.has(name)) continue;
    grid = grid.flatMap((sizes) =>
      Array.from({ length: degree + 1 + leeway }, (_, n) => ({ ...sizes, [name]: n + 1 })),
    );
    if (grid.length > mostGrid) return undefined;
  }
  // The other names take turns.
  const length = Math.max(grid.length, rounds.length);
  return Array.from({ length }, (_, n) => ({ ...rounds[n % rounds.length]!, ...grid[n % grid.length]! }));
}

interface Setting {
  readonly p: number;
  readonly random: Random;
  readonly budget: Budget;
  readonly sizesAre: 'unknown' | 'real';
  /** Once sizes have been tried: the plain numbers that something was decided about. */
  readonly decided: { numbers?: string };
}

/** `outside`: there are no points for these sizes, as for x[3] where n = 2. */
function atSizes(difference: Difference, subject: Subject, sizes: Sizes, setting: Setting): Exact | 'outside' {
  const compared = new Set<ApplyNode>();
  const numbers = new Map<string, number>();
  const generic = pointsAt(difference, subject, sizes, setting, (field) => {
    for (const node of field.comparisons.keys()) if (!neverTies(node) && !isVaried(node, subject)) compared.add(node);
    for (const number of field.decidedNumbers()) numbers.set(number, (numbers.get(number) ?? 0) + 1);
  });
  // What has been decided about numbers must not depend on the size: whether n - 3 is positive does, and then the sizes tried do not
  // stand for all. Modulo a prime a number can be decided by chance, so that once does not count.
  const seen = [...numbers]
    .filter(([, times]) => times > 1)
    .map(([number]) => number)
    .toSorted()
    .join();
  setting.decided.numbers ??= seen;
  if (setting.decided.numbers !== seen) return 'unknown';
  if (generic !== 'zero' || compared.size === 0) return generic;
  const tied = new Set<ApplyNode>();
  const whole = pointsAt(difference, subject, sizes, { ...setting, whole: true }, (field) => {
    for (const [node, tie] of field.comparisons) if (tie) tied.add(node);
  });
  if (whole === 'not-zero') return whole;
  return [...compared].every((node) => tied.has(node)) ? 'zero' : 'unknown';
}

/** Are the sides of a comparison never equal? */
function neverTies({ args }: ApplyNode): boolean {
  const [a, b] = args as readonly [Term, Term | undefined];
  return ['positive', 'negative', 'nonzero'].includes(signOf(b ? minus(a, b) : a));
}

/** Where what a derivative is taken by meets a tie, there mostly is none. Those points are left to the search by definitions. */
const isVaried = ({ args }: ApplyNode, { mentioned: { varied } }: Subject): boolean =>
  varied.size > 0 && args.some((arg) => variablesIn(arg).some((name) => varied.has(name)));

function variablesIn(t: Term): readonly string[] {
  return [...symbolsIn(t)].flatMap(({ name, definition }) => (definition ? variablesIn(definition) : [name]));
}

/** `look`: what there is to see after each point. */
function pointsAt(
  difference: Difference,
  subject: Subject,
  sizes: Sizes,
  setting: Setting & { readonly whole?: boolean },
  look: (field: PrimeField) => void,
): Exact | 'outside' {
  const { whole = false } = setting;
  const given = givenCases(subject, sizes);
  let wanted = whole ? pointsWithTies : fewPoints;
  let points = 0;
  // Each point may show more cases, and with them more points are wanted: the same number for each case that there is.
  for (let tries = triesForPoint * fewPoints; points < wanted; tries--) {
    if (tries === 0) return points === 0 ? 'outside' : 'unknown';
    if (setting.budget.left <= 0) return 'unknown';
    const field = primeField(primeArithmetic(setting.p), setting.random, whole);
    const found = attempted(() => isZeroAt(difference, subject, sizes, field, setting));
    if (found.kind === 'too-much') return 'unknown';
    if (found.kind === 'outside') continue;
    if (!found.value) return 'not-zero';
    look(field);
    points++;
    const cases = given * field.cases();
    const needed = whole ? pointsWithTies : cases > 1 ? pointsForEachCase * cases : fewPoints;
    if (needed > mostPoints) return 'unknown';
    if (needed > wanted) {
      tries += triesForPoint * (needed - wanted);
      wanted = needed;
    }
  }
  return 'zero';
}
const pointsWithTies = 40;

/** In how many ways can an array of so many rows of this length be one of these? */
const waysOf: Readonly<Record<Cases, (length: number, rows: number) => number>> = {
  'a place in each row': (length, rows) => length ** rows,
  'two values of each entry': (length, rows) => 2 ** (length * rows),
  'rotation or reflection': () => 2,
  'an order of the rows': (_, rows) => Array.from({ length: rows }, (__, n) => n + 1).reduce((a, b) => a * b, 1),
  'a choice of rows': (_, rows) => 2 ** rows,
};
/** What is drawn from finitely many: positions of open indices, entries that are one of two numbers, rotations or reflections. */
export function givenCases({ mentioned, free }: Subject, sizes: Sizes): number {
  const extents = (dims: readonly Parameters<typeof sizeAt>[0][]): readonly number[] =>
    dims.map((dim) => attempted(() => sizeAt(dim, sizes))).map((found) => (found.kind === 'value' ? found.value : 1));
  let cases = [...free.values()].reduce((product, dims) => product * Math.max(1, Math.min(...extents(dims))), 1);
  for (const { facts, shape } of mentioned.variables) {
    const own = extents(axesOf(shape));
    const entries = own.reduce((a, b) => a * b, 1);
    const length = own.at(-1) ?? 1;
    const telling = factNames.find((fact) => factRecords[fact].cases && follows(fact, facts));
    if (telling) cases *= waysOf[factRecords[telling].cases!](length, entries / length);
  }
  return cases;
}

function isZeroAt(
  difference: Difference,
  subject: Subject,
  sizes: Sizes,
  field: PrimeField,
  { random, budget, sizesAre }: Setting,
): boolean {
  const { context, mentioned, differentials } = subject;
  const free = randomPositions(subject.free, sizes, random);
  const values = new Map<string, readonly number[]>();
  for (const variable of mentioned.variables)
    values.set(
      variable.name,
      randomEntries(
        drawingOf(variable, sizes, context.world, free),
        mentioned.varied.has(variable.name) ? { ...field, ...field.anywhere } : field,
        random,
      ),
    );
  for (const symbol of differentials) {
    const extents = symbol.dims.map((dim) => sizeAt(dim, sizes));
    values.set(symbol.name, randomEntries({ extents, facts: new Set() }, field, random));
  }
  const unknownSizes =
    sizesAre === 'real'
      ? undefined
      : new Map(Object.keys(sizes).map((name) => [name, 1 + random.below(field.arithmetic.p - 1)]));
  const evaluate = termEvaluator(field, { sizes, values, unknownSizes }, mostWork, (count) => {
    budget.left -= count;
  });
  return entriesOf(difference, evaluate, sizes, free).every((entry) => entry === 0);
}
