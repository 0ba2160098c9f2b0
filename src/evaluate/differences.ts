/** What are the derivatives of a function that can only be evaluated? Differences, extrapolated twice to step zero. */

type Point = Float64Array;
type Curve = (t: number) => Float64Array;

/**
 * Where the function is looked at. Central differences are the most exact; one-sided ones see a kink at the point itself, where
 * both sides of it have slopes of their own, and shorter steps (`reach` below 1) see one beside it.
 */
export interface Steps {
  readonly side: 'both' | 'ahead' | 'behind';
  readonly reach: number;
}
export const usualSteps: Steps = { side: 'both', reach: 1 };

/** Entries move by this part of themselves, small ones as if they were 1/4: positive entries stay positive. */
const reach = { first: 0.004, second: 0.05 };

function stepAlong(x: Point, direction: Point, part: number): number {
  let step = Infinity;
  for (const [i, slope] of direction.entries())
    if (slope !== 0) step = Math.min(step, (part * Math.max(Math.abs(x[i]!), 0.25)) / Math.abs(slope));
  // A power of two divides and doubles without rounding.
  return step === Infinity ? 1 : 2 ** Math.round(Math.log2(step));
}

/**
 * An estimate taken at h, h/2 and h/4, so that the first two terms of its error cancel: they are in h^2 and h^4 where both sides
 * are looked at, in h and h^2 where one is.
 */
function extrapolated(estimate: (h: number) => Float64Array, h: number, side: Steps['side']): Float64Array {
  const [first, second] = side === 'both' ? [4, 16] : [2, 4];
  const [wide, middle, narrow] = [estimate(h), estimate(h / 2), estimate(h / 4)];
  return narrow.map((value, i) => {
    const fine = (first * value - middle[i]!) / (first - 1);
    const coarse = (first * middle[i]! - wide[i]!) / (first - 1);
    return (second * fine - coarse) / (second - 1);
  });
}

const direct = (side: Steps['side'], step: number): number => (side === 'behind' ? -step : step);

function slope(curve: Curve, h: number, side: Steps['side']): Float64Array {
  const here = side === 'both' ? undefined : curve(0);
  const estimate = (size: number): Float64Array => {
    const step = direct(side, size);
    const [to, from] = [curve(step), here ?? curve(-step)];
    return to.map((value, i) => (value - from[i]!) / (here ? step : 2 * step));
  };
  return extrapolated(estimate, h, side);
}

function bend(curve: Curve, h: number, side: Steps['side']): Float64Array {
  const here = curve(0);
  const estimate = (size: number): Float64Array => {
    const step = direct(side, size);
    const [a, b, c] = side === 'both' ? [curve(step), here, curve(-step)] : [curve(2 * step), curve(step), here];
    return b.map((value, i) => (a[i]! - value - (value - c[i]!)) / (step * step));
  };
  return extrapolated(estimate, h, side);
}

const along =
  (f: (x: Point) => Float64Array, x: Point, direction: Point): Curve =>
  (t) =>
    f(x.map((value, i) => value + t * direction[i]!));

const asVector =
  (f: (x: Point) => number) =>
  (x: Point): Float64Array =>
    Float64Array.of(f(x));

const axisDirection = (length: number, axis: number): Float64Array => {
  const direction = new Float64Array(length);
  direction[axis] = 1;
  return direction;
};

/** The derivative of f at x in a direction: J*direction. */
export function directionalOfVector(
  f: (x: Point) => Float64Array,
  x: Point,
  direction: Point,
  { side, reach: part }: Steps = usualSteps,
): Float64Array {
  return slope(along(f, x, direction), stepAlong(x, direction, part * reach.first), side);
}
/** The same for a function with one value: gradient'*direction. */
export const directional = (f: (x: Point) => number, x: Point, direction: Point): number =>
  directionalOfVector(asVector(f), x, direction)[0]!;

/** direction'*Hessian*direction. */
export const secondDirectional = (
  f: (x: Point) => number,
  x: Point,
  direction: Point,
  { side, reach: part }: Steps = usualSteps,
): number => bend(along(asVector(f), x, direction), stepAlong(x, direction, part * reach.second), side)[0]!;

const axes = (length: number): readonly Point[] => Array.from({ length }, (_, axis) => axisDirection(length, axis));

/** One array per direction: how all of f changes along it (the columns of the Jacobian). */
const columnsByDifferences = (
  f: (x: Point) => Float64Array,
  x: Point,
  steps: Steps,
  directions: readonly Point[],
): readonly Float64Array[] => directions.map((direction) => directionalOfVector(f, x, direction, steps));

export const centralGradient = (f: (x: Point) => number, x: Point): Float64Array =>
  Float64Array.from(columnsByDifferences(asVector(f), x, usualSteps, axes(x.length)), (change) => change[0]!);

/** One array per entry of f: its derivatives by all entries of x (the rows of the Jacobian), or along these directions. */
export function jacobianByDifferences(
  f: (x: Point) => Float64Array,
  x: Point,
  steps: Steps = usualSteps,
  directions: readonly Point[] = axes(x.length),
): Float64Array[] {
  const columns = columnsByDifferences(f, x, steps, directions);
  return Array.from(f(x), (_, i) => Float64Array.from(columns, (change) => change[i]!));
}
