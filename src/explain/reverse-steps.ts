/** Reverse: the derivative of the result by each name, from the last one back. */
import { native } from '../../rules/native.ts';
import * as Q from '../basics/rational.ts';
import { calculusRule } from '../derive/derivative-rules.ts';
import { variesWith } from '../derive/differential.ts';
import type { CellStep, Flow, Pass } from '../derive/trace.ts';
import { derivativeSign, multiplied } from './formulas.ts';
import { isLinear } from './forward-parts.ts';
import { type IndexNames, indexSign, summedOver } from './index-form.ts';
import { axesOfCell } from './letters.ts';
import { mapParts } from '../syntax/parts.ts';
import { type Cell, firstLetters, type Notebook, secondLetters } from './notebook.ts';
import { noticeSteps, rewriteSteps, rulesFired } from './rewrite-steps.ts';

import { stepFor, isDefinition, type Equation, type Step } from './step.ts';
import { toText } from '../print/text.ts';
import type { Telling } from '../rewrite/rule.ts';
import { matrix, scalar, type Shape } from '../shape/shape.ts';
import { call, integer, sumOf, negationOf } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import type { Expression } from '../syntax/tree.ts';
import {
  contract,
  delta,
  dimOf,
  indicesOf,
  isOne,
  product,
  sum,
  symbolTerm,
  times,
  rename,
  same,
  partsOf,
  summandsOf,
  keyOf,
} from '../terms/construct.ts';
import type { Bound, Factor, Index, Node, Summand, Term, TermSymbol } from '../terms/node.ts';
import { factored } from '../rewrite/simplify.ts';

/** Longer formulas are shown in matrices only. */
const longestInIndices = 26;

const isLong = (e: Expression | undefined): boolean => e !== undefined && lengthOf(e) > longestInIndices;

export function reverseSteps(pass: Pass, cellSteps: readonly CellStep[], notebook: Notebook): readonly Step[] {
  const weights = weightsOf(pass, cellSteps, notebook);
  const result = resultOf(pass, weights, notebook);
  const isResult = (node: Node | undefined): boolean =>
    node === pass.of.node && pass.of.at.length === 0 && !isWeighted(pass);
  const shown = cellSteps.filter(({ cell, after }) => !(isResult(cell) && isOne(after)));
  const told = shown.flatMap((step, n) => {
    // What one step sums over has the letters that the step before gave it.
    const isEven = step.cell.slots.length !== 1 || (shown.length - 1 - n) % 2 === 0;
    const [letters, others] = isEven ? [firstLetters, secondLetters] : [secondLetters, firstLetters];
    const [a, b, ...rest] = others as [string, string, ...string[]];
    const summed = step.cell.slots.length > 1 ? [b, a, ...rest] : others;
    return adjointSteps(step, { notebook, result, isResult, letters, others, summed });
  });
  return weights ? [weights.step, ...told] : told;
}

/** Weights that vary with what derivatives are taken by are held fixed: a letter says so. */
interface Weights {
  readonly name: TermSymbol;
  readonly at: readonly Index[];
  readonly step: Step;
}
function weightsOf({ of, weight }: Pass, cellSteps: readonly CellStep[], notebook: Notebook): Weights | undefined {
  if (!weight || !variesWith(new Set(cellSteps.map(({ cell }) => cell)))(weight.node)) return undefined;
  const at = indicesOf(of);
  const dims = at.map((index) => dimOf(of, index)!);
  const [a, b] = dims;
  const shape: Shape = !a ? scalar : !b ? { kind: 'column', size: a } : matrix(a, b);
  const name: TermSymbol = {
    name: notebook.letter(['w', 'v', 'u']),
    role: 'name',
    shape,
    dims,
    facts: new Set(),
    order: 2e4,
  };
  const names = notebook.nameIndices(at, new Map());
  const told = stepFor([native['a letter for a part']], {
    of: notebook.entry(symbolTerm(name, at), names),
    after: notebook.entry(weight, names),
  });
  return { name, at, step: { ...told, says: `Write ${name.name} for the weights, which are held fixed.` } };
}

const isWeighted = ({ weight }: Pass): boolean => weight !== undefined && !isOne(weight);
/** What comes straight from the result carries its weight. */
const weightedCoefficient = ({ from, coefficient }: Flow, { weight }: Pass): Term =>
  weight && !from ? times(weight, coefficient) : coefficient;

