/** A sum as a reader would factor it: numbers, scalars, then the heads and tails of products, as long as that is shorter. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Dim, one as unit } from '../shape/dim.ts';
import { chain, entrywise, type Form, identity, isScalar, ones, type Power, scaled, sumForm } from './algebra.ts';
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
  const candidates = [
    withCommonScalars(total, rows, columns, writer),
    factorChains(total, rows, columns, writer),
    total,
  ];
  return candidates.reduce((best, form) => (writer.costOf(form) < writer.costOf(best) ? form : best));
}

interface Split {
  readonly coefficient: Rational;
  readonly scalars: readonly Power[];
  readonly core: Form | undefined;
}
const split = ([coefficient, form]: readonly [Rational, Form]): Split => {
  if (form.kind === 'scaled')
    return { coefficient: Q.times(coefficient, form.coefficient), scalars: form.scalars, core: form.of };
  return isScalar(form)
    ? { coefficient, scalars: [[form, Q.one]], core: undefined }
    : { coefficient, scalars: [], core: form };
};

/** Numbers and scalars that all terms share. */
function withCommonScalars(total: Form & { readonly kind: 'sum' }, rows: Dim, columns: Dim, writer: Writer): Form {
  const splits = total.terms.map(split);
  const content = Q.content(splits.map(({ coefficient }) => coefficient));
  const negative = splits.every(({ coefficient }) => Q.isNegative(coefficient));
  const outside = negative ? Q.negated(content) : content;
  const common = splits[0]!.scalars.flatMap(([s, e]): Power[] => {
    let shared = e;
    for (const other of splits.slice(1)) {
      const found = other.scalars.find(([t]) => t === s);
      if (!found || Q.isNegative(found[1]) !== Q.isNegative(e)) return [];
      if (Q.compare(Q.absolute(found[1]), Q.absolute(shared)) < 0) [, shared] = found;
    }
    return [[s, shared]];
  });
  if (Q.isOne(outside) && common.length === 0) return total;
  const divided = splits.map(
    ({ coefficient, scalars, core }) =>
      [
        Q.over(coefficient, outside),
        scaled(Q.one, [...scalars, ...common.map(([s, e]): Power => [s, Q.negated(e)])], core),
      ] as const,
  );
  // A term that turned into a plain number beside matrices is fine only where it may be broadcast.
  const inner = sumForm(divided, rows, columns, total.written);
  const factoredInner = inner.kind === 'sum' ? factorChains(inner, rows, columns, writer) : inner;
  const best = writer.costOf(factoredInner) < writer.costOf(inner) ? factoredInner : inner;
  return isScalar(best) ? scaled(outside, [...common, [best, Q.one]]) : scaled(outside, common, best);
}

/** A'*x + B'*x is (A + B)'*x; a group of terms is factored where that is shorter. */
function factorChains(total: Form & { readonly kind: 'sum' }, rows: Dim, columns: Dim, writer: Writer): Form {
  if (isScalar(total)) return factorScalars(total, writer);
  let current: Form = total;
  for (let round = 0; round < 6; round++) {
    if (current.kind !== 'sum') break;
    const options = [
      ...grouped(current, rows, columns, 'head', writer),
      ...grouped(current, rows, columns, 'tail', writer),
      ...groupedEntrywise(current, rows, columns),
    ];
    const best = options.reduce<Form>((a, b) => (writer.costOf(b) < writer.costOf(a) ? b : a), current);
    if (best === current) break;
    current = best;
  }
  return current;
}

/** a*b + a*c among scalars. */
function factorScalars(total: Form & { readonly kind: 'sum' }, writer: Writer): Form {
  const splits = total.terms.map(split);
  const bases = new Map<Form, number>();
  for (const { scalars } of splits) for (const [s] of scalars) bases.set(s, (bases.get(s) ?? 0) + 1);
  let best: Form = total;
  for (const [base, count] of bases) {
    if (count < 2) continue;
    const having = splits.filter(({ scalars }) =>
      scalars.some(([s, e]) => s === base && Q.isInteger(e) && Q.isPositive(e)),
    );
    if (having.length < 2) continue;
    const inner = sumForm(
      having.map(
        ({ coefficient, scalars, core }) =>
          [coefficient, scaled(Q.one, [...scalars, [base, Q.minusOne]], core)] as const,
      ),
      unit,
      unit,
    );
    const rest = splits
      .filter((s) => !having.includes(s))
      .map(({ coefficient, scalars, core }) => [coefficient, scaled(Q.one, scalars, core)] as const);
    const option = sumForm(
      [
        [
          Q.one,
          scaled(Q.one, [
            [base, Q.one],
            [inner, Q.one],
          ]),
        ],
        ...rest,
      ],
      unit,
      unit,
    );
    if (writer.costOf(option) < writer.costOf(best)) best = option;
  }
  return best;
}

