/**
 * A derivative by a matrix that varies within a structure: what entries that move together give is added up, what does not move
 * is dropped. rules/structures.ts says this of each structure in formulas; here it is done to the entries of any derivative,
 * whatever axes stand in front of those of the variable.
 */
import { type Structure, structureRecords } from '../../rules/structures.ts';
import { invariant, refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { parseExpression } from '../parse/parse.ts';
import { toText } from '../print/text.ts';
import { dimSum, fixed } from '../shape/dim.ts';
import { axesOf } from '../shape/shape.ts';
import { follows, type Fact } from '../syntax/facts.ts';
import { nameOf, subscript } from '../syntax/build.ts';
import { mapParts, namesIn } from '../syntax/parts.ts';
import type { Call, Expression } from '../syntax/tree.ts';
import { block, contract, delta, guard, isSymmetricName, rename, sum, times } from '../terms/construct.ts';
import type { Bound, Index, Term } from '../terms/node.ts';
import type { DerivativeCall } from './derivatives.ts';
import type { Reading } from './readings.ts';
import { namesOf, say } from './scope.ts';
import { bind, joined, renamed, type Value } from './values.ts';
import type { World } from './world.ts';

/** An entry of the gradient, and of the variable. */
type Entry = (i: Index, j: Index) => Term;
interface Free {
  readonly g: Entry;
  readonly x: Entry;
  readonly rows: Bound['dim'];
  readonly columns: Bound['dim'];
}

const half = Q.rational(1, 2);
const part = ({ index, dim }: Bound, coefficient: number) => ({ index, dim, coefficient });
/** 1[i >= j] */
const below = (i: Index, j: Index, { rows, columns }: Free): Term =>
  guard('at-least', [part({ index: i, dim: rows }, 1), part({ index: j, dim: columns }, -1)], fixed(1));
const above = (i: Index, j: Index, { rows, columns }: Free): Term =>
  guard('at-least', [part({ index: j, dim: columns }, 1), part({ index: i, dim: rows }, -1)], fixed(1));

const entries: Readonly<Record<Structure, (i: Index, j: Index, free: Free) => Term>> = {
  symmetric: (i, j, { g }) =>
    sum([
      [half, g(i, j)],
      [half, g(j, i)],
    ]),
  skew: (i, j, { g }) =>
    sum([
      [half, g(i, j)],
      [Q.negated(half), g(j, i)],
    ]),
  vech: (i, j, { g, rows }) =>
    sum([
      [Q.one, g(i, j)],
      [Q.one, g(j, i)],
      [Q.minusOne, times(delta(i, j, rows), g(i, j))],
    ]),
  diagonal: (i, j, { g, rows }) => times(delta(i, j, rows), g(i, j)),
  lower: (i, j, free) => times(below(i, j, free), free.g(i, j)),
  upper: (i, j, free) => times(above(i, j, free), free.g(i, j)),
  toeplitz(i, j, { g, rows, columns }) {
    const [p, q] = [bind(rows), bind(columns)];
    const parts = [part(q, 1), part({ index: i, dim: rows }, 1), part({ index: j, dim: columns }, -1)];
    const turned = parts.map((one) => ({ ...one, coefficient: -one.coefficient }));
    // p = q + i - j, where that is a row at all.
    const inside = [guard('at-least', parts, fixed(0)), guard('at-least', turned, dimSum(rows, fixed(1)))];
    return contract([block(p.index, parts, fixed(0), rows), ...inside, g(p.index, q.index)], [p, q]);
  },
  stiefel(i, j, { g, x, rows, columns }) {
    const [p, k] = [bind(rows), bind(columns)];
    const inside = sum([
      [half, contract([x(p.index, k.index), g(p.index, j)], [p])],
      [half, contract([g(p.index, k.index), x(p.index, j)], [p])],
    ]);
    return sum([
      [Q.one, g(i, j)],
      [Q.minusOne, contract([x(i, k.index), inside], [k])],
    ]);
  },
};

/** The derivative, its variable varying within the structure instead of entry by entry: the last two axes are the variable's; of a second derivative, the last four. */
export function varyingWithin(structure: Structure, { kind, by }: DerivativeCall, given: Value, world: World): Value {
  refuseOutside(structure, by!, world);
  const value = joined(given);
  const variable = joined(world.evaluate(by!));
  const bounds = value.axes.map(([bound]) => bound!);
  const pairs = kind === 'hessian' ? [bounds.slice(-4, -2), bounds.slice(-2)] : [bounds.slice(-2)];
  const own = variable.axes.map(([bound]) => bound!);
  let { term } = value;
  for (const pair of pairs) {
    const [rows, columns] = pair as [Bound, Bound];
    const free = term;
    const at =
      (t: Term, from: readonly Bound[]): Entry =>
      (i, j) =>
        rename(t, new Map([i, j].map((index, n) => [from[n]!.index, index])));
    const made = { g: at(free, pair), x: at(variable.term, own), rows: rows.dim, columns: columns.dim };
    // Through fresh indices: an entry may be read at the very places that are renamed.
    const there = [bind(rows.dim), bind(columns.dim)] as const;
    term = renamed(entries[structure](there[0].index, there[1].index, made), there, pair);
  }
  return { ...value, term };
}

/** Of S, the symmetric matrices are the neighbours that its own entries lead to only where it is symmetric itself. */
function refuseOutside(structure: Structure, by: Expression, world: World): void {
  const { needs, words } = structureRecords[structure];
  if (needs.length === 0 || lies(needs, by, world)) return;
  refuse({
    kind: 'question',
    message: `${say(by)} is not known to be ${needs[0]!}, and is to be varied within ${words}`,
    span: by.span,
    hint: `declare it: ${say(by)} in …, ${needs[0]!}`,
  });
}
function lies(facts: readonly Fact[], by: Expression, { checked, symbol }: World): boolean {
  invariant(by.kind === 'name', 'only names vary within a structure');
  const stated = (checked.variables.get(by.name) ?? checked.definitions.get(by.name))?.facts ?? new Set<Fact>();
  const found = symbol(by.name);
  const isSymmetric = found !== undefined && isSymmetricName(found);
  return facts.some((fact) => follows(fact, stated) || (fact === 'symmetric' && isSymmetric));
}

/** What a reader of the answer should know. */
export function noteWithin(structure: Structure, { by }: DerivativeCall, world: World): string {
  const { words, declared } = structureRecords[structure];
  const own = lies(declared, by!, world) ? '' : `, from wherever it is: it is not declared to be one of them`;
  return `${say(by!)} is varied within ${words}${own}`;
}

// ---- told

/** grad(f, S) within symmetric = (grad(f, S) + grad(f, S)')/2; with axes in front, and where no matrix expression says it, by entries. */
export function readWithin(structure: Structure, e: Call, { kind, by }: DerivativeCall, world: World): Reading {
  const free: Call = { ...e, within: undefined };
  const rule = structureRecords[structure];
  const axes = axesOf(world.checked.shapeOf(e)).length;
  if (rule.formula !== undefined && axes === 2)
    return { kind: 'identity', by: { rule, before: e, after: written(rule.formula, () => free, by!) } };
  const taken = new Set([...namesOf(world.checked), ...namesIn(e)]);
  const letters = indexLetters.filter((letter) => !taken.has(letter));
  const indices = letters.splice(0, axes).map(nameOf);
  const entryOf = (at: readonly Expression[]): Expression => subscript(free, ...at);
  /** What is still varied entry by entry is asked for at the positions that the formula names. */
  const along = (first: number, inner: (at: readonly Expression[]) => Expression, at: readonly Expression[]) => {
    const names = new Map([...'ijkpq'].map((letter, n) => [letter, n < 2 ? toText(at[first + n]!) : letters.shift()!]));
    const text = rule.entry.replaceAll(/\b[ijkpq]\b/g, (letter) => names.get(letter)!);
    return written(text, ([a, b]) => inner(at.toSpliced(first, 2, a!, b!)), by!);
  };
  const last = (at: readonly Expression[]): Expression => along(axes - 2, entryOf, at);
  const after = kind === 'hessian' ? along(axes - 4, last, indices) : last(indices);
  return { kind: 'identity', by: { rule, before: subscript(e, ...indices), after } };
}
const indexLetters: readonly string[] = [...'ijklpqrsabcmuvtwxyzefgh'];

/** A formula of the record with G and X put in; `entry` is asked for G, and for G at positions. */
function written(formula: string, entry: (at: readonly Expression[]) => Expression, by: Expression): Expression {
  const parsed = parseExpression(formula);
  invariant(parsed.ok, `${formula} is an expression`);
  const isNamed = (e: Expression, name: string): boolean => e.kind === 'name' && e.name === name;
  return mapParts(parsed.value, (e) => {
    if (e.kind === 'subscript' && isNamed(e.of, 'G')) return entry(e.indices as readonly Expression[]);
    return isNamed(e, 'G') ? entry([]) : isNamed(e, 'X') ? by : undefined;
  });
}