/** The scalar that goes back: an entry, or entries with their weights. */
function resultOf(pass: Pass, weights: Weights | undefined, notebook: Notebook): Expression {
  const { of, weight } = pass;
  const open = indicesOf(of).filter((index) => !notebook.indexNames.has(index));
  const free = open.map((index): Bound => ({ index, dim: dimOf(of, index)! }));
  const held = weights?.name ? symbolTerm(weights.name, weights.at) : weight;
  const weighted = held && (free.length > 0 || isWeighted(pass)) ? contract([held, of], free) : undefined;
  if (weighted) return notebook.differentiated(weighted);
  const { indexNames } = notebook;
  return notebook
    .cell(of.node)
    .at(new Map(of.at.map((index, slot) => [slot, index < 0 ? String(-index) : indexNames.get(index)!])));
}

function adjointSteps(step: CellStep, page: ReversePage): readonly Step[] {
  const { notebook, letters } = page;
  const cell = notebook.cell(step.cell);
  const names = notebook.nameIndices(cell.axes, new Map(), letters);
  const local = localDerivative(step, names, page);
  const inIndices = indexEquation(step, cell, names, page, local?.factor);
  const inMatrices = matrixEquation(step, cell, page);
  const isShort =
    inIndices &&
    !isLong(inIndices.before) &&
    !isLong(inIndices.after) &&
    (cell.axes.length > 0 || !inMatrices || lengthOf(inMatrices.after) >= lengthOf(inIndices.after));
  const equation = isShort || !inMatrices ? (inIndices ?? inMatrices!) : inMatrices;
  const rewrites = step.rewrites.filter(({ rule }) => !local || !isDefinition(rule));
  const rules = [...rulesOf(step, local !== undefined), ...rulesFired(rewrites)];
  const both =
    equation !== inMatrices && inMatrices && cell.axes.length > 0
      ? { of: inMatrices.of, after: inMatrices.after }
      : undefined;
  const named = step.name ? ` Call it ${step.name.name}.` : '';
  const main = stepFor(rules, { ...equation }, step.rewrites);
  return [
    ...(local?.steps ?? noticeSteps(step, notebook, (flow) => namesThrough(flow, names))),
    ...rewriteSteps(rewrites, notebook),
    {
      ...main,
      says: `${main.says}${named}`.trim(),
      inMatrices: both,
      assumptions: [...main.assumptions, ...turnedFreely(step, cell)],
    },
  ];
}

/** Of u = A'*A the derivative by u[i,j] and that by u[j,i] count together only, so that each may stand for the other. */
const turnedFreely = ({ cell: { kind, symmetries } }: CellStep, { name, axes }: Cell): readonly string[] =>
  kind !== 'symbol' && name !== undefined && axes.length === 2 && symmetries.some(({ sign }) => sign > 0)
    ? [`${name} varies as a symmetric matrix`]
    : [];

function rulesOf({ contributions, pass }: CellStep, hasLocal: boolean): readonly Telling[] {
  const used = [...new Set(contributions.flatMap(({ via }) => via.flatMap(({ rules }) => rules)))];
  const telling = used.filter((rule) => !isLinear([rule]));
  const isChained = contributions.some(({ from }) => from && from !== pass.of.node);
  if (used.length === 0 && !isChained) return [calculusRule('derivative of the variable')];
  if (hasLocal) return [calculusRule('chain rule')];
  return [
    ...(isChained ? [calculusRule('chain rule')] : []),
    ...(telling.length > 0 || isChained ? telling : used.slice(0, 1)),
  ];
}

/** d(J)/d(theta[i]) = sum_k(d(J)/d(yh[k])*…) = …; undefined where a cell on the way has no name to carry subscripts. */
function indexEquation(
  step: CellStep,
  cell: Cell,
  names: IndexNames,
  page: ReversePage,
  local: ((names: IndexNames) => Expression) | undefined,
): Equation | undefined {
  const { notebook, result } = page;
  const users = [...new Set(step.contributions.map(({ from }) => from))].map((node) =>
    node && !page.isResult(node) ? notebook.cell(node) : undefined,
  );
  if ([cell, ...users].some((c) => c && c.name === undefined && c.axes.length > 0 && c.whole)) return undefined;
  const of = derivativeSign(result, cell.at(names));
  const after = notebook.entry(step.after, names, page.summed);
  const [user] = users;
  const flow = step.contributions[0]!;
  if (users.every((u) => u === undefined)) return { of, after };
  const before =
    local && user
      ? summed(
          flow,
          flow.over.filter(({ index }) => !passesThrough(index, step.contributions)),
          names,
          page,
          (inner) => multiplied(adjointSign(user, flow, inner, page), local(inner)),
        )
      : sumOf(step.contributions.map((c) => ({ negative: false, term: share(c, step, names, page) })));
  return { of, before: toText(before) === toText(after) ? undefined : before, after };
}

