/** A sum as a reader would factor it: numbers, scalars, then the heads and tails of products, as long as that is cheaper. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Dim, one as unit } from '../shape/dim.ts';
import {
  chain,
  entrywise,
  type Form,
  identity,
  isScalar,
  numberForm,
  ones,
  type Power,
  scaled,
  sumForm,
  type Total,
} from './algebra.ts';
import { cheapest } from './reader.ts';
import type { Writer } from './write.ts';

/** Broadcast pieces are smaller than the whole. */
export interface Piece {
  readonly coefficient: Rational;
  readonly form: Form;
}

export function collect(pieces: readonly Piece[], rows: Dim, columns: Dim, writer: Writer, written = false): Form {
  const total = sumForm(
    pieces.map(({ coefficient, form }) => [coefficient, form] as const),
    rows,
    columns,
    written,
  );
  if (total.kind !== 'sum') return total;
  // Of equally long forms the factored one: (I - u*u'/norm2(u)^2)/norm2(u).
  return cheapest([overCommonScalars(total, writer), factored(total, writer), total], writer.costOf);
}

/** A term as coefficient * scalars * core; a scalar has no core. */
interface Split {
  readonly coefficient: Rational;
  readonly scalars: readonly Power[];
  readonly core: Form | undefined;
}
const splitsOf = (total: Total): readonly Split[] => total.terms.map(([c, form]) => split(c, form));
function split(coefficient: Rational, form: Form): Split {
  if (form.kind === 'scaled')
    return { coefficient: Q.times(coefficient, form.coefficient), scalars: form.scalars, core: form.of };
  return isScalar(form)
    ? { coefficient, scalars: [[form, Q.one]], core: undefined }
    : { coefficient, scalars: [], core: form };
}
const termOf = ({ coefficient, scalars, core }: Split): readonly [Rational, Form] => [
  coefficient,
  scaled(Q.one, scalars, core),
];

// ---- numbers and scalars that all terms share

/** 2*a*A + 2*a*B is 2*a*(A + B). */
function overCommonScalars(total: Total, writer: Writer): Form {
  const splits = splitsOf(total);
  const number = commonNumber(splits.map(({ coefficient }) => coefficient));
  const common = commonScalars(splits);
  if (Q.isOne(number) && common.length === 0) return total;
  const divided = splits.map(({ coefficient, scalars, core }) =>
    termOf({
      coefficient: Q.over(coefficient, number),
      scalars: [...scalars, ...common.map(([s, e]): Power => [s, Q.negated(e)])],
      core,
    }),
  );
  const inner = sumForm(divided, total.rows, total.columns, total.written);
  const best = inner.kind === 'sum' ? cheapest([inner, factored(inner, writer)], writer.costOf) : inner;
  return scaled(
    number,
    [...common, ...(isScalar(best) ? [[best, Q.one] as Power] : [])],
    isScalar(best) ? undefined : best,
  );
}
/** What stands in front: negative where everything is. */
function commonNumber(coefficients: readonly Rational[]): Rational {
  const content = Q.content(coefficients);
  return coefficients.every(Q.isNegative) ? Q.negated(content) : content;
}
function commonScalars([first, ...others]: readonly Split[]): readonly Power[] {
  return first!.scalars.flatMap(([s, e]): readonly Power[] => {
    let shared = e;
    for (const { scalars } of others) {
      const found = scalars.find(([t]) => t === s);
      if (!found || Q.isNegative(found[1]) !== Q.isNegative(e)) return [];
      if (Q.compare(Q.absolute(found[1]), Q.absolute(shared)) < 0) [, shared] = found;
    }
    return [[s, shared]];
  });
}

// ---- what some terms share

/** Ways to take out of some terms what they share, each the whole sum anew. */
type Factoring = (total: Total, writer: Writer) => readonly Form[];

/** One step after the other, as long as each is cheaper. */
function factored(total: Total, writer: Writer): Form {
  const factorings = isScalar(total) ? [byScalar] : [byHead, byTail, byEntries];
  let current: Form = total;
  while (current.kind === 'sum') {
    const sum: Total = current;
    const best = cheapest<Form>([sum, ...factorings.flatMap((factoring) => factoring(sum, writer))], writer.costOf);
    if (best === current) break;
    current = best;
  }
  return current;
}

/** The members of a sum replaced by what they are together. */
const withFactored = (total: Total, members: readonly Split[], made: Form): Form =>
  sumForm(
    [
      [Q.one, made],
      ...splitsOf(total)
        .filter((s) => !members.some((m) => termOf(m)[1] === termOf(s)[1]))
        .map(termOf),
    ],
    total.rows,
    total.columns,
  );

/** Terms by what they share; what a single one has is not shared. */
function sharing(total: Total, keysOf: (s: Split) => readonly Form[]): readonly (readonly [Form, readonly Split[]])[] {
  const groups = new Map<Form, Split[]>();
  for (const s of splitsOf(total)) for (const key of keysOf(s)) groups.set(key, [...(groups.get(key) ?? []), s]);
  return [...groups].filter(([, members]) => members.length > 1);
}
const hasWholeCore = (s: Split, { rows, columns }: Total): s is Split & { readonly core: Form } =>
  s.core !== undefined && s.core.rows === rows && s.core.columns === columns;
