/**
 * Matrix expressions while a form is being searched: products, entrywise products and sums without order or brackets.
 * Interned, with transposes pushed to the leaves, so that equal forms are the same object and factoring is comparing. What
 * has no order of its own (summands, entrywise and scalar factors) is kept in the order of the program's names, then of
 * size and content: which form was made first never shows.
 */
import { entrywiseFunctions } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Dim, dimSum, one } from '../shape/dim.ts';
import type { Expression } from '../syntax/tree.ts';
import { hashText, mixAll } from '../terms/intern.ts';

interface FormBase {
  /** Creation number: for keys and equality only, never for order. */
  readonly id: number;
  /** Of content, the same in every process: what order is made of. */
  readonly hash: number;
  /** How many forms it is made of. */
  readonly size: number;
  readonly rows: Dim;
  readonly columns: Dim;
  /** Where in the program its first name stands: what order of display is made of. */
  readonly rank: number;
}
export type Power = readonly [base: Form, exponent: Rational];
export type Form =
  Leaf | Transposed | Chain | Entrywise | Total | Scaled | Identity | Ones | Diagonal | Applied | Literal;

/** Something written as it is: a name, inv(X), softmax(A*x + b), x[3]. */
export interface Leaf extends FormBase {
  readonly kind: 'leaf';
  readonly expression: Expression;
  readonly symmetric: boolean;
}
export interface Transposed extends FormBase {
  readonly kind: 'transposed';
  readonly of: Form;
}
/** A matrix product. No scalars among the factors. */
export interface Chain extends FormBase {
  readonly kind: 'chain';
  readonly factors: readonly Form[];
}
/** x .* y ./ z: factors of one shape (or, broadcast, of one row or column) with exponents. */
export interface Entrywise extends FormBase {
  readonly kind: 'entrywise';
  readonly factors: readonly Power[];
}
/** A sum; terms may be smaller than the whole where they are broadcast. */
export interface Total extends FormBase {
  readonly kind: 'sum';
  readonly terms: readonly (readonly [Rational, Form])[];
  /** The terms stand as the program's writer put them. */
  readonly written: boolean;
}
/** coefficient * product of scalars^exponents * of. Without `of`, a scalar. */
export interface Scaled extends FormBase {
  readonly kind: 'scaled';
  readonly coefficient: Rational;
  readonly scalars: readonly Power[];
  readonly of: Form | undefined;
}
export interface Identity extends FormBase {
  readonly kind: 'identity';
}
export interface Ones extends FormBase {
  readonly kind: 'ones';
}
/** diag of a column (a matrix), or of a matrix (a column). */
export interface Diagonal extends FormBase {
  readonly kind: 'diagonal';
  readonly of: Form;
}
/**
 * A function of forms: entry by entry (exp), of rows (rowsum, softmax) or of the whole (square: the sum of squares, sum,
 * tr, kron). Functions differ in what transposing does to them; see `transpose`.
 */
export interface Applied extends FormBase {
  readonly kind: 'function';
  readonly name: string;
  readonly args: readonly Form[];
}
export interface Literal extends FormBase {
  readonly kind: 'literal';
  readonly entries: readonly (readonly Form[])[];
}

// Weak: forms live as long as a search or an answer holds them, and the table does not grow with the process.
const table = new Map<string, WeakRef<Form>>();
const cleanUp = new FinalizationRegistry<string>((key) => {
  if (table.get(key)?.deref() === undefined) table.delete(key);
});
let created = 0;
type Content<F> = F extends Form ? Omit<F, 'id' | 'hash' | 'size'> : never;
/** `label` and `parts` say what the form is; the parts' numbers make the key, their hashes the hash. */
function intern<F extends Form>(label: string, parts: readonly Form[], make: () => Content<F>): F {
  const key = `${label}(${parts.map(({ id }) => id).join()}`;
  const known = table.get(key)?.deref();
  if (known) return known as F;
  const hash = mixAll(
    hashText(label),
    parts.map((part) => part.hash),
  );
  const size = parts.reduce((total, part) => total + part.size, 1);
  const form = Object.freeze({ id: created++, hash, size, ...make() }) as unknown as F;
  table.set(key, new WeakRef<Form>(form));
  cleanUp.register(form, key);
  return form;
}

