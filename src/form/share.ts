/** Which repeated parts of an answer deserve a name? “… where s = softmax(A*x + b)”, as long as that reads shorter. */
import { functionNamed, sizesFrom } from '../../rules/functions/index.ts';
import { InvariantError } from '../basics/problem.ts';
import { toText } from '../basics/rational.ts';
import { nameOf } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import { everyPart, namesIn, partsOf as childrenOf, integerIn } from '../syntax/parts.ts';
import type { All, Expression, Indicator, Range } from '../syntax/tree.ts';

export interface NamedPart {
  readonly name: string;
  readonly value: Expression;
}
export interface Shared {
  readonly expressions: readonly Expression[];
  readonly where: readonly NamedPart[];
}

/** A name must save at least this many printed operations and names. */
const leastGain = 3;

/** Several expressions share their names. `taken`: names in use. `local`: index names, which must stay inside. */
export function shareParts(
  expressions: readonly Expression[],
  taken: ReadonlySet<string>,
  local: ReadonlySet<string>,
  growing = false,
): Shared {
  const graph = graphOf(expressions);
  const uses = usesIn(graph, expressions);
  const indices = new Set([...local, ...summedIndices(expressions)]);
  const chosen = new Map<Expression, string>();
  const names = namer(new Set([...taken, ...expressions.flatMap((e) => [...namesIn(e)])]));
  const candidates = [...uses]
    .filter(([e, count]) => count > 1 && isNameable(e) && !mentionsAny(e, indices))
    .filter(([e, count]) => (count - 1) * lengthOf(e) - count - 1 >= (growing ? 1 : leastGain))
    .map(([e]) => e)
    .toSorted((a, b) => lengthOf(a) - lengthOf(b));
  for (const e of candidates) chosen.set(e, names(e));
  if (chosen.size === 0) return { expressions, where: [] };
  const replaced = new Map<Expression, Expression>();
  const rewrite = (e: Expression, top = false): Expression => {
    const own = graph.get(e)!;
    const name = top ? undefined : chosen.get(own);
    if (name) return nameOf(name);
    const known = replaced.get(own);
    if (known) return known;
    const made = mapChildren(own, (child) => rewrite(child));
    replaced.set(own, made);
    return made;
  };
  const where = [...chosen].map(([e, name]): NamedPart => ({ name, value: rewrite(e, true) }));
  return { expressions: expressions.map((e) => rewrite(e, chosen.has(graph.get(e)!))), where };
}

/** How long is it with its repeated parts named? */
export function printedLength(e: Expression, taken: ReadonlySet<string>, local: ReadonlySet<string>): number {
  const { expressions, where } = shareParts([e], taken, local);
  return [...expressions, ...where.map(({ value }) => value)].reduce(
    (total, part) => total + lengthOf(part),
    where.length,
  );
}

/** Equal parts become one object. */
function graphOf(roots: readonly Expression[]): ReadonlyMap<Expression, Expression> {
  const canonical = new Map<Expression, Expression>();
  const byKey = new Map<string, Expression>();
  const ids = new Map<Expression, number>();
  const visit = (e: Expression): Expression => {
    const known = canonical.get(e);
    if (known) return known;
    const made = mapChildren(e, visit);
    const key = keyOf(made, (child) => ids.get(child)!);
    let own = byKey.get(key);
    if (!own) {
      own = made;
      byKey.set(key, own);
      ids.set(own, ids.size);
    }
    canonical.set(e, own);
    canonical.set(own, own);
    return own;
  };
  for (const root of roots) visit(root);
  return canonical;
}

function usesIn(
  graph: ReadonlyMap<Expression, Expression>,
  roots: readonly Expression[],
): ReadonlyMap<Expression, number> {
  const uses = new Map<Expression, number>();
  const seen = new Set<Expression>();
  const visit = (e: Expression): void => {
    uses.set(e, (uses.get(e) ?? 0) + 1);
    if (seen.has(e)) return;
    seen.add(e);
    for (const child of valueChildren(e)) visit(child);
  };
  for (const root of roots) visit(graph.get(root)!);
  return uses;
}