function summed(
  flow: Flow,
  bound: readonly Bound[],
  names: IndexNames,
  page: ReversePage,
  write: (names: IndexNames) => Expression,
): Expression {
  const inner = namedWithin(
    flow,
    bound.map(({ index }) => index),
    names,
    page,
  );
  return summedOver(bound, inner, write(inner));
}
function adjointSign(user: Cell, { over }: Flow, names: IndexNames, { result }: ReversePage): Expression {
  const at = new Map([...names, ...over.map(({ index }, slot): [Index, string] => [slot, names.get(index)!])]);
  return derivativeSign(result, user.at(at));
}

/** One contribution: the sum over what is not the cell's own of the user's adjoint times the coefficient. */
function share(flow: Flow, step: CellStep, names: IndexNames, page: ReversePage): Expression {
  const { notebook } = page;
  const bound = [...flow.over, ...flow.bound].filter(({ index }) => !flow.at.includes(index));
  const user = flow.from && !page.isResult(flow.from) ? notebook.cell(flow.from) : undefined;
  return summed(flow, bound, names, page, (inner) => {
    const coefficient = notebook.entry(notebook.named(weightedCoefficient(flow, step.pass)), inner);
    const [isNegative, size] = coefficient.kind === 'negation' ? [true, coefficient.of] : [false, coefficient];
    const factors = [...(user ? [adjointSign(user, flow, inner, page)] : []), size, ...places(flow, names)];
    const plain = factors.filter((e) => !(e.kind === 'number' && Q.isOne(e.value)));
    const magnitude = plain.length === 0 ? size : plain.reduce(multiplied);
    return isNegative ? negationOf(magnitude) : magnitude;
  });
}
/** A contribution to T[k,k] or A[2,1] reaches T[i,j] where i is j, A[i,j] where i is 2 and j is 1. */
const places = ({ at }: Flow, names: IndexNames): readonly Expression[] =>
  at.flatMap((index, slot): readonly Expression[] => {
    const first = at.indexOf(index);
    if (index >= 0 && first === slot) return [];
    return [call('delta', index < 0 ? integer(-index) : indexSign(names.get(first)!), indexSign(names.get(slot)!))];
  });

/** d(J)/d(H) = d(J)/d(theta)*W2' = (Yh - Y)*W2'. */
function matrixEquation(step: CellStep, cell: Cell, page: ReversePage): Equation | undefined {
  const { notebook, result } = page;
  if (!cell.whole) return undefined;
  const axes = axesOfCell(step.cell, cell);
  const after = notebook.matrix(step.after, axes);
  if (!after) return undefined;
  const of = derivativeSign(result, cell.whole);
  const signs = new Map<string, Expression>();
  const symbolFor = (user: Cell): TermSymbol => {
    const name = `${user.name ?? ''}§${signs.size}`;
    if (user.whole) signs.set(name, derivativeSign(result, user.whole));
    return {
      name,
      role: 'adjoint',
      shape: user.shape,
      dims: user.axes.map((slot) => user.node.slots[slot]!),
      facts: new Set(),
      order: -1,
    };
  };
  const symbols = new Map<Node, TermSymbol>();
  const shares = step.contributions.map((c): Summand => [
    Q.one,
    matrixShare(c, step, symbols, (node) => symbolFor(notebook.cell(node)), page),
  ]);
  const form = notebook.matrix(factored(notebook.named(sum(shares)), []), axes);
  const users = [...symbols.keys()].map(notebook.cell);
  if (!form || users.length === 0 || users.some(({ whole }) => !whole)) return { of, after };
  const before = mapParts(form, (e) => (e.kind === 'name' ? signs.get(e.name) : undefined));
  return { of, before: toText(before) === toText(after) ? undefined : before, after };
}
function matrixShare(
  flow: Flow,
  step: CellStep,
  symbols: Map<Node, TermSymbol>,
  make: (node: Node) => TermSymbol,
  { notebook: { cell }, isResult }: ReversePage,
): Term {
  const { cell: to, at, over, bound, from } = flow;
  const selectors = at.map((index, slot): Factor => [delta(index, slot, to.slots[slot]!), Q.one]);
  const factors: Factor[] = [[weightedCoefficient(flow, step.pass), Q.one], ...selectors];
  if (from && !isResult(from)) {
    let symbol = symbols.get(from);
    if (!symbol) symbols.set(from, (symbol = make(from)));
    factors.unshift([
      symbolTerm(
        symbol,
        cell(from).axes.map((slot) => over[slot]!.index),
      ),
      Q.one,
    ]);
  }
  return product(Q.one, factors, [...over, ...bound]);
}