const last = Number.MAX_SAFE_INTEGER;
const least = (forms: readonly Form[]): number => forms.reduce((rank, form) => Math.min(rank, form.rank), last);
export const isScalar = (form: Form): boolean => form.rows === one && form.columns === one;
const shapeKey = ({ rows, columns }: { readonly rows: Dim; readonly columns: Dim }): string =>
  `${rows.key};${columns.key}`;

/** The order of the program's names, then the simpler first, then of content. */
export const inOrder = (a: Form, b: Form): number => a.rank - b.rank || a.size - b.size || a.hash - b.hash;
const sortedPowers = (powers: readonly Power[]): readonly Power[] => powers.toSorted(([a], [b]) => inOrder(a, b));
const exponents = (powers: readonly Power[]): string => powers.map(([, e]) => Q.toText(e)).join();
const bases = (powers: readonly Power[]): readonly Form[] => powers.map(([f]) => f);

/** `label` and `of` determine the expression. */
export function leaf(
  expression: Expression,
  label: string,
  rows: Dim,
  columns: Dim,
  { of = [], rank = last, symmetric = false }: LeafOptions = {},
): Form {
  const key = `l${label}|${shapeKey({ rows, columns })}|${rank}${symmetric ? 's' : ''}`;
  return intern<Leaf>(key, of, () => ({ kind: 'leaf', expression, rows, columns, rank, symmetric }));
}
interface LeafOptions {
  /** The forms that it is written with. */
  readonly of?: readonly Form[];
  readonly rank?: number;
  readonly symmetric?: boolean;
}
export const identity = (dim: Dim): Form =>
  intern<Identity>(`I${dim.key}`, [], () => ({ kind: 'identity', rows: dim, columns: dim, rank: last }));
export const ones = (rows: Dim, columns: Dim): Form =>
  intern<Ones>(`1${shapeKey({ rows, columns })}`, [], () => ({ kind: 'ones', rows, columns, rank: last }));

/** What transposing a function does: entry by entry it goes inside; a row sum becomes a column sum; a scalar stays. */
const inward: Readonly<Record<string, string>> = {
  rowsum: 'colsum',
  colsum: 'rowsum',
  'row-mean': 'column-mean',
  'column-mean': 'row-mean',
  kron: 'kron',
};
/** An unknown function of numbers, apart from the words used here: its own name behind a mark that no name has. */
const mark = 'entries ';
export const ofEntries = (name: string): string => `${mark}${name}`;
const isOfEntries = (name: string): boolean => name.startsWith(mark);
export const plainName = (name: string): string => (isOfEntries(name) ? name.slice(mark.length) : name);

const turned = new WeakMap<Form, Form>();
export function transpose(form: Form): Form {
  if (isScalar(form)) return form;
  let other = turned.get(form);
  if (!other) turned.set(form, (other = turn(form)));
  return other;
}
function turn(form: Form): Form {
  switch (form.kind) {
    case 'leaf':
      return form.symmetric ? form : transposed(form);
    case 'transposed':
      return form.of;
    case 'chain':
      return chain(form.factors.toReversed().map(transpose));
    case 'entrywise':
      return entrywise(form.factors.map(([f, e]): Power => [transpose(f), e]));
    case 'sum': {
      const terms = form.terms.map(([c, t]) => [c, transpose(t)] as const);
      // X + X' is its own transpose, in whatever order it is written.
      const own = new Map(form.terms.map(([c, t]) => [t, c]));
      if (terms.every(([c, t]) => own.has(t) && Q.equal(own.get(t)!, c))) return form;
      return sumForm(terms, form.columns, form.rows, form.written);
    }
    case 'scaled':
      return scaled(form.coefficient, form.scalars, form.of && transpose(form.of));
    case 'identity':
      return form;
    case 'ones':
      return ones(form.columns, form.rows);
    case 'diagonal':
      return form.rows === one || form.columns === one ? transposed(form) : form;
    case 'function':
      if (form.name === 'skew') return scaled(Q.minusOne, [], form);
      if (form.name === 'commutation') return functionForm(form.name, form.args.toReversed(), form.columns, form.rows);
      if (isTriangle(form))
        return triangle(form.name === 'tril' ? 'triu' : 'tril', transpose(form.args[0]!), -diagonalOf(form));
      if (!entrywiseFunctions.has(form.name) && !isOfEntries(form.name) && !Object.hasOwn(inward, form.name))
        return transposed(form);
      return functionForm(inward[form.name] ?? form.name, form.args.map(transpose), form.columns, form.rows);
    case 'literal':
      return literal(form.entries[0]!.map((_, c) => form.entries.map((r) => transpose(r[c]!))));
  }
}
const transposed = (of: Form): Form =>
  intern<Transposed>('t', [of], () => ({
    kind: 'transposed',
    of,
    rows: of.columns,
    columns: of.rows,
    rank: of.rank,
  }));