type Side = 'head' | 'tail';
const links = (core: Form): readonly Form[] => (core.kind === 'chain' ? core.factors : [core]);

function grouped(
  total: Form & { readonly kind: 'sum' },
  rows: Dim,
  columns: Dim,
  side: Side,
  writer: Writer,
): readonly Form[] {
  const splits = total.terms.map(split);
  const groups = new Map<Form, Split[]>();
  for (const s of splits) {
    if (!s.core || s.core.rows !== rows || s.core.columns !== columns) continue;
    const chainLinks = links(s.core);
    const key = side === 'head' ? chainLinks[0]! : chainLinks.at(-1)!;
    if (key.kind === 'identity' || key.kind === 'ones') continue;
    groups.set(key, [...(groups.get(key) ?? []), s]);
  }
  return [...groups]
    .filter(([, members]) => members.length > 1)
    .map(([key, members]) => {
      const [innerRows, innerColumns] = side === 'head' ? [key.columns, columns] : [rows, key.rows];
      const inner = sumForm(
        members.map(({ coefficient, scalars, core }) => {
          const others = side === 'head' ? links(core!).slice(1) : links(core!).slice(0, -1);
          const rest =
            others.length > 0
              ? chain(others)
              : innerRows === innerColumns
                ? identity(innerRows)
                : ones(innerRows, innerColumns);
          return [
            coefficient,
            innerRows === unit && innerColumns === unit
              ? scaled(Q.one, [...scalars, ...(others.length > 0 ? [[rest, Q.one] as Power] : [])])
              : scaled(Q.one, scalars, rest),
          ] as const;
        }),
        innerRows,
        innerColumns,
      );
      const again = pulled(inner.kind === 'sum' ? factorChains(inner, innerRows, innerColumns, writer) : inner);
      const made = side === 'head' ? chain([key, again]) : chain([again, key]);
      return sumForm(
        [
          [Q.one, made],
          ...splits
            .filter((s) => !members.includes(s))
            .map(({ coefficient, scalars, core }) => [coefficient, scaled(Q.one, scalars, core)] as const),
        ],
        rows,
        columns,
      );
    });
}
/** 2*A + 2*B is 2*(A + B) before it is multiplied on. */
function pulled(inner: Form): Form {
  if (inner.kind !== 'sum') return inner;
  const content = Q.content(inner.terms.map(([c]) => c));
  const outside = inner.terms.every(([c]) => Q.isNegative(c)) ? Q.negated(content) : content;
  if (Q.isOne(outside)) return inner;
  return scaled(
    outside,
    [],
    sumForm(
      inner.terms.map(([c, t]) => [Q.over(c, outside), t] as const),
      inner.rows,
      inner.columns,
      inner.written,
    ),
  );
}

const factorsOf = (core: Form): readonly Power[] => (core.kind === 'entrywise' ? core.factors : [[core, Q.one]]);

/** u .* x + u .* y is u .* (x + y). */
function groupedEntrywise(total: Form & { readonly kind: 'sum' }, rows: Dim, columns: Dim): readonly Form[] {
  const splits = total.terms.map(split);
  const groups = new Map<Form, Split[]>();
  for (const s of splits) {
    if (!s.core || s.core.rows !== rows || s.core.columns !== columns) continue;
    for (const [f, e] of factorsOf(s.core))
      if (f.kind !== 'ones' && Q.isInteger(e) && Q.isPositive(e)) groups.set(f, [...(groups.get(f) ?? []), s]);
  }
  return [...groups]
    .filter(([, members]) => members.length > 1 && members.some(({ core }) => core!.kind === 'entrywise'))
    .map(([key, members]) => {
      const inner = sumForm(
        members.map(({ coefficient, scalars, core }) => {
          const rest = entrywise([...factorsOf(core!), [key, Q.minusOne], [ones(rows, columns), Q.one]]);
          return [coefficient, scaled(Q.one, scalars, rest.kind === 'ones' ? undefined : rest)] as const;
        }),
        rows,
        columns,
      );
      const made = entrywise([
        [key, Q.one],
        [pulled(inner), Q.one],
      ]);
      return sumForm(
        [
          [Q.one, made],
          ...splits
            .filter((s) => !members.includes(s))
            .map(({ coefficient, scalars, core }) => [coefficient, scaled(Q.one, scalars, core)] as const),
        ],
        rows,
        columns,
      );
    });
}
