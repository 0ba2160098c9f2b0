/** Axes laid behind each other, as kron and vec make them: kron(A, B), kron(x, eye(n)), vec(X), commutation(m, n). */
import * as Q from '../basics/rational.ts';
import { type Dim, dimProduct, one as unit } from '../shape/dim.ts';
import type { Shape } from '../shape/shape.ts';
import {
  delta,
  dependsOn,
  negate,
  partsOf,
  product,
  rename,
  same,
  scale,
  sum,
  summandsOf,
  times,
} from '../terms/construct.ts';
import { align, bind } from '../elaborate/values.ts';
import type { Bound, Factor, Summand, Term } from '../terms/node.ts';
import { chain, diagonal, filled, type Form, identity, isScalar, ones, scaled, sumForm } from './algebra.ts';
import { collect, type Piece } from './collect.ts';
import { cheapest, formOrNone, noForm, oriented, type Reader } from './reader.ts';
import { turnedSums } from './products.ts';
import { commutationForm, kronForm } from './stacks.ts';

/** The indices that an axis is made of, major first. */
type Digits = readonly Bound[];
const dimOf = (digits: Digits): Dim => digits.reduce((d, b) => dimProduct(d, b.dim), unit);

export function laidOut(t: Term, shape: Shape, axes: readonly Digits[], reader: Reader): Form {
  const [first, second] = axes;
  const rows = shape.kind === 'row' ? [] : (first ?? []);
  const columns = shape.kind === 'row' ? (first ?? []) : (second ?? []);
  const pieces = (['rows', 'columns'] as const).map((side) => () => inPieces(t, rows, columns, side, reader));
  const whole = (): Form => asOneIndex(t, rows, columns, reader);
  const isVector = rows.length === 0 || columns.length === 0;
  return shortest(isVector ? [whole, ...pieces] : pieces, reader) ?? whole();
}
/** Of those that can be read. */
function shortest(ways: readonly (() => Form)[], { costOf }: Reader): Form | undefined {
  const forms = ways.flatMap((way) => formOrNone(way) ?? []);
  return forms.length === 0 ? undefined : cheapest(forms, costOf);
}

/** Each axis over one index: whatever was laid out is vec of something, or was one array to begin with. */
function asOneIndex(t: Term, rows: Digits, columns: Digits, reader: Reader): Form {
  let term = t;
  const [row, column] = [rows, columns].map((digits) => {
    if (digits.length < 2) return digits[0];
    const whole = bind(dimOf(digits));
    term = align(term, digits, [whole]);
    return whole;
  });
  const form = oriented(term, row?.index, column?.index, reader);
  return filled(form, dimOf(rows), dimOf(columns));
}

/** On which side of a Kronecker product a permutation stands. */
type Side = 'rows' | 'columns';

function inPieces(t: Term, rows: Digits, columns: Digits, side: Side, reader: Reader): Form {
  const pieces = summandsOf(t).map(([coefficient, summand]): Piece => {
    // A minus goes into its term first, where a sum may take it in.
    const whole = scale(coefficient, summand);
    const { s, above, beside } = takenApart(whole, rows, columns);
    // Of equally long ones the first: permutations only where nothing else says it.
    const others = [
      () => asOneIndex(whole, rows, columns, reader),
      () => inPieces(multipliedOut(whole), rows, columns, side, reader),
      () => permuted(s, above, beside, side, reader),
    ];
    const form = formOrNone(() => kronecker(s, above, beside, reader)) ?? shortest(others, reader);
    if (!form) return noForm('crossed axes');
    return form.kind === 'scaled' && form.of
      ? { coefficient: form.coefficient, form: scaled(Q.one, form.scalars, form.of) }
      : { coefficient: Q.one, form };
  });
  return collect(joinedKrons(besides(pieces, side), reader), dimOf(rows), dimOf(columns), reader.writer);
}
/** With the parts of a digit in its place, where a pairing says that it has parts. */
function takenApart(
  t: Term,
  rows: Digits,
  columns: Digits,
): { readonly s: Term; readonly above: Digits; readonly beside: Digits } {
  for (const side of [rows, columns])
    for (const digit of side) {
      const pairing = pairingIn(t, digit);
      if (!pairing) continue;
      const parts = pairing.node.slots.slice(1).map(bind);
      const apart = (digits: Digits): Digits => digits.flatMap((b) => (b === digit ? parts : [b]));
      return takenApart(align(t, [digit], parts), apart(rows), apart(columns));
    }
  return { s: t, above: rows, beside: columns };
}
function pairingIn(t: Term, whole: Bound): Term | undefined {
  if (t.node.kind === 'pairing') return t.at[0] === whole.index ? t : undefined;
  if (t.node.kind !== 'product') return undefined;
  for (const [factor] of partsOf(t).factors) {
    const found = pairingIn(factor, whole);
    if (found) return found;
  }
  return undefined;
}
/** det(X)*(A - B) by its summands, which may read in different ways. */
function multipliedOut(t: Term): Term {
  const { coefficient, factors, bound } = partsOf(t);
  const chosen = factors.find(([base, e]) => base.node.kind === 'sum' && base.at.length > 0 && Q.isOne(e));
  if (!chosen) return noForm('crossed axes');
  const others = factors.filter((factor) => factor !== chosen);
  return sum(
    summandsOf(chosen[0]).map(([c, s]): Summand => [
      Q.times(c, coefficient),
      product(Q.one, [...others, [s, Q.one]], bound),
    ]),
  );
}