export function functionForm(name: string, args: readonly Form[], rows: Dim, columns: Dim): Form {
  return intern<Applied>(`f${name}|${shapeKey({ rows, columns })}`, args, () => ({
    kind: 'function',
    name,
    args,
    rows,
    columns,
    rank: least(args),
  }));
}
/** Entries or blocks, row by row. */
export function literal(entries: readonly (readonly Form[])[]): Form {
  const total = (dims: readonly Dim[]): Dim => dims.reduce(dimSum);
  const rows = total(entries.map((r) => r[0]!.rows));
  const columns = total(entries[0]!.map((f) => f.columns));
  return intern<Literal>(`[${entries.length}`, entries.flat(), () => ({
    kind: 'literal',
    entries,
    rows,
    columns,
    rank: least(entries.flat()),
  }));
}

export function diagonal(of: Form): Form {
  if (of.kind === 'ones') return of.rows === one ? identity(of.columns) : identity(of.rows);
  // Numbers go in front, where two readings of one matrix can be compared.
  if (of.kind === 'scaled' && of.of) return scaled(of.coefficient, of.scalars, diagonal(of.of));
  const toMatrix = of.rows === one || of.columns === one;
  const column = toMatrix && of.rows === one ? transpose(of) : of;
  const dim = column.rows;
  return intern<Diagonal>('D', [column], () => ({
    kind: 'diagonal',
    of: column,
    rows: dim,
    columns: toMatrix ? dim : one,
    rank: of.rank,
  }));
}

// ---- in space

/** Numbers in front, the rest of a multiple. */
const apart = (form: Form): readonly [(inner: Form) => Form, Form] => {
  const { of } = form as Scaled;
  return form.kind === 'scaled' && of
    ? [(inner) => scaled(form.coefficient, form.scalars, inner), of]
    : [(inner) => inner, form];
};
/** skew(x) of a column; skew(2*x) is 2*skew(x). */
export function skewForm(of: Form): Form {
  const [around, inner] = apart(of);
  return around(functionForm('skew', [inner], inner.rows, inner.rows));
}
/** cross(cross(x, y), z) is cross(z, cross(y, x)), nested to the right. */
export function crossForm(a: Form, b: Form): Form {
  const [[left, x], [right, y]] = [apart(a), apart(b)];
  if (isCross(x) && !isCross(y)) return left(right(crossForm(y, turnedCross(x))));
  return left(right(functionForm('cross', [x, y], x.rows, one)));
}
const isCross = (form: Form): form is Applied => form.kind === 'function' && form.name === 'cross';
/** The opposite: with its sides exchanged, or those of what is nested on the right. */
function turnedCross({ args, rows }: Applied): Form {
  const [a, b] = args as readonly [Form, Form];
  return functionForm('cross', isCross(b) && !isCross(a) ? [a, turnedCross(b)] : [b, a], rows, one);
}
function isBackwards(form: Form): form is Applied {
  if (!isCross(form)) return false;
  const [a, b] = form.args as readonly [Form, Form];
  return a.rank > b.rank && !isCross(b);
}
/** Where the sign does not matter the sides stand in the order of the program. */
export const anySign = (form: Form): Form => (isBackwards(form) ? turnedCross(form) : form);

const isSkew = (form: Form): form is Applied => form.kind === 'function' && form.name === 'skew';

/** x'*cross(y, z) is y'*cross(z, x) and cross(x, y)'*z: it begins with what the program mentions first. */
function tripleProduct([row, column]: readonly [Form, Form]): readonly [Form, Form] | undefined {
  const sides = isCross(column)
    ? [transpose(row), ...column.args]
    : row.kind === 'transposed' && isCross(row.of)
      ? [...row.of.args, column]
      : undefined;
  if (!sides || sides.some((side, n) => isCross(side) && n === 0)) return undefined;
  const first = sides.reduce((best, side, n) => (side.rank < sides[best]!.rank ? n : best), 0);
  const [a, b, c] = [0, 1, 2].map((n) => sides[(first + n) % 3]!) as [Form, Form, Form];
  return [transpose(a), crossForm(b, c)];
}