// ---- functions of arrays
// d(yh[k])/d(theta[i]): where a function of an array stands between two names, its derivative is a step of its own.

export interface Local {
  /** The derivative itself, and (in detail) its product with what flows in. */
  readonly steps: readonly Step[];
  /** The sign of this derivative, at the user's indices. */
  readonly factor: (names: IndexNames) => Expression;
}

export function localDerivative(step: CellStep, names: IndexNames, page: ReversePage): Local | undefined {
  const { notebook } = page;
  const { contributions, cell } = step;
  const [first] = contributions;
  const [from] = new Set(contributions.map((c) => c.from));
  if (!first || !from || contributions.some((c) => c.from !== from) || from === step.pass.of.node) return undefined;
  if (contributions.some(({ via }) => via.length !== 1 || via[0]!.of.node.kind !== 'operation')) return undefined;
  const [user, own] = [notebook.cell(from), notebook.cell(cell)];
  if (user.name === undefined || (own.name === undefined && own.axes.length > 0)) return undefined;
  const through = (index: Index): boolean =>
    first.over.some((bound) => bound.index === index) && passesThrough(index, contributions);
  const free = first.over.filter(({ index }) => !through(index)).map(({ index }) => index);
  const outer = namedWithin(first, free, names, page);
  const withUser = (given: IndexNames): IndexNames =>
    new Map([
      ...given,
      ...first.over.map(({ index }, slot): [Index, string] => [
        slot,
        given.get(index) ?? names.get(first.at.indexOf(index))!,
      ]),
    ]);
  const factor = (given: IndexNames): Expression => derivativeSign(user.at(withUser(given)), own.at(names));
  const found = notebook.named(sum(contributions.map((c): Summand => [Q.one, entryOf(c, through)])));
  const term = sharedOut(found);
  const rearranged = same(term, found) ? [] : [sharedStep(notebook.entry(found, outer), notebook.entry(term, outer))];
  const definitions = step.rewrites.map(({ rule }) => rule).filter(isDefinition);
  const rules = [...new Set([...contributions.flatMap(({ via }) => via[0]!.rules), ...definitions])];
  const derivative = stepFor(rules, { of: factor(outer), after: notebook.entry(term, outer) });
  const bound = first.over.filter(({ index }) => !through(index));
  const atCell = new Map(
    first.over.flatMap(({ index }): [Index, Index][] => (through(index) ? [[index, first.at.indexOf(index)]] : [])),
  );
  const incoming = rename(step.before.get(from)!, atCell);
  const put: Step = {
    ...stepFor([native['a delta picks one term']], {
      before: summedOver(bound, outer, multiplied(notebook.entry(incoming, outer), notebook.entry(term, outer))),
      after: notebook.entry(contract([incoming, term], bound), names, page.summed),
    }),
    level: 'detail',
  };
  return { steps: [...rearranged, derivative, ...(bound.length > 0 ? [put] : [])], factor };
}

const sharedStep = (before: Expression, after: Expression): Step => ({
  ...stepFor([native['take out what is shared']], { before, after }),
  level: 'detail',
});

/** The coefficient between the user's entry and the cell's, an index that passes through being one of the cell's. */
function entryOf(
  { coefficient, at, cell, bound }: CellStep['contributions'][number],
  through: (index: Index) => boolean,
): Term {
  const renamed = new Map(at.flatMap((index, slot): [Index, Index][] => (through(index) ? [[index, slot]] : [])));
  const selectors = at.flatMap((index, slot): Factor[] =>
    through(index) ? [] : [[delta(index, slot, cell.slots[slot]!), Q.one]],
  );
  return product(
    Q.one,
    [
      [coefficient, Q.one],
      ...selectors,
      ...[...renamed].map(([from, to]): Factor => [delta(from, to, cell.slots[to]!), Q.one]),
    ],
    [...bound, ...[...renamed].map(([index, slot]) => ({ index, dim: cell.slots[slot]! }))],
  );
}