const isNameable = (e: Expression): boolean => {
  if (e.kind === 'name' || e.kind === 'number' || e.kind === 'indicator') return false;
  if (e.kind === 'negation' || e.kind === 'transpose') return false;
  if (e.kind === 'call' && (sizesFrom(e.name) === 0 || ['delta', 'levicivita', 'd'].includes(e.name))) return false;
  return lengthOf(e) >= 4;
};
/** Does it speak of one of these indices, other than those it sums over itself? */
function mentionsAny(e: Expression, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  if (e.kind === 'name') return names.has(e.name);
  const open = e.kind === 'sum-over' ? new Set([...names].filter((name) => name !== e.index)) : names;
  return childrenOf(e).some((child) => mentionsAny(child, open));
}
/** The indices that sums inside run over. */
function summedIndices(expressions: readonly Expression[]): readonly string[] {
  const found = new Set<string>();
  for (const root of expressions) everyPart(root, (e) => e.kind === 'sum-over' && found.add(e.index));
  return [...found];
}

const valueChildren = (e: Expression): readonly Expression[] => {
  switch (e.kind) {
    case 'range':
      return [];
    case 'subscript':
      return [e.of];
    case 'call':
      return e.arguments.slice(0, sizesFrom(e.name));
    default:
      return childrenOf(e);
  }
};

function mapChildren(e: Expression, map: (child: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'sum':
      return { kind: 'sum', terms: e.terms.map(({ negative, term }) => ({ negative, term: map(term) })) };
    case 'negation':
    case 'transpose':
      return { kind: e.kind, of: map(e.of) };
    case 'binary':
      return { ...e, left: map(e.left), right: map(e.right) };
    case 'indicator':
      return { ...e, left: map(e.left), right: map(e.right) };
    case 'call':
      return { ...e, arguments: e.arguments.map(map) };
    case 'subscript':
      return { ...e, of: map(e.of), indices: e.indices.map((i): Expression | All => (i.kind === 'all' ? i : map(i))) };
    case 'matrix':
      return { kind: 'matrix', rows: e.rows.map((row) => row.map(map)) };
    case 'range':
      return { ...e, from: map(e.from), to: map(e.to) };
    case 'sum-over':
      return {
        ...e,
        body: map(e.body),
        ...(e.range && { range: map(e.range) as Range }),
        ...(e.conditions && { conditions: e.conditions.map((c) => map(c) as Indicator) }),
      };
    default:
      return e;
  }
}
function keyOf(e: Expression, id: (child: Expression) => number): string {
  const children = childrenOf(e).map(id).join();
  switch (e.kind) {
    case 'number':
      return `#${toText(e.value)}${e.decimal ? 'd' : ''}`;
    case 'name':
      return `n${e.name}`;
    case 'sum':
      return `+${e.terms.map(({ negative }) => (negative ? '-' : '+')).join('')}${children}`;
    case 'binary':
      return `${e.operator} ${children}`;
    case 'call':
      return `f${e.name}${e.dim ? ` along ${integerIn(e.dim)}` : ''}(${children}`;
    case 'subscript':
      return `s${e.indices.map((i) => (i.kind === 'all' ? ':' : '.')).join('')}${children}`;
    case 'matrix':
      return `m${e.rows.map((row) => row.length).join()}|${children}`;
    case 'sum-over':
      return `S${e.how ?? ''} ${e.index} ${e.range ? 'r' : ''}${e.conditions?.length ?? 0} ${children}`;
    case 'indicator':
      return `?${e.comparison}${children}`;
    default:
      return `${e.kind} ${children}`;
  }
}

/** Letters that a reader expects: s for softmax, K for an inverse, r for a residual. */
function namer(taken: ReadonlySet<string>): (e: Expression) => string {
  const used = new Set(taken);
  return (e) => {
    for (const name of candidates(e))
      if (!used.has(name)) {
        used.add(name);
        return name;
      }
    throw new InvariantError('there is always another name');
  };
}
function* candidates(e: Expression): Generator<string> {
  yield* suggestions(e);
  yield* fallback();
}
function suggestions(e: Expression): readonly string[] {
  // Of a column of V the small letter.
  if (e.kind === 'subscript' && e.indices.some((index) => index.kind === 'all'))
    return suggestions(e.of).map((letter) => (/^[A-Z]$/.test(letter) ? letter.toLowerCase() : letter));
  const letters = e.kind === 'call' ? (functionNamed(e.name, e.arguments.length)?.letters ?? []) : [];
  if (letters.length > 0) return letters;
  return e.kind === 'sum' ? ['r', 'u', 'v', 'w'] : ['q', 'u', 'v', 'w'];
}
function* fallback(): Generator<string> {
  yield* ['q', 'r', 's', 't', 'u', 'v', 'w', 'z'];
  for (let n = 1; ; n++) yield* ['q', 'r', 's', 't', 'u', 'v', 'w', 'z'].map((letter) => `${letter}_${n}`);
}
