/** Which sizes are the same? Declared sizes are rigid; unknown ones take the value that makes both sides equal. */
import { type Dim, dimProduct, dimSum, evaluateDim, fixed, mapSizeNames, named, namesIn, sizeOf } from './dim.ts';
import { axesOf, column, describe, matrix, row, type Shape } from './shape.ts';

export interface Sizes {
  readonly fresh: () => Dim;
  readonly resolve: (dim: Dim) => Dim;
  readonly resolveShape: (shape: Shape) => Shape;
  /** Makes two sizes equal if that can be done; says whether they are. */
  readonly unify: (a: Dim, b: Dim) => boolean;
  /** In words, unknown sizes as `?`. */
  readonly describe: (shape: Shape) => string;
  readonly write: (dim: Dim) => string;
  /** Gives every size that is still free a printable name. */
  readonly settle: (isTaken: (name: string) => boolean) => readonly string[];
}

const isUnknown = (name: string): boolean => name.startsWith('?');
/** A size that nothing has fixed yet is not worth a sign of its own: `x is a column`. */
function inWords(shape: Shape): string {
  const kinds = { column: 'a column', row: 'a row', matrix: 'a matrix', scalar: 'a scalar', tensor: 'a tensor' };
  return axesOf(shape).some(hasUnknown) && axesOf(shape).every((dim) => isUnknown(dim.key))
    ? kinds[shape.kind]
    : describe(shape).replaceAll(/\?\d+/g, '?');
}
const hasUnknown = (dim: Dim): boolean => dim.key.includes('?');
const negative = fixed(-1);
const printable: readonly string[] = ['n', 'm', 'p', 'q', 'k', 'l', 'r', 's', 'd'];

/** The unknown sizes that `dim = 0` determines, newest first, with what they would be. */
function* solutions(dim: Dim): Generator<readonly [name: string, value: Dim]> {
  const unknown = namesIn(dim).filter(isUnknown);
  for (const name of unknown.toSorted((a, b) => Number(b.slice(1)) - Number(a.slice(1)))) {
    const coefficient = dim.terms.get(name);
    if (coefficient === undefined) continue;
    if ([...dim.terms.keys()].some((m) => m !== name && m.split('*').includes(name))) continue;
    const rest = dimSum(dim, dimProduct(fixed(-coefficient), named(name)));
    if (Math.abs(coefficient) !== 1 && [...rest.terms.values()].some((c) => c % coefficient !== 0)) continue;
    let value = fixed(0);
    for (const [monomial, c] of rest.terms) {
      const names = monomial.split('*').filter(Boolean).map(named);
      value = dimSum(
        value,
        names.reduce((product, factor) => dimProduct(product, factor), fixed(-c / coefficient)),
      );
    }
    yield [name, value];
  }
}

export function createSizes(): Sizes {
  const known = new Map<string, Dim>();
  let created = 0;
  let settled = 0;

  const resolve = (dim: Dim): Dim => {
    if (!hasUnknown(dim) || !namesIn(dim).some((name) => known.has(name))) return dim;
    return resolve(mapSizeNames(dim, (name) => known.get(name) ?? named(name)));
  };
  const unify = (a: Dim, b: Dim): boolean => {
    const [left, right] = [resolve(a), resolve(b)];
    if (left === right) return true;
    for (const [name, value] of solutions(dimSum(left, dimProduct(negative, right)))) {
      const size = sizeOf(value);
      // An unknown size is never 1: what has one entry in a direction has been given another kind of shape already.
      if (size !== undefined && size < 2) continue;
      known.set(name, value);
      return true;
    }
    return false;
  };
  const resolveShape = (shape: Shape): Shape => {
    switch (shape.kind) {
      case 'scalar':
        return shape;
      case 'column':
        return column(resolve(shape.size));
      case 'row':
        return row(resolve(shape.size));
      case 'matrix':
        return matrix(resolve(shape.rows), resolve(shape.columns));
      case 'tensor':
        return { kind: 'tensor', axes: shape.axes.map(resolve) };
    }
  };
  const settle = (isTaken: (name: string) => boolean): readonly string[] => {
    const given: string[] = [];
    for (; settled < created; settled++) {
      const name = `?${settled + 1}`;
      if (known.has(name)) continue;
      const candidate = (n: number): string => (n < printable.length ? printable[n]! : `n${n - printable.length + 1}`);
      let n = 0;
      while (isTaken(candidate(n)) || given.includes(candidate(n))) n++;
      known.set(name, named(candidate(n)));
      given.push(candidate(n));
    }
    return given;
  };
  return {
    fresh: () => named(`?${++created}`),
    resolve,
    resolveShape,
    unify,
    describe: (shape) => inWords(resolveShape(shape)),
    write: (dim) => resolve(dim).key.replaceAll(/\?\d+/g, '?'),
    settle,
  };
}

/** Is this size certainly outside 1 … dim? */
export function isOutside(position: number, dim: Dim): boolean {
  const size = evaluateDim(dim, {});
  return position < 1 || (size !== undefined && position > size);
}