/** skew(x)*A*y is cross(x, A*y), and y'*A*skew(x) is cross(A'*y, x)'. */
function crossed(factors: readonly Form[]): readonly Form[] | undefined {
  const last = factors.findLastIndex(isSkew);
  if (last < 0) return undefined;
  if (factors.at(-1)!.columns === one) {
    const { args } = factors[last] as Applied;
    return [...factors.slice(0, last), crossForm(args[0]!, chain(factors.slice(last + 1)))];
  }
  if (factors[0]!.rows !== one) return undefined;
  const first = factors.findIndex(isSkew);
  const row = chain(factors.slice(0, first));
  const { args } = factors[first] as Applied;
  return [transpose(crossForm(transpose(row), args[0]!)), ...factors.slice(first + 1)];
}

// ---- triangles

type TriangleName = 'tril' | 'triu';
interface Triangle extends Applied {
  readonly name: TriangleName;
}
export const isTriangle = (form: Form): form is Triangle =>
  form.kind === 'function' && (form.name === 'tril' || form.name === 'triu');
/** tril(X, k) keeps the entries up to the k-th diagonal above the main one, triu(X, k) those from there. */
function triangle(name: TriangleName, of: Form, k: number): Form {
  const [around, inner] = apart(of);
  const diagonals = k === 0 ? [] : [numberForm(Q.rational(k))];
  return around(functionForm(name, [inner, ...diagonals], of.rows, of.columns));
}
export const lowerTriangle = (of: Form, k: number): Form => triangle('tril', of, k);
function diagonalOf({ args: [, k] }: Triangle): number {
  return k?.kind === 'scaled' ? Number(k.coefficient.n) : 0;
}
/** tril(X) .* Y is tril(X .* Y). */
function withinTriangle(factors: readonly Power[]): Form | undefined {
  const n = factors.findIndex(([f, e]) => isTriangle(f) && Q.isOne(e));
  if (n < 0) return undefined;
  const form = factors[n]![0] as Triangle;
  const isWhole = ([f]: Power): boolean => f.rows === form.rows && f.columns === form.columns;
  const others = factors.filter((_, m) => m !== n);
  if (!others.some(isWhole)) return undefined;
  const inside = triangle(form.name, entrywise([[form.args[0]!, Q.one], ...others.filter(isWhole)]), diagonalOf(form));
  return entrywise([[inside, Q.one], ...others.filter((other) => !isWhole(other))]);
}
/** Is it the matrix of cumulative sums, down or to the right? */
export const addsUp = (form: Form, name: TriangleName): boolean =>
  isTriangle(form) &&
  form.name === name &&
  form.args.length === 1 &&
  form.args[0]!.kind === 'ones' &&
  form.rows === form.columns;
/** tril(ones(n, n))*x is cumsum(x), and x'*triu(ones(n, n)) is cumsum(x)'. */
function cumulated(factors: readonly Form[]): readonly Form[] | undefined {
  const last = factors.findLastIndex((f) => addsUp(f, 'tril'));
  if (factors.at(-1)!.columns === one && last >= 0) {
    const column = chain(factors.slice(last + 1));
    return [...factors.slice(0, last), functionForm('cumsum', [column], column.rows, one)];
  }
  const first = factors.findIndex((f) => addsUp(f, 'triu'));
  if (factors[0]!.rows !== one || first < 0) return undefined;
  const column = transpose(chain(factors.slice(0, first)));
  return [transpose(functionForm('cumsum', [column], column.rows, one)), ...factors.slice(first + 1)];
}
const isCalled = (form: Form | undefined, name: string): boolean => form?.kind === 'function' && form.name === name;

