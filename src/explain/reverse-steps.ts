/** Reverse: the derivative of the result by each name, from the last one back. */
import * as Q from '../basics/rational.ts';
import { calculusRule } from '../derive/derivative-rules.ts';
import type { CellStep, Flow, Pass } from '../derive/trace.ts';
import type { Telling } from '../rewrite/rule.ts';
import { sumOf } from '../syntax/build.ts';
import { scalar } from '../shape/shape.ts';
import { lengthOf } from '../syntax/length.ts';
import type { Expression } from '../syntax/tree.ts';
import { toText } from '../print/text.ts';
import { contract, delta, dimOf, indicesOf, isOne, product, sum, symbolTerm, times } from '../terms/construct.ts';
import type { Bound, Factor, Index, Node, Summand, Term, TermSymbol } from '../terms/node.ts';
import { derivativeSign } from './derivative-sign.ts';
import { stepFor } from './step-for.ts';
import { type IndexNames, summedOver } from './index-form.ts';
import { axesOfCell } from './layout.ts';
import { localDerivative } from './local-derivative.ts';
import { multiplied } from './multiplied.ts';
import { mapParts } from './map-parts.ts';
import { type Cell, firstLetters, type Notebook, secondLetters } from './notebook.ts';
import { namedWithin, namesThrough, passesThrough, type ReversePage } from './reverse-page.ts';
import { noticeSteps, rewriteSteps, rulesFired } from './rewrite-steps.ts';
import { isDefinition } from './sentences.ts';
import { isLinear } from './forward-parts.ts';
import type { Equation, Step } from './step.ts';

/** Longer formulas are shown in matrices only. */
const longestInIndices = 26;

const isLong = (e: Expression | undefined): boolean => e !== undefined && lengthOf(e) > longestInIndices;

export function reverseSteps(pass: Pass, cellSteps: readonly CellStep[], notebook: Notebook): readonly Step[] {
  const result = resultOf(pass, notebook);
  const isResult = (node: Node | undefined): boolean =>
    node === pass.of.node && pass.of.at.length === 0 && !isWeighted(pass);
  const shown = cellSteps.filter(({ cell, after }) => !(isResult(cell) && isOne(after)));
  return shown.flatMap((step, n) => {
    // What one step sums over has the letters that the step before gave it.
    const isEven = step.cell.slots.length !== 1 || (shown.length - 1 - n) % 2 === 0;
    const [letters, others] = isEven ? [firstLetters, secondLetters] : [secondLetters, firstLetters];
    const [a, b, ...rest] = others as [string, string, ...string[]];
    const summed = step.cell.slots.length > 1 ? [b, a, ...rest] : others;
    return adjointSteps(step, { notebook, result, isResult, letters, others, summed });
  });
}

const isWeighted = ({ weight }: Pass): boolean => weight !== undefined && !isOne(weight);
/** What comes straight from the result carries its weight. */
const weightedCoefficient = ({ from, coefficient }: Flow, { weight }: Pass): Term =>
  weight && !from ? times(weight, coefficient) : coefficient;

/** The scalar that goes back: an entry, or entries with their weights. */
function resultOf(pass: Pass, notebook: Notebook): Expression {
  const { of, weight } = pass;
  const open = indicesOf(of).filter((index) => !notebook.indexNames.has(index));
  const free = open.map((index): Bound => ({ index, dim: dimOf(of, index)! }));
  const weighted = weight && (free.length > 0 || isWeighted(pass)) ? contract([weight, of], free) : undefined;
  if (weighted) return notebook.matrix(weighted, { shape: scalar, axes: [] }) ?? notebook.entry(weighted, new Map());
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
    { ...main, says: `${main.says}${named}`.trim(), inMatrices: both },
  ];
}

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
    const coefficient = notebook.entry(notebook.settle(weightedCoefficient(flow, step.pass)), inner);
    if (!user) return coefficient;
    const adjoint = adjointSign(user, flow, inner, page);
    return coefficient.kind === 'number' && Q.isOne(coefficient.value) ? adjoint : multiplied(adjoint, coefficient);
  });
}

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
  const form = notebook.matrix(notebook.settle(sum(shares)), axes);
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
