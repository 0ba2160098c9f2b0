/**
 * Identities between expressions: which one applies to a node, and what does the node become?
 *
 * Products of matrices are seen as their factors in a row, with the scalars among them set apart: -A/2 is the scalar
 * -1*(1/2) and the matrix A. So one pattern, inv(A*B), fits a product of any length, A its first factors and B the rest.
 * All this happens before a product becomes a contraction, where inverses, determinants and blocks can no longer be told apart.
 */
import * as Q from '../basics/rational.ts';
import { toText } from '../print/text.ts';
import { type Dim, sizeExpression } from '../shape/dim.ts';
import { extent, type Shape } from '../shape/shape.ts';
import { binary, integer, negationOf, sumOf, transposeOf } from '../syntax/build.ts';
import { integerIn, withParts } from '../syntax/parts.ts';
import type { Expression, SignedTerm } from '../syntax/tree.ts';
import type { Telling } from './rule.ts';

/** What a letter of a pattern stands for: an array over sizes that are letters too ([] a scalar), or an integer from 1 on. */
export type Letter = { readonly kind: 'array'; readonly sizes: readonly string[] } | { readonly kind: 'integer' };

export interface Identity extends Telling {
  readonly letters: ReadonlyMap<string, Letter>;
  readonly from: Expression;
  readonly to: Expression;
  readonly where: readonly { readonly of: string; readonly needs: string }[];
}
/** Found by what stands at the top of a node; read when first asked for. */
export type Identities = (head: string) => readonly Identity[];

/** What the matcher asks about the program. */
export interface Setting {
  readonly shapeOf: (e: Expression) => Shape;
  /** Does the program give this name a value, so that I is not the identity matrix? */
  readonly isTaken: (name: string) => boolean;
  readonly holds: (needs: string, of: Expression) => boolean;
}

/** One application: which identity turned what into what. */
export interface Restatement {
  readonly rule: Identity;
  readonly before: Expression;
  readonly after: Expression;
}

export const headOf = (e: Expression): string =>
  e.kind === 'call' ? e.name : e.kind === 'binary' ? e.operator : e.kind;

/** The first identity that applies at the top of an expression, applied. */
export function restated(e: Expression, identities: Identities, setting: Setting): Restatement | undefined {
  for (const identity of identities(headOf(e))) {
    const after = applyIdentity(identity, e, setting);
    if (after) return { rule: identity, before: e, after };
  }
  return undefined;
}

export function applyIdentity(identity: Identity, e: Expression, setting: Setting): Expression | undefined {
  const place: Place = { identity, setting };
  let result: Expression | undefined;
  match(identity.from, e, place, noBindings, (b) => {
    if (!identity.where.every(({ of, needs }) => setting.holds(needs, b.letters.get(of)!))) return false;
    result = instantiated(identity, b);
    return true;
  });
  return result;
}

// ---- what the letters stand for

interface Bindings {
  readonly letters: ReadonlyMap<string, Expression>;
  readonly sizes: ReadonlyMap<string, Dim>;
}
const noBindings: Bindings = { letters: new Map(), sizes: new Map() };
type Continue = (b: Bindings) => boolean;

interface Place {
  readonly identity: Identity;
  readonly setting: Setting;
}

const sameText = (a: Expression, b: Expression): boolean => a === b || toText(a) === toText(b);

function bindLetter(
  name: string,
  sizes: readonly string[],
  e: Expression,
  place: Place,
  b: Bindings,
): Bindings | undefined {
  const shape = place.setting.shapeOf(e);
  const dims = dimsFor(sizes, shape);
  if (!dims) return undefined;
  const known = b.letters.get(name);
  if (known) return sameText(known, e) ? b : undefined;
  const bound = new Map(b.sizes);
  for (const [n, size] of sizes.entries()) {
    const dim = dims[n]!;
    if ((bound.get(size) ?? dim) !== dim) return undefined;
    bound.set(size, dim);
  }
  return { letters: new Map(b.letters).set(name, e), sizes: bound };
}
/** A column for R^n, anything but a scalar for R^(m x n). */
function dimsFor({ length }: readonly string[], shape: Shape): readonly Dim[] | undefined {
  if (length === 0) return shape.kind === 'scalar' ? [] : undefined;
  if (length === 1) return shape.kind === 'column' ? [shape.size] : undefined;
  return shape.kind === 'scalar' ? undefined : extent(shape);
}

/** A size is written by its name, which the language gives to nothing else. */
function instantiated({ to }: Identity, { letters, sizes }: Bindings): Expression {
  const put = (e: Expression): Expression => {
    if (e.kind !== 'name') return withParts(e, put);
    const dim = sizes.get(e.name);
    return letters.get(e.name) ?? (dim ? sizeExpression(dim) : e);
  };
  return put(to);
}