/** A matrix product; scalars move out in front. */
export function chain(factors: readonly Form[]): Form {
  let coefficient = Q.one;
  const scalars: Power[] = [];
  const flat: Form[] = [];
  const take = (form: Form): void => {
    if (form.kind === 'chain') form.factors.forEach(take);
    else if (form.kind === 'scaled') {
      coefficient = Q.times(coefficient, form.coefficient);
      scalars.push(...form.scalars);
      if (form.of) take(form.of);
    } else if (isScalar(form)) scalars.push([form, Q.one]);
    else if (form.kind !== 'identity') flat.push(form);
  };
  factors.forEach(take);
  if (flat.length === 0) {
    const unit = factors.find((f) => f.kind === 'identity');
    return scaled(coefficient, scalars, unit);
  }
  if (flat.length === 1) return scaled(coefficient, scalars, flat[0]);
  // elimination(n)*vec(X)
  const half = flat.findIndex((form, n) => isCalled(form, 'elimination') && isCalled(flat[n + 1], 'vec'));
  if (half >= 0) {
    const made = functionForm('vech', (flat[half + 1] as Applied).args, flat[half]!.rows, one);
    return scaled(coefficient, scalars, chain(flat.toSpliced(half, 2, made)));
  }
  const perpendicular = crossed(flat);
  if (perpendicular) return scaled(coefficient, scalars, chain(perpendicular));
  const partial = cumulated(flat);
  if (partial) return scaled(coefficient, scalars, chain(partial));
  const [rows, columns] = [flat[0]!.rows, flat.at(-1)!.columns];
  const isNumber = flat.length === 2 && rows === one && columns === one;
  const triple = isNumber ? tripleProduct(flat as [Form, Form]) : undefined;
  if (triple && triple[1].kind !== 'scaled') flat.splice(0, 2, ...triple);
  const made = intern<Chain>('c', flat, () => ({
    kind: 'chain',
    factors: flat,
    rows,
    columns,
    rank: least(flat),
  }));
  return scaled(coefficient, scalars, made);
}

/** An entrywise product; equal bases collect, scalars move out in front. */
export function entrywise(factors: readonly Power[]): Form {
  let coefficient = Q.one;
  const scalars: Power[] = [];
  const collected = new Map<number, Power>();
  const take = ([form, e]: Power): void => {
    if (form.kind === 'entrywise') form.factors.forEach(([f, d]) => take([f, Q.times(d, e)]));
    else if (form.kind === 'scaled' && Q.isInteger(e)) {
      coefficient = Q.times(coefficient, Q.power(form.coefficient, Number(e.n)));
      scalars.push(...form.scalars.map(([s, d]): Power => [s, Q.times(d, e)]));
      if (form.of) take([form.of, e]);
    } else if (isScalar(form)) scalars.push([form, e]);
    else {
      const known = collected.get(form.id);
      collected.set(form.id, [form, known ? Q.plus(known[1], e) : e]);
    }
  };
  factors.forEach(take);
  const all = [...collected.values()].filter(([, e]) => !Q.isZero(e));
  const [rows, columns] = [
    factors.map(([f]) => f.rows).find((d) => d !== one) ?? one,
    factors.map(([f]) => f.columns).find((d) => d !== one) ?? one,
  ];
  // Ones say no more than a shape: beside a full array they say nothing; otherwise one of them has to keep the shape.
  const full = all.some(([f]) => f.rows === rows && f.columns === columns && f.kind !== 'ones');
  const kept = sortedPowers(
    full
      ? all.filter(([f]) => f.kind !== 'ones')
      : all.filter(([f], n) => f.kind !== 'ones' || all.findIndex(([g]) => g.kind === 'ones') === n),
  );
  if (kept.length === 0)
    return scaled(coefficient, scalars, isScalar({ rows, columns } as Form) ? undefined : ones(rows, columns));
  if (kept.length === 1 && Q.isOne(kept[0]![1])) return scaled(coefficient, scalars, kept[0]![0]);
  const within = withinTriangle(kept);
  if (within) return scaled(coefficient, scalars, within);
  const made = intern<Entrywise>(`e${exponents(kept)}`, bases(kept), () => ({
    kind: 'entrywise',
    factors: kept,
    rows,
    columns,
    rank: least(bases(kept)),
  }));
  return scaled(coefficient, scalars, made);
}