/** F + K*F is (I + K)*F, as the books have it. */
function besides(pieces: readonly Piece[], side: Side): readonly Piece[] {
  const groups = new Map<Form, { readonly permutation: Form; readonly piece: Piece }[]>();
  for (const piece of pieces) {
    const { permutation, rest } = permutationIn(piece.form, side);
    groups.set(rest, [...(groups.get(rest) ?? []), { permutation, piece }]);
  }
  return [...groups].flatMap(([rest, members]): readonly Piece[] => {
    if (members.length < 2) return members.map(({ piece }) => piece);
    const permutations = sumForm(
      members.map(({ permutation, piece }) => [piece.coefficient, permutation] as const),
      members[0]!.permutation.rows,
      members[0]!.permutation.columns,
    );
    const common = permutations.kind === 'sum' ? Q.content(permutations.terms.map(([c]) => c)) : Q.one;
    const inner = sumForm([[Q.over(Q.one, common), permutations]], permutations.rows, permutations.columns);
    return [{ coefficient: common, form: chain(side === 'rows' ? [inner, rest] : [rest, inner]) }];
  });
}
/** kron(A, B) + kron(A, C) is kron(A, B + C). */
function joinedKrons(pieces: readonly Piece[], reader: Reader): readonly Piece[] {
  for (const [n, a] of pieces.entries())
    for (const b of pieces.slice(n + 1)) {
      const [left, right] = [kronIn(a), kronIn(b)];
      const shared = left && right ? [0, 1].find((k) => left[k] === right[k]) : undefined;
      if (!left || !right || shared === undefined) continue;
      const own = left[1 - shared]!;
      const parts = [left, right].map((args, k): Piece => ({
        coefficient: [a, b][k]!.coefficient,
        form: args[1 - shared]!,
      }));
      const inner = collect(parts, own.rows, own.columns, reader.writer);
      const form = shared === 0 ? kronForm(left[0]!, inner) : kronForm(inner, left[1]!);
      const others = pieces.filter((piece) => piece !== a && piece !== b);
      return joinedKrons([{ coefficient: Q.one, form }, ...others], reader);
    }
  return pieces;
}
const kronIn = ({ form }: Piece): readonly Form[] | undefined =>
  form.kind === 'function' && form.name === 'kron' ? form.args : undefined;

/** On one side of a form; where there is none, the identity. */
function permutationIn(form: Form, side: Side): { readonly permutation: Form; readonly rest: Form } {
  const links = form.kind === 'chain' ? form.factors : [form];
  const link = side === 'rows' ? links[0]! : links.at(-1)!;
  if (links.length > 1 && isPermutation(link))
    return { permutation: link, rest: chain(side === 'rows' ? links.slice(1) : links.slice(0, -1)) };
  return { permutation: identity(side === 'rows' ? form.rows : form.columns), rest: form };
}
const isPermutation = (form: Form): boolean =>
  form.kind === 'identity' ||
  (form.kind === 'function' &&
    (form.name === 'commutation' || (form.name === 'kron' && form.args.every(isPermutation))));