// ---- matching

function match(p: Expression, e: Expression, place: Place, b: Bindings, then: Continue): boolean {
  switch (p.kind) {
    case 'name':
      return matchName(p.name, e, place, b, then);
    case 'number':
      return isNumber(e, p.value) && then(b);
    case 'call':
      if (p.name === 'eye') return matchIdentity(p.arguments[0]!, e, place, b, then);
      return e.kind === 'call' && e.name === p.name && !e.dim && matchAll(p.arguments, e.arguments, place, b, then);
    case 'transpose':
      return e.kind === 'transpose' && match(p.of, e.of, place, b, then);
    case 'negation':
      return e.kind === 'negation' && match(p.of, e.of, place, b, then);
    case 'binary':
      if (p.operator === '*') return matchProduct(p, e, place, b, then);
      return (
        e.kind === 'binary' &&
        e.operator === p.operator &&
        matchAll([p.left, p.right], [e.left, e.right], place, b, then)
      );
    case 'sum':
      return matchSum(p.terms, e, place, b, then);
    case 'matrix':
      return (
        e.kind === 'matrix' &&
        e.rows.length === p.rows.length &&
        p.rows.every((row, r) => row.length === e.rows[r]!.length) &&
        matchAll(p.rows.flat(), e.rows.flat(), place, b, then)
      );
    default:
      return false;
  }
}
function matchAll(
  ps: readonly Expression[],
  es: readonly Expression[],
  place: Place,
  b: Bindings,
  then: Continue,
): boolean {
  const [p, ...laterP] = ps;
  const [e, ...laterE] = es;
  if (!p || !e) return !p && !e && then(b);
  return match(p, e, place, b, (bound) => matchAll(laterP, laterE, place, bound, then));
}

function matchName(name: string, e: Expression, place: Place, b: Bindings, then: Continue): boolean {
  const letter = place.identity.letters.get(name);
  if (!letter) return name === 'I' && isIdentity(e, place) && then(b);
  if (letter.kind === 'integer') {
    const value = integerIn(e);
    const known = b.letters.get(name);
    if (value === undefined || value < 1 || (known && !sameText(known, e))) return false;
    return then({ ...b, letters: new Map(b.letters).set(name, e) });
  }
  const bound = bindLetter(name, letter.sizes, e, place, b);
  return bound !== undefined && then(bound);
}
/** eye(n), however it is written: n is then its size. */
function matchIdentity(size: Expression, e: Expression, place: Place, b: Bindings, then: Continue): boolean {
  if (size.kind !== 'name' || !isIdentity(e, place)) return false;
  const dim = extent(place.setting.shapeOf(e))![0];
  return (b.sizes.get(size.name) ?? dim) === dim && then({ ...b, sizes: new Map(b.sizes).set(size.name, dim) });
}
const isIdentity = (e: Expression, { setting }: Place): boolean =>
  (e.kind === 'name' && e.name === 'I' && !setting.isTaken('I')) || (e.kind === 'call' && e.name === 'eye');
/** 0 in a pattern is a block of zeros. */
const isNumber = (e: Expression, value: Q.Rational): boolean =>
  (e.kind === 'number' && Q.equal(e.value, value)) || (Q.isZero(value) && e.kind === 'call' && e.name === 'zeros');

// ---- products

interface Factors {
  /** All scalars, and a minus if there is one; absent where there is neither. */
  readonly scalar: Expression | undefined;
  readonly matrices: readonly Expression[];
}
const times = (factors: readonly Expression[]): Expression => factors.reduce((a, b) => binary('*', a, b));

/** The factors in a row, the scalar apart; a quotient by a scalar is a product with its inverse. */
function factorsOf(e: Expression, setting: Pick<Setting, 'shapeOf'>): Factors {
  const [scalars, matrices]: [Expression[], Expression[]] = [[], []];
  let negative = false;
  const stack = [e];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (setting.shapeOf(node).kind === 'scalar') scalars.push(node);
    else if (node.kind === 'negation') {
      negative = !negative;
      stack.push(node.of);
    } else if (node.kind === 'binary' && node.operator === '*') stack.push(node.right, node.left);
    else if (node.kind === 'binary' && node.operator === '/') {
      scalars.push(binary('/', integer(1), node.right));
      stack.push(node.left);
    } else if (node.kind === 'transpose' && isComposed(node.of)) stack.push(transposedOnce(node.of, setting));
    else matrices.push(node);
  }
  const scalar = scalars.length > 0 ? times(scalars) : negative ? integer(1) : undefined;
  return { scalar: scalar && negative ? negationOf(scalar) : scalar, matrices };
}
/** c*A; -A for -1*A. */
const scaled = (scalar: Expression | undefined, e: Expression): Expression => {
  if (!scalar) return e;
  return scalar.kind === 'negation' && sameText(scalar.of, integer(1)) ? negationOf(e) : binary('*', scalar, e);
};
const isComposed = (e: Expression): boolean =>
  e.kind === 'negation' || (e.kind === 'binary' && (e.operator === '*' || e.operator === '/'));
