/**
 * Symbolic sizes: polynomials in size names, interned, so equal sizes are the same object. Coefficients are whole numbers, or
 * halves where the whole is one in any case, as n*(n + 1)/2 is.
 */
import { type Rational, rational } from '../basics/rational.ts';
import { binary, integer, nameOf, productOf, sumOf } from '../syntax/build.ts';
import type { Expression, SignedTerm } from '../syntax/tree.ts';

export interface Dim {
  /** Canonical text, which the language can read: n, 4, m + n, 2*n. */
  readonly key: string;
  /** Monomial (names joined by *, sorted; '' for the constant) to coefficient, sorted by monomial. */
  readonly terms: ReadonlyMap<string, number>;
}

/** The constant comes last, what is taken away behind what is there: n + 1, m - k. */
const inOrder = ([a, c]: readonly [string, number], [b, d]: readonly [string, number]): number =>
  Number(a === '') - Number(b === '') || Number(c < 0) - Number(d < 0);

const interned = new Map<string, WeakRef<Dim>>();
const cleanUp = new FinalizationRegistry<string>((key) => {
  if (interned.get(key)?.deref() === undefined) interned.delete(key);
});

function intern(terms: Map<string, number>): Dim {
  const sorted = [...terms].filter(([, c]) => c !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const write = ([monomial, c]: [string, number]): string =>
    monomial === '' ? `${c}` : Math.abs(c) === 1 ? `${c < 0 ? '-' : ''}${monomial}` : `${c}*${monomial}`;
  const by = sorted.some(([, c]) => !Number.isInteger(c)) ? 2 : 1;
  const ordered = sorted.map(([monomial, c]): [string, number] => [monomial, by * c]).toSorted(inOrder);
  const text = ordered.length === 0 ? '0' : ordered.map(write).join(' + ').replaceAll('+ -', '- ');
  const key = by === 1 ? text : `(${text})/${by}`;
  const known = interned.get(key)?.deref();
  if (known) return known;
  const dim: Dim = { key, terms: new Map(sorted) };
  interned.set(key, new WeakRef(dim));
  cleanUp.register(dim, key);
  return dim;
}

export const fixed = (size: number): Dim => intern(new Map([['', size]]));
export const named = (name: string): Dim => intern(new Map([[name, 1]]));
/** The size that has this key: m + n is the sum of m and n, never a size of that name. */
export function fromKey(key: string): Dim {
  const terms = new Map<string, number>();
  const halved = /^\((.*)\)\/2$/.exec(key)?.[1];
  for (const text of (halved ?? key).replaceAll(' - ', ' + -').split(' + ')) {
    const [, sign, coefficient, monomial = ''] = /^(-?)(\d*)\*?(.*)$/.exec(text)!;
    const magnitude = coefficient === '' ? 1 : Number(coefficient);
    const own = halved === undefined ? magnitude : magnitude / 2;
    terms.set(monomial, (terms.get(monomial) ?? 0) + (sign === '' ? own : -own));
  }
  return intern(terms);
}
/** The same size with its names replaced. */
export const mapSizeNames = (dim: Dim, replace: (name: string) => Dim): Dim =>
  [...dim.terms].reduce(
    (total, [monomial, c]) =>
      dimSum(total, monomial.split('*').filter(Boolean).map(replace).reduce(dimProduct, fixed(c))),
    fixed(0),
  );
/** The size if it is a plain number. */
export const sizeOf = (dim: Dim): number | undefined =>
  dim.terms.size === 0 ? 0 : dim.terms.size === 1 ? dim.terms.get('') : undefined;
export const one: Dim = fixed(1);

export function dimSum(a: Dim, b: Dim): Dim {
  const terms = new Map(a.terms);
  for (const [m, c] of b.terms) terms.set(m, (terms.get(m) ?? 0) + c);
  return intern(terms);
}
export function dimProduct(a: Dim, b: Dim): Dim {
  const terms = new Map<string, number>();
  for (const [m, c] of a.terms)
    for (const [k, e] of b.terms) {
      const monomial = [...m.split('*'), ...k.split('*')].filter(Boolean).toSorted().join('*');
      terms.set(monomial, (terms.get(monomial) ?? 0) + c * e);
    }
  return intern(terms);
}
/** The names of sizes that occur. */
export const namesIn = (dim: Dim): readonly string[] => [
  ...new Set([...dim.terms.keys()].flatMap((m) => m.split('*')).filter(Boolean)),
];
/** Its number once the names have theirs; undefined while one is missing. */
export function evaluateDim(dim: Dim, sizes: Readonly<Record<string, number>>): number | undefined {
  let total = 0;
  for (const [m, c] of dim.terms) {
    let product = c;
    for (const name of m.split('*').filter(Boolean)) {
      if (!Object.hasOwn(sizes, name)) return undefined;
      product *= sizes[name]!;
    }
    total += product;
  }
  return total;
}

/** A coefficient as an exact number. */
export const exactly = (coefficient: number): Rational => rational(2 * coefficient, 2);
/** Half of a size, where that is whole whatever its names stand for. */
export function half(dim: Dim): Dim | undefined {
  const names = namesIn(dim);
  const isEven = (sizes: Readonly<Record<string, number>>, [name, ...others]: readonly string[]): boolean =>
    name === undefined
      ? evaluateDim(dim, sizes)! % 2 === 0
      : [0, 1].every((size) => isEven({ ...sizes, [name]: size }, others));
  if (names.length > mostNames || ![...dim.terms.values()].every(Number.isInteger) || !isEven({}, names))
    return undefined;
  return intern(new Map([...dim.terms].map(([monomial, c]): [string, number] => [monomial, c / 2])));
}
const mostNames = 6;
/** n*(n + 1)/2, the entries of a triangle. */
export const triangle = (dim: Dim): Dim => half(dimProduct(dim, dimSum(dim, one)))!;

export const dimDifference = (a: Dim, b: Dim): Dim => dimSum(a, dimProduct(fixed(-1), b));
/** Certainly not negative: sizes are positive, so coefficients without a minus suffice. */
export const isNotNegative = (dim: Dim): boolean => [...dim.terms.values()].every((c) => c >= 0);

/** Certainly at least 0, whatever the sizes are: each is 1 or more. */
export const isAtLeastZero = (dim: Dim): boolean =>
  isNotNegative(mapSizeNames(dim, (name) => dimSum(named(name), one)));

/** A stretch of positions behind `offset`. */
export interface Stretch {
  readonly offset: Dim;
  readonly size: Dim;
}
/** Do two stretches certainly not overlap? */
export const areApart = (a: Stretch, b: Stretch): boolean =>
  isNotNegative(dimDifference(b.offset, dimSum(a.offset, a.size))) ||
  isNotNegative(dimDifference(a.offset, dimSum(b.offset, b.size)));

/** n*n is n^2. */
function powersIn(monomial: string): readonly Expression[] {
  const names = monomial.split('*').filter(Boolean);
  return [...new Set(names)].map((name) => {
    const exponent = names.filter((other) => other === name).length;
    return exponent === 1 ? nameOf(name) : binary('^', nameOf(name), integer(exponent));
  });
}

/** A size as an expression: n, 4, m + n, n - k + 1. */
export function sizeExpression(dim: Dim): Expression {
  const number = sizeOf(dim);
  if (number !== undefined) return integer(number);
  if ([...dim.terms.values()].some((c) => !Number.isInteger(c))) return halvedExpression(dim);
  const terms = [...dim.terms];
  const isLed = terms.some(([monomial, c]) => monomial !== '' && c > 0);
  // The constant comes last, unless all the others are subtracted from it.
  const place = ([monomial, c]: readonly [string, number]): number =>
    monomial === '' ? (isLed ? 2 : -1) : c > 0 ? 0 : 1;
  return sumOf(
    terms
      .toSorted((a, b) => place(a) - place(b))
      .map(([monomial, c]): SignedTerm => {
        const product = powersIn(monomial).reduce<Expression | undefined>(
          (l, r) => productOf(l, r),
          Math.abs(c) === 1 && monomial !== '' ? undefined : integer(Math.abs(c)),
        );
        return { negative: c < 0, term: product! };
      }),
  );
}

/** n*(n + 1)/2: what all terms share stands in front. */
function halvedExpression(dim: Dim): Expression {
  const twice = dimProduct(fixed(2), dim);
  const shared = namesIn(dim).filter((name) =>
    [...twice.terms.keys()].every((monomial) => monomial.split('*').includes(name)),
  );
  const rest = intern(
    new Map(
      [...twice.terms].map(([monomial, c]): [string, number] => {
        const left = shared.reduce((names, name) => names.toSpliced(names.indexOf(name), 1), monomial.split('*'));
        return [left.join('*'), c];
      }),
    ),
  );
  const product = [...shared.map(nameOf), sizeExpression(rest)].reduce((a, b) => productOf(a, b));
  return binary('/', product, integer(2));
}