/** As a Kronecker product with two neighbouring digits exchanged. */
function permuted(t: Term, rows: Digits, columns: Digits, side: Side, reader: Reader): Form {
  const digits = side === 'rows' ? rows : columns;
  const ways = digits.slice(1).flatMap((second, n): readonly Form[] => {
    const first = digits[n]!;
    const turned = digits.with(n, second).with(n + 1, first);
    const [above, beside] = side === 'rows' ? [turned, columns] : [rows, turned];
    // A part over both sides would be read as a matrix whose rows are out of order.
    const isWhole = (part: Part): boolean =>
      part.rows.length + part.columns.length > 2 && part.rows.length * part.columns.length > 0;
    if (partsIn(t, above, beside, reader).parts.some(isWhole)) return [];
    const form = formOrNone(() => kronecker(t, above, beside, reader));
    if (!form) return [];
    const exchange = side === 'rows' ? commutationForm(first.dim, second.dim) : commutationForm(second.dim, first.dim);
    const whole = amid(digits.slice(0, n), exchange, digits.slice(n + 2));
    return [side === 'rows' ? chain([whole, form]) : chain([form, whole])];
  });
  return ways.length === 0 ? noForm('crossed axes') : cheapest(ways, reader.costOf);
}
const amid = (before: Digits, form: Form, after: Digits): Form =>
  [before, after].every(({ length }) => length === 0)
    ? form
    : [
        ...(before.length > 0 ? [identity(dimOf(before))] : []),
        form,
        ...(after.length > 0 ? [identity(dimOf(after))] : []),
      ].reduceRight((right, left) => kronForm(left, right));

// ---- Kronecker products

/** The digits that one factor of a Kronecker product stands over, and what speaks of them. */
interface Part {
  readonly rows: Digits;
  readonly columns: Digits;
  readonly term: Term;
}

/** The digits of both sides fall into parts that stand in the same order on both. */
function kronecker(t: Term, rows: Digits, columns: Digits, reader: Reader): Form {
  const { coefficient, parts, scalar } = partsIn(t, rows, columns, reader);
  const ordered = (side: Digits, digitsOf: (part: Part) => Digits): readonly Part[] => {
    const own = parts.filter((part) => digitsOf(part).length > 0);
    const start = (part: Part): number => side.indexOf(digitsOf(part)[0]!);
    const isApart = own.some((part) => digitsOf(part).some((b, n) => side.indexOf(b) !== start(part) + n));
    return isApart ? noForm('crossed axes') : own.toSorted((a, b) => start(a) - start(b));
  };
  const [tall, wide] = [ordered(rows, (part) => part.rows), ordered(columns, (part) => part.columns)];
  const anchors = tall.filter((part) => wide.includes(part));
  if (wide.filter((part) => tall.includes(part)).some((part, n) => part !== anchors[n])) return noForm('crossed axes');
  const [above, beside] = [between(anchors, tall), between(anchors, wide)];
  const forms = [...anchors, undefined].flatMap((anchor, n) => [
    ...sideBySide(above[n]!, beside[n]!, reader),
    ...(anchor ? [formOfPart(anchor, reader)] : []),
  ]);
  return scaled(
    coefficient,
    [[oriented(scalar, undefined, undefined, reader), Q.one]],
    forms.reduce((left, right) => kronForm(left, right)),
  );
}

/** What stands in front of the first of these, between two of them, and behind the last. */
function between(anchors: readonly Part[], side: readonly Part[]): readonly (readonly Part[])[] {
  const gaps: Part[][] = [[]];
  for (const part of side)
    if (anchors.includes(part)) gaps.push([]);
    else gaps.at(-1)!.push(part);
  return gaps;
}

/** Columns with rows make outer products, from the last ones on: kron(x, y)*z' is kron(x, y*z'). */
function sideBySide(above: readonly Part[], beside: readonly Part[], reader: Reader): readonly Form[] {
  const pairs = Math.min(above.length, beside.length);
  const [tall, wide] = [above.slice(above.length - pairs), beside.slice(beside.length - pairs)];
  const alone = [...above.slice(0, above.length - pairs), ...beside.slice(0, beside.length - pairs)];
  const outer = tall.map((part, n): Form => {
    const other = wide[n]!;
    return part.rows.length > 1 || other.columns.length > 1
      ? chain([formOfPart(part, reader), formOfPart(other, reader)])
      : formOfPart({ rows: part.rows, columns: other.columns, term: times(part.term, other.term) }, reader);
  });
  return [...alone.map((part) => formOfPart(part, reader)), ...outer];
}