// ---- letters
// The letters of one reverse step: for the cell, for the name it comes from, for what is summed between them.

export interface ReversePage {
  readonly notebook: Notebook;
  /** What is differentiated. */
  readonly result: Expression;
  /** The result itself, whose own derivative is 1. */
  readonly isResult: (node: Node | undefined) => boolean;
  readonly letters: readonly string[];
  readonly others: readonly string[];
  /** For what is summed within one entry. */
  readonly summed: readonly string[];
}

/** An index of the user's that is one of the cell's in every contribution: nothing is summed over it. */
export const passesThrough = (index: Index, flows: readonly Flow[]): boolean => {
  const slot = flows[0]!.at.indexOf(index);
  return slot >= 0 && flows.every(({ at }) => at[slot] === index);
};
/** Bound indices that are the cell's own have its letters. */
export const namesThrough = ({ at }: Flow, names: IndexNames): IndexNames =>
  new Map([
    ...names,
    ...at.flatMap((index, slot): [Index, string][] =>
      index >= 0 && names.has(slot) ? [[index, names.get(slot)!]] : [],
    ),
  ]);

/** Letters for what is summed: a second index of the user's is an l, as it was in the step about the user. */
export function namedWithin(
  flow: Flow,
  open: readonly Index[],
  names: IndexNames,
  { notebook, others }: ReversePage,
): IndexNames {
  const through = new Map([...namesThrough(flow, names)].filter(([index]) => !open.includes(index)));
  return open.reduce<IndexNames>((given, index) => {
    const slot = flow.over.findIndex((b) => b.index === index);
    return notebook.nameIndices([index], given, [...others.slice(Math.max(0, slot)), ...others]);
  }, through);
}

// ---- shared out
// y[k]*delta(k,i) - y[k]*y[i] is y[k]*(delta(k,i) - y[i]): beside a delta both of its indices name the same entry.

/** A sum in which every summand has this factor, perhaps under another name, loses it. */
function sharedOut(t: Term): Term {
  const parts = partsOf(t);
  const inner = t.node.kind === 'sum' ? t : parts.factors.find(([f, e]) => f.node.kind === 'sum' && Q.isOne(e))?.[0];
  if (!inner || parts.bound.length > 0) return t;
  const pulled = pullOut(inner);
  if (!pulled || t === inner) return pulled ?? t;
  return product(parts.coefficient, [...parts.factors.filter(([f]) => f !== inner), [pulled, Q.one]], []);
}

function pullOut(t: Term): Term | undefined {
  const summands = summandsOf(t);
  const plain = summands.find(([, s]) => !partsOf(s).factors.some(([f]) => f.node.kind === 'delta'));
  if (!plain || summands.length < 2) return undefined;
  for (const [candidate, e] of partsOf(plain[1]).factors.toReversed()) {
    if (!Q.isOne(e) || candidate.at.length === 0) continue;
    const rests = summands.map(([c, s]): Summand | undefined => {
      const rest = without(s, candidate);
      return rest && [c, rest];
    });
    if (rests.every((rest): rest is Summand => rest !== undefined))
      return product(
        Q.one,
        [
          [candidate, Q.one],
          [sum(rests), Q.one],
        ],
        [],
      );
  }
  return undefined;
}

function without(t: Term, factor: Term): Term | undefined {
  const { coefficient, factors } = partsOf(t);
  const names = [
    new Map<number, number>(),
    ...factors
      .filter(([f]) => f.node.kind === 'delta')
      .flatMap(([{ at }]) => [new Map([[at[0]!, at[1]!]]), new Map([[at[1]!, at[0]!]])]),
  ];
  const n = factors.findIndex(
    ([f, e]) =>
      Q.isOne(e) &&
      f.node.kind !== 'delta' &&
      names.some((map) => keyOf(rename(f, map)) === keyOf(rename(factor, map))),
  );
  return n < 0
    ? undefined
    : product(
        coefficient,
        factors.filter((_, k) => k !== n),
        [],
      );
}
