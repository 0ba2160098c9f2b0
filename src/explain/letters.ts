/** Unnamed parts get letters where that reads better: which parts, how they lie, and how terms are written with them. */
import * as Q from '../basics/rational.ts';
import type { CellStep } from '../derive/trace.ts';
import type { Axes } from '../form/form.ts';
import type { Dim } from '../shape/dim.ts';
import { matrix, type Shape } from '../shape/shape.ts';
import { lengthOf } from '../syntax/length.ts';
import type { Expression } from '../syntax/tree.ts';
import { negate, symbolTerm, partsOf, product } from '../terms/construct.ts';
import type { Node, TermSymbol, Index, Term, Factor } from '../terms/node.ts';
import { signOf } from '../terms/sign.ts';
import { open, symbolsIn, leaves, mapAll, rebuild } from '../terms/substitute.ts';

// ---- which parts
// Which parts deserve a letter in an explanation, and which letters are free?

/** Names that nothing else has: the first free suggestion, then with numbers. */
export function nameSupply(taken: ReadonlySet<string>): (suggestions: readonly string[]) => string {
  const used = new Set(taken);
  return (suggestions) => {
    for (let n = 0; ; n++) {
      const free = suggestions.map((s) => (n === 0 ? s : `${s}_${n}`)).find((s) => !used.has(s));
      if (free === undefined) continue;
      used.add(free);
      return free;
    }
  };
}

const isHidden = (node: Node): boolean => node.kind !== 'symbol';
const productRules: ReadonlySet<string> = new Set(['quotient rule', 'reciprocal rule', 'power rule', 'product rule']);
/** Shorter parts are as quickly read as a letter. */
const worthALetter = 2;

/**
 * Divisors and bases, arguments that several functions share, and arguments within arguments. Going back, every part that
 * a derivative is taken by: there is no derivative by an expression.
 */
export function letteredCells(steps: readonly CellStep[]): ReadonlyMap<Node, Use> {
  const found = new Map<Node, Use>();
  const functions = new Map<Node, Set<Node>>();
  for (const { pass, cell, contributions } of steps)
    for (const { cell: inner, via, from } of contributions) {
      const last = via.at(-1);
      if (!isHidden(inner) || !last || found.has(inner)) continue;
      const isTakenBy = pass.mode === 'reverse' && inner !== pass.of.node;
      const user = pass.mode === 'forward' ? cell : from;
      const known = (functions.get(inner) ?? new Set()).add(last.of.node);
      functions.set(inner, known);
      if (last.rules.some((rule) => productRules.has(rule.name))) found.set(inner, 'divisor');
      else if (
        isTakenBy ||
        (leaves(open(inner)) > worthALetter && (known.size > 1 || (user && isHidden(user) && user !== pass.of.node)))
      )
        found.set(inner, 'argument');
    }
  // The innermost first, whichever way the pass goes.
  return steps[0]?.pass.mode === 'reverse' ? new Map([...found].toReversed()) : found;
}

export type Use = Letter['use'];
const suggestions: Readonly<Record<Use, readonly string[]>> = {
  divisor: ['S', 'T', 'D'],
  argument: ['u', 'v', 'w'],
  function: ['f', 'g', 'h'],
};
const outputs = ['a', 'h', 'c'];
const suggestionsFor = (use: Use, { kind }: Node): readonly string[] =>
  use === 'argument' && (kind === 'apply' || kind === 'operation') ? outputs : suggestions[use];

export function letterFor(
  cell: Node,
  use: Use,
  { shape, axes }: Layout,
  supply: (suggestions: readonly string[]) => string,
  order: number,
): Letter {
  const facts = new Set(signOf(open(cell)) === 'positive' ? (['positive'] as const) : []);
  const symbol: TermSymbol = {
    name: supply(suggestionsFor(use, cell)),
    role: 'name',
    shape,
    dims: axes.map((slot) => cell.slots[slot]!),
    facts,
    order,
  };
  return { symbol, axes, use };
}

// ---- how they lie
// Hidden arrays have no declared shape: rows where the program works with rows, and the side that reads shorter.

export interface Layout {
  readonly shape: Shape;
  /** Its slots as rows, columns, …. */
  readonly axes: readonly Index[];
}
export type MatrixOf = (t: Term, axes: Axes) => Expression | undefined;

export const axesOfCell = (node: Node, { shape, axes }: Layout): Axes => ({
  shape,
  axes: axes.map((slot) => [{ index: slot, dim: node.slots[slot]! }]),
});

export function layoutOf(node: Node, matrixOf: MatrixOf): Layout {
  const slots = [...node.slots.keys()];
  if (node.kind === 'symbol') return { shape: node.symbol.shape, axes: slots };
  const [a, b] = node.slots as readonly [Dim?, Dim?];
  if (!a) return { shape: { kind: 'scalar' }, axes: [] };
  if (!b) return { shape: { kind: isRow(node, a) ? 'row' : 'column', size: a }, axes: slots };
  if (slots.length > 2) return { shape: { kind: 'tensor', axes: node.slots }, axes: slots };
  const layouts: readonly Layout[] = [
    { shape: matrix(a, b), axes: [0, 1] },
    { shape: matrix(b, a), axes: [1, 0] },
  ];
  const [straight, turned] = layouts.map((layout) => {
    const form = matrixOf(open(node), axesOfCell(node, layout));
    return form ? lengthOf(form) : Infinity;
  }) as [number, number];
  return layouts[turned < straight ? 1 : 0]!;
}
const isRow = (node: Node, dim: Dim): boolean =>
  [...symbolsIn(open(node))].some(({ shape }) => shape.kind === 'row' && shape.size === dim);

// ---- put into terms
// A term with some of its parts, known by their skeletons, replaced by symbols.

export interface Letter {
  readonly symbol: TermSymbol;
  readonly use: 'divisor' | 'argument' | 'function';
  /** The part's slots in the order of the symbol's axes. */
  readonly axes: readonly number[];
}

/** `keep`: this one stays open at the top, so that a letter can be introduced by what it stands for. */
export const replaceNodes = (t: Term, letterFor: (node: Node) => Letter | undefined, keep?: Node): Term =>
  rebuild(
    t,
    lettered((node) => (node === keep ? undefined : letterFor(node))),
    mapAll,
  );
/** Only where differentiating pauses: with u = W*x, the derivative of exp(u) + (W*x)^2 by u is exp(u). */
export const replaceCells = (t: Term, letterFor: (node: Node) => Letter | undefined): Term =>
  rebuild(
    t,
    () => undefined,
    (opened, visit) => {
      const asCell = (part: Term): Term => lettered(letterFor)(part) ?? visit(part);
      if (opened.node.kind !== 'product') return mapAll(opened, opened.node.kind === 'sum' ? visit : asCell);
      const { coefficient, factors, bound } = partsOf(opened);
      const isPassed = (e: Q.Rational): boolean => Q.isInteger(e) && Q.isPositive(e);
      return product(
        coefficient,
        factors.map(([f, e]): Factor => [isPassed(e) ? visit(f) : asCell(f), e]),
        bound,
      );
    },
  );
const lettered =
  (letterOf: (node: Node) => Letter | undefined) =>
  (part: Term): Term | undefined => {
    const letter = letterOf(part.node);
    if (letter) return written(letter, part);
    const opposite = part.node.kind === 'sum' ? negate(part) : undefined;
    const turned = opposite && letterOf(opposite.node);
    return opposite && turned && negate(written(turned, opposite));
  };
const written = ({ symbol, axes }: Letter, { at }: Term): Term =>
  symbolTerm(
    symbol,
    axes.map((slot) => at[slot]!),
  );