/** A factor that speaks of several digits ties them together, and so do sums over what it shares with others. */
function partsIn(
  t: Term,
  rows: Digits,
  columns: Digits,
  reader: Reader,
): { readonly coefficient: Q.Rational; readonly parts: readonly Part[]; readonly scalar: Term } {
  const given = partsOf(t);
  const { sign, turned } = turnedSums(given.coefficient, given.factors, reader);
  const factors = given.factors.map((f): Factor => (turned.has(f) ? [negate(f[0]), f[1]] : f));
  const { bound } = given;
  const none: readonly Connected[] = [];
  let parts = [...rows, ...columns].map((b) => ({ digits: [b], groups: none }));
  let scalars = none;
  for (const group of connected(factors, bound)) {
    const speaksOf = ({ digits }: (typeof parts)[number]): boolean =>
      digits.some(({ index }) => group.factors.some(([f]) => dependsOn(f, index)));
    const tied = parts.filter(speaksOf);
    if (tied.length === 0) scalars = [...scalars, group];
    else {
      const merged = { digits: tied.flatMap((p) => p.digits), groups: [...tied.flatMap((p) => p.groups), group] };
      parts = [...parts.filter((p) => !tied.includes(p)), merged];
    }
  }
  const termOf = (groups: readonly Connected[]): Term =>
    product(
      Q.one,
      groups.flatMap((group) => group.factors),
      groups.flatMap((group) => group.bound),
    );
  return {
    coefficient: sign,
    scalar: termOf(scalars),
    parts: parts.map(({ digits, groups }) => ({
      rows: rows.filter((b) => digits.includes(b)),
      columns: columns.filter((b) => digits.includes(b)),
      term: termOf(groups),
    })),
  };
}

interface Connected {
  readonly factors: readonly Factor[];
  readonly bound: readonly Bound[];
}
/** Factors that share an index which is summed over belong together. */
function connected(factors: readonly Factor[], bound: readonly Bound[]): readonly Connected[] {
  let groups: readonly Connected[] = factors.map((f) => ({ factors: [f], bound: [] }));
  for (const b of bound) {
    const isTouched = (group: Connected): boolean => group.factors.some(([{ at }]) => at.includes(b.index));
    const joined = groups.filter(isTouched);
    groups = [
      ...groups.filter((group) => !isTouched(group)),
      { factors: joined.flatMap((g) => g.factors), bound: [b, ...joined.flatMap((g) => g.bound)] },
    ];
  }
  return groups;
}

function formOfPart({ rows, columns, term }: Part, reader: Reader): Form {
  if (rows.length > 1 || columns.length > 1)
    return diagonalOver(term, rows, columns, reader) ?? asOneIndex(term, rows, columns, reader);
  const [row, column] = [rows[0], columns[0]];
  const value = oriented(term, row?.index, column?.index, reader);
  const [r, c] = [row?.dim ?? unit, column?.dim ?? unit];
  if (isScalar(value)) return scaled(Q.one, [[value, Q.one]], ones(r, c));
  if (value.rows !== r) return chain([ones(r, unit), value]);
  return value.columns === c ? value : chain([value, ones(unit, c)]);
}

/** diag(vec(A)): all digits of the rows are equal to those of the columns. */
function diagonalOver(t: Term, rows: Digits, columns: Digits, reader: Reader): Form | undefined {
  if (rows.length !== columns.length || rows.some(({ dim }, n) => dim !== columns[n]!.dim)) return undefined;
  const deltas = rows.map(({ index, dim }, n) => delta(index, columns[n]!.index, dim));
  if (!same(times(t, ...deltas), t)) return undefined;
  const one = rename(t, new Map(columns.map(({ index }, n) => [index, rows[n]!.index])));
  return diagonal(asOneIndex(one, rows, [], reader));
}