const isTakenOut = (e: Rational): boolean => Q.isInteger(e) && Q.isPositive(e);

/** a*b + a*c among scalars; a polynomial in one of them stays one: x^2 + 2*x + 1, not x*(x + 2) + 1. */
const byScalar: Factoring = (total) => {
  const shared = sharing(total, ({ scalars }) => scalars.filter(([, e]) => isTakenOut(e)).map(([s]) => s));
  const exponentOf = (key: Form, { scalars }: Split): string => Q.toText(scalars.find(([s]) => s === key)![1]);
  const alike = shared.flatMap(([key, members]) => {
    if (members.length === total.terms.length) return [[key, members] as const];
    const exponents = [...new Set(members.map((s) => exponentOf(key, s)))];
    const groups = exponents.map((e) => members.filter((s) => exponentOf(key, s) === e));
    return groups.filter(({ length }) => length > 1).map((group) => [key, group] as const);
  });
  return alike.map(([key, members]) => {
    const divided = members.map((s) => termOf({ ...s, scalars: [...s.scalars, [key, Q.minusOne]] }));
    const inner = sumForm(divided, unit, unit);
    return withFactored(
      total,
      members,
      scaled(Q.one, [
        [key, Q.one],
        [inner, Q.one],
      ]),
    );
  });
};

const links = (core: Form): readonly Form[] => (core.kind === 'chain' ? core.factors : [core]);

/** A'*x + A'*y is A'*(x + y). */
const byHead: Factoring = (total, writer) =>
  byLink(total, (l) => l[0]!).map(([key, members]) => {
    const inner = sumOfRests(members, (l) => l.slice(1), key.columns, total.columns, writer);
    return withFactored(total, members, chain([key, inner]));
  });
/** A*x + B*x is (A + B)*x. */
const byTail: Factoring = (total, writer) =>
  byLink(total, (l) => l.at(-1)!).map(([key, members]) => {
    const inner = sumOfRests(members, (l) => l.slice(0, -1), total.rows, key.rows, writer);
    return withFactored(total, members, chain([inner, key]));
  });
const byLink = (total: Total, linkOf: (links: readonly Form[]) => Form): ReturnType<typeof sharing> =>
  sharing(total, (s) => {
    const link = hasWholeCore(s, total) ? linkOf(links(s.core)) : undefined;
    return !link || link.kind === 'identity' || link.kind === 'ones' ? [] : [link];
  });
/** The sum of what is left of chains when a link is taken off; of a chain of one link that is I. */
function sumOfRests(
  members: readonly Split[],
  restOf: (links: readonly Form[]) => readonly Form[],
  rows: Dim,
  columns: Dim,
  writer: Writer,
): Form {
  const nothing = rows === columns ? (rows === unit ? numberForm(Q.one) : identity(rows)) : ones(rows, columns);
  const rests = members.map((s): readonly [Rational, Form] => {
    const others = restOf(links(s.core!));
    const rest = others.length > 0 ? chain(others) : nothing;
    return [
      s.coefficient,
      isScalar(rest) ? scaled(Q.one, [...s.scalars, [rest, Q.one]]) : scaled(Q.one, s.scalars, rest),
    ];
  });
  const inner = sumForm(rests, rows, columns);
  return overNumber(inner.kind === 'sum' ? factored(inner, writer) : inner);
}
/** 2*A + 2*B is 2*(A + B) before it is multiplied on. */
function overNumber(inner: Form): Form {
  if (inner.kind !== 'sum') return inner;
  const number = commonNumber(inner.terms.map(([c]) => c));
  if (Q.isOne(number)) return inner;
  const divided = inner.terms.map(([c, t]) => [Q.over(c, number), t] as const);
  return scaled(number, [], sumForm(divided, inner.rows, inner.columns, inner.written));
}

const factorsOf = (core: Form): readonly Power[] => (core.kind === 'entrywise' ? core.factors : [[core, Q.one]]);

/** u .* x + u .* y is u .* (x + y). */
const byEntries: Factoring = (total) =>
  sharing(total, (s) =>
    hasWholeCore(s, total)
      ? factorsOf(s.core)
          .filter(([f, e]) => f.kind !== 'ones' && isTakenOut(e))
          .map(([f]) => f)
      : [],
  )
    .filter(([, members]) => members.some(({ core }) => core!.kind === 'entrywise'))
    .map(([key, members]) => {
      const { rows, columns } = total;
      const rests = members.map((s): readonly [Rational, Form] => {
        const rest = entrywise([...factorsOf(s.core!), [key, Q.minusOne], [ones(rows, columns), Q.one]]);
        return [s.coefficient, scaled(Q.one, s.scalars, rest.kind === 'ones' ? undefined : rest)];
      });
      const inner = overNumber(sumForm(rests, rows, columns));
      return withFactored(
        total,
        members,
        entrywise([
          [key, Q.one],
          [inner, Q.one],
        ]),
      );
    });