/** (A*B)' as B'*A', one level. */
function transposedOnce(e: Expression, { shapeOf }: Pick<Setting, 'shapeOf'>): Expression {
  const turn = (part: Expression): Expression => (shapeOf(part).kind === 'scalar' ? part : transposeOf(part));
  if (e.kind === 'negation') return negationOf(turn(e.of));
  if (e.kind !== 'binary') return turn(e);
  return e.operator === '*' ? binary('*', turn(e.right), turn(e.left)) : binary('/', turn(e.left), e.right);
}

/** c*A*B against a product: c takes all its scalars; where a pattern has none, they stay with the first factor. */
function matchProduct(p: Expression, e: Expression, place: Place, b: Bindings, then: Continue): boolean {
  const pattern = factorsOf(p, patternSetting(place.identity));
  const { scalar, matrices } = factorsOf(e, place.setting);
  if (matrices.length === 0 || (pattern.scalar && !scalar)) return false;
  if (pattern.scalar)
    return match(pattern.scalar, scalar!, place, b, (bound) =>
      matchSegments(pattern.matrices, matrices, place, bound, then),
    );
  const [first, ...others] = matrices as [Expression, ...Expression[]];
  return matchSegments(pattern.matrices, [scaled(scalar, first), ...others], place, b, then);
}

/** Each factor of the pattern takes one factor or, if it is a letter, several that stand side by side. */
function matchSegments(
  ps: readonly Expression[],
  es: readonly Expression[],
  place: Place,
  b: Bindings,
  then: Continue,
): boolean {
  const [p, ...later] = ps;
  if (!p) return es.length === 0 && then(b);
  const most = isLetter(p, place) ? es.length - later.length : Math.min(1, es.length);
  const least = later.length === 0 ? es.length : 1;
  for (let count = least; count >= 1 && count <= most; count++)
    if (
      matchFactor(p, times(es.slice(0, count)), place, b, (bound) =>
        matchSegments(later, es.slice(count), place, bound, then),
      )
    )
      return true;
  return false;
}
const isLetter = (p: Expression, place: Place): boolean =>
  (p.kind === 'name' && place.identity.letters.has(p.name)) || (p.kind === 'transpose' && isLetter(p.of, place));

/** y' in a pattern fits any row: (A*z)' is one, and so is a row that was declared. */
function matchFactor(p: Expression, e: Expression, place: Place, b: Bindings, then: Continue): boolean {
  const isRow = p.kind === 'transpose' && isLetter(p.of, place) && place.setting.shapeOf(e).kind === 'row';
  return isRow ? match(p.of, transposeOf(e), place, b, then) : match(p, e, place, b, then);
}

/** The letters of a pattern have the shapes that they are declared with. */
const patternSetting = ({ letters }: Identity): Pick<Setting, 'shapeOf'> => ({
  shapeOf: (e) => {
    const letter = e.kind === 'name' ? letters.get(e.name) : undefined;
    return letter?.kind === 'array' && letter.sizes.length === 0 ? { kind: 'scalar' } : { kind: 'tensor', axes: [] };
  },
});

// ---- sums

/** One letter, or I, may take all summands that the other parts of the pattern leave. */
function matchSum(ps: readonly SignedTerm[], e: Expression, place: Place, b: Bindings, then: Continue): boolean {
  if (e.kind !== 'sum') return false;
  const loose = ps.map(({ term }) => term).find((term) => term.kind === 'name' && term.name !== 'I');
  const choose = (waiting: readonly Expression[], rest: readonly SignedTerm[], bound: Bindings): boolean => {
    const [p, ...later] = waiting;
    if (!p) {
      if (!loose) return rest.length === 0 && then(bound);
      return rest.length > 0 && match(loose, sumOf(rest), place, bound, then);
    }
    return rest.some(({ negative, term }, n) =>
      match(p, negative ? negationOf(term) : term, place, bound, (next) =>
        choose(
          later,
          rest.filter((_, k) => k !== n),
          next,
        ),
      ),
    );
  };
  return choose(
    ps.map(({ term }) => term).filter((term) => term !== loose),
    e.terms,
    b,
  );
}