/** coefficient * scalars * of, collected. */
export function scaled(coefficient: Rational, scalars: readonly Power[], of?: Form): Form {
  let c = coefficient;
  let core = of;
  const collected = new Map<number, Power>();
  const take = ([form, e]: Power): void => {
    if (form.kind === 'scaled' && !form.of && Q.isInteger(e)) {
      c = Q.times(c, Q.power(form.coefficient, Number(e.n)));
      form.scalars.forEach(([inner, d]) => take([inner, Q.times(d, e)]));
      return;
    }
    const known = collected.get(form.id);
    collected.set(form.id, [form, known ? Q.plus(known[1], e) : e]);
  };
  scalars.forEach(take);
  while (core?.kind === 'scaled') {
    c = Q.times(c, core.coefficient);
    core.scalars.forEach(take);
    core = core.of;
  }
  if (core && Q.isNegative(c) && isBackwards(core)) {
    c = Q.negated(c);
    core = turnedCross(core);
  }
  // A scalar is a factor in front like the others, so that 2*(x'*y) and (2*x'*y) are one form.
  if (core && isScalar(core)) {
    take([core, Q.one]);
    core = undefined;
  }
  const kept = sortedPowers([...collected.values()].filter(([, e]) => !Q.isZero(e)));
  if (Q.isOne(c) && kept.length === 0 && core) return core;
  if (Q.isOne(c) && !core && kept.length === 1 && Q.isOne(kept[0]![1])) return kept[0]![0];
  return intern<Scaled>(`s${Q.toText(c)}|${exponents(kept)}`, [...bases(kept), ...(core ? [core] : [])], () => ({
    kind: 'scaled',
    coefficient: c,
    scalars: kept,
    of: core,
    rows: core?.rows ?? one,
    columns: core?.columns ?? one,
    rank: Math.min(core?.rank ?? last, least(bases(kept))),
  }));
}
export const numberForm = (value: Rational): Form => scaled(value, [], undefined);

/**
 * A sum of the given shape; nested sums are taken apart, equal terms collected. A sum of another shape stays whole: it is
 * broadcast, and taken apart it would no longer say which of its terms make up the row or column that is repeated.
 */
export function sumForm(terms: readonly (readonly [Rational, Form])[], rows: Dim, columns: Dim, written = false): Form {
  const collected = new Map<number, { c: Rational; form: Form }>();
  const take = (c: Rational, form: Form): void => {
    if (form.kind === 'sum' && form.rows === rows && form.columns === columns)
      form.terms.forEach(([d, t]) => take(Q.times(c, d), t));
    else if (form.kind === 'scaled' && !Q.isOne(form.coefficient))
      take(Q.times(c, form.coefficient), scaled(Q.one, form.scalars, form.of));
    else {
      const known = collected.get(form.id);
      collected.set(form.id, { c: known ? Q.plus(known.c, c) : c, form });
    }
  };
  terms.forEach(([c, t]) => take(c, t));
  const kept = [...collected.values()].filter(({ c }) => !Q.isZero(c)).map(({ c, form }) => [c, form] as const);
  if (kept.length === 0)
    return scaled(Q.zero, [], isScalar({ rows, columns } as Form) ? undefined : ones(rows, columns));
  const [only] = kept;
  if (kept.length === 1 && only && only[1].rows === rows && only[1].columns === columns)
    return scaled(only[0], [], only[1]);
  const ordered = written ? kept : kept.toSorted(([, a], [, b]) => inOrder(a, b));
  const label = `+${written ? 'w' : ''}${ordered.map(([c]) => Q.toText(c)).join()}|${shapeKey({ rows, columns })}`;
  const forms = ordered.map(([, f]) => f);
  return intern<Total>(label, forms, () => ({
    kind: 'sum',
    terms: ordered,
    written,
    rows,
    columns,
    rank: least(forms),
  }));
}

/** The forms that a form is made of. */
export function partsOf(form: Form): readonly Form[] {
  switch (form.kind) {
    case 'chain':
      return form.factors;
    case 'entrywise':
      return bases(form.factors);
    case 'sum':
      return form.terms.map(([, t]) => t);
    case 'scaled':
      return [...bases(form.scalars), ...(form.of ? [form.of] : [])];
    case 'diagonal':
    case 'transposed':
      return [form.of];
    case 'function':
      return form.args;
    case 'literal':
      return form.entries.flat();
    case 'leaf':
    case 'identity':
    case 'ones':
      return [];
  }
}

/** The same value with its missing rows or columns written as ones. */
export function filled(form: Form, rows: Dim, columns: Dim): Form {
  if (isScalar(form) && !(rows === one && columns === one)) return scaled(Q.one, [[form, Q.one]], ones(rows, columns));
  const tall = form.rows === one && rows !== one ? chain([ones(rows, one), form]) : form;
  return tall.columns === one && columns !== one ? chain([tall, ones(one, columns)]) : tall;
}
