/** What are the derivatives of a function that can only be evaluated? Central differences, extrapolated twice to step zero. */

type Point = Float64Array;
type Curve = (t: number) => Float64Array;

/** Entries move by this part of themselves, small ones as if they were 1/4: positive entries stay positive. */
const reach = { first: 0.004, second: 0.05 };

function stepAlong(x: Point, direction: Point, part: number): number {
  let step = Infinity;
  for (const [i, slope] of direction.entries())
    if (slope !== 0) step = Math.min(step, (part * Math.max(Math.abs(x[i]!), 0.25)) / Math.abs(slope));
  // A power of two divides and doubles without rounding.
  return step === Infinity ? 1 : 2 ** Math.round(Math.log2(step));
}

/** An estimate with an error in h^2, h^4, …, taken at h, h/2 and h/4: the first two terms of the error cancel. */
function extrapolated(estimate: (h: number) => Float64Array, h: number): Float64Array {
  const [wide, middle, narrow] = [estimate(h), estimate(h / 2), estimate(h / 4)];
  return narrow.map((value, i) => {
    const fine = (4 * value - middle[i]!) / 3;
    const coarse = (4 * middle[i]! - wide[i]!) / 3;
    return (16 * fine - coarse) / 15;
  });
}

function slope(curve: Curve, h: number): Float64Array {
  const estimate = (step: number): Float64Array => {
    const [ahead, behind] = [curve(step), curve(-step)];
    return ahead.map((value, i) => (value - behind[i]!) / (2 * step));
  };
  return extrapolated(estimate, h);
}

function bend(curve: Curve, h: number): Float64Array {
  const here = curve(0);
  const estimate = (step: number): Float64Array => {
    const [ahead, behind] = [curve(step), curve(-step)];
    return here.map((value, i) => (ahead[i]! - value - (value - behind[i]!)) / (step * step));
  };
  return extrapolated(estimate, h);
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
export function directionalOfVector(f: (x: Point) => Float64Array, x: Point, direction: Point): Float64Array {
  return slope(along(f, x, direction), stepAlong(x, direction, reach.first));
}
/** The same for a function with one value: gradient'*direction. */
export const directional = (f: (x: Point) => number, x: Point, direction: Point): number =>
  directionalOfVector(asVector(f), x, direction)[0]!;

/** direction'*Hessian*direction. */
export const secondDirectional = (f: (x: Point) => number, x: Point, direction: Point): number =>
  bend(along(asVector(f), x, direction), stepAlong(x, direction, reach.second))[0]!;

/** One array per entry of x: how all of f changes with it (the columns of the Jacobian). */
const columnsByDifferences = (f: (x: Point) => Float64Array, x: Point): readonly Float64Array[] =>
  Array.from(x, (_, axis) => directionalOfVector(f, x, axisDirection(x.length, axis)));

export const centralGradient = (f: (x: Point) => number, x: Point): Float64Array =>
  Float64Array.from(columnsByDifferences(asVector(f), x), (change) => change[0]!);

/** One array per entry of f: its derivatives by all entries of x (the rows of the Jacobian). */
export function jacobianByDifferences(f: (x: Point) => Float64Array, x: Point): Float64Array[] {
  const columns = columnsByDifferences(f, x);
  return Array.from(f(x), (_, i) => Float64Array.from(columns, (change) => change[i]!));
}
