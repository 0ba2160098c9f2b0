/** Forward: the derivative of each name in turn; within one, the rule first, then its parts, then all put together. */
import { entrywise, functionDerivatives } from '../../rules/functions/index.ts';
import { native } from '../../rules/native.ts';
import * as Q from '../basics/rational.ts';
import { calculusRule } from '../derive/derivative-rules.ts';
import { variesWith } from '../derive/differential.ts';
import type { CellStep, Pass } from '../derive/trace.ts';
import { mentionsDerivative, derivativeSign, multiplied } from './formulas.ts';
import { derivativeOfPart, isLinear, linearParts, type Part, ruleParts, rulesOfPart } from './forward-parts.ts';
import { beginsNegative, type IndexNames, summedOver } from './index-form.ts';
import { axesOfCell } from './letters.ts';
import { type Notebook, firstLetters, secondLetters, summedLetters } from './notebook.ts';
import { noticeSteps, rewriteSteps, rulesFired } from './rewrite-steps.ts';
import { type Equation, type Step, stepFor } from './step.ts';
import { toText } from '../print/text.ts';
import type { Telling } from '../rewrite/rule.ts';
import { matrix } from '../shape/shape.ts';
import { nameOf, negationOf, subscript, sumOf } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import { partsOf as partsOfExpression } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import { contract, isOne, same, sum, negate, partsOf } from '../terms/construct.ts';
import type { Node, Summand, Index, Term } from '../terms/node.ts';
import { noticing } from '../terms/notice.ts';
import { childrenOf, leaves, open } from '../terms/substitute.ts';

interface Ending {
  /** The letters that the question gives to its indices. */
  readonly preset: readonly string[];
  /** Will the whole result be shown in matrices? */
  readonly endsInMatrices: boolean;
}
interface Course extends Ending {
  readonly pass: Pass;
  readonly notebook: Notebook;
  /** Steps of these cells, unless they have been told. */
  readonly first: (cells: readonly Node[]) => readonly Step[];
}

export function forwardSteps(
  pass: Pass,
  cellSteps: readonly CellStep[],
  notebook: Notebook,
  { preset, endsInMatrices }: Ending,
): readonly Step[] {
  const byCell = new Map(cellSteps.map((step) => [step.cell, step]));
  const told = new Set<Node>(pass.targets);
  const first = (cells: readonly Node[]): readonly Step[] =>
    cells.flatMap((cell) => {
      const step = byCell.get(cell);
      return step && isWorthTelling(step, notebook) ? tell(step) : [];
    });
  const course: Course = { pass, notebook, preset, endsInMatrices, first };
  const tell = (step: CellStep): readonly Step[] => {
    if (told.has(step.cell)) return [];
    told.add(step.cell);
    return stepsOf(step, course);
  };
  return cellSteps.filter((step) => step.cell.kind === 'symbol' || step === cellSteps.at(-1)).flatMap(tell);
}

/** z/tau is quickly done along the way. */
function isWorthTelling({ cell, pass, contributions, after }: CellStep, { letters }: Notebook): boolean {
  if (cell.kind === 'symbol' || letters.has(cell)) return true;
  const isDirect = contributions.every(
    (c) => pass.targets.includes(c.cell) && c.via.every(({ rules }) => isLinear(rules)),
  );
  return !isDirect || leaves(after) > 3;
}

const productRules: ReadonlySet<string> = new Set(['quotient rule', 'product rule', 'reciprocal rule', 'power rule']);

function stepsOf(step: CellStep, course: Course): readonly Step[] {
  const top = linearParts(step.contributions, 0);
  const unpacks = top.some((part) => rulesOfPart(part).some((rule) => productRules.has(rule.name)) && !isQuick(part));
  return unpacks ? unpacked(step, top, course) : inOneLine(step, course);
}
/** x^2 needs no line of its own. */
const isQuick = ({ flows, depth }: Part): boolean =>
  flows.every(({ via, cell }) => via.length === depth + 1 && cell.kind === 'symbol');

const cellsOf = (parts: readonly Part[]): readonly Node[] =>
  parts.flatMap(({ flows }) => flows.map(({ cell }) => cell));

/** The rule, a line for each part, and all put together. */
function unpacked(step: CellStep, top: readonly Part[], course: Course): readonly Step[] {
  const page = pageFor(step, course.notebook, course.preset);
  const [only] = top;
  const isWhole = top.length === 1 && only !== undefined && isOne(only.outer) && only.bound.length === 0;
  const parts = isWhole ? ruleParts(only) : top;
  const rules = isWhole ? rulesOfPart(only) : [calculusRule('sum rule')];
  const [of, before, after] = [
    page.quantity,
    page.sign(bodyOf(step)),
    page.combined(parts, ({ inner }, names) => page.sign(inner, names)),
  ];
  const rule = stepFor(rules, { of, before: differing(before, of), after });
  const pieces = parts.flatMap((part) => [...course.first(cellsOf([part])), ...partLine(part, step, page)]);
  return [rule, ...distinct(pieces), ...together(step, parts, rules, page, course)];
}

function partLine(part: Part, { before: known, pass }: CellStep, page: Page): readonly Step[] {
  const { inner, flows, depth } = part;
  if (flows.every(({ via }) => via.length === depth)) return [];
  const names = page.within(part);
  const of = page.sign(inner, names);
  const [nested] = linearParts(flows, depth);
  const rules = usedRules(flows, depth, pass);
  const half =
    nested && nested.inner === inner
      ? page.combined(ruleParts(nested), (p, at) => page.sign(p.inner, at), names)
      : undefined;
  const after = page.entry(derivativeOfPart(part, known), names);
  const before = half && !isTrivial(ruleParts(nested!), pass) ? differing(half, after) : undefined;
  return [stepFor(rules, { of, before, after })];
}
const isTrivial = (parts: readonly Part[], { targets }: Pass): boolean =>
  parts.every(({ inner }) => targets.includes(inner.node));

/** The rules below, the linear ones left out where there are others. */
function usedRules(flows: CellStep['contributions'], depth: number, { targets }: Pass): readonly Telling[] {
  const all = [...new Set(flows.flatMap(({ via }) => via.slice(depth).flatMap(({ rules }) => rules)))];
  const telling = all.filter((rule) => !isLinear([rule]));
  const chained = telling.length > 0 && flows.some(({ cell }) => !targets.includes(cell));
  return telling.length > 0 ? [...(chained ? [calculusRule('chain rule')] : []), ...telling] : all.slice(0, 1);
}

function together(
  step: CellStep,
  parts: readonly Part[],
  rules: readonly Telling[],
  page: Page,
  { notebook }: Course,
): readonly Step[] {
  const { before: known, after, rewrites } = step;
  const of = page.quantity;
  const put = page.combined(parts, (part, names) => page.entry(derivativeOfPart(part, known), names));
  const found = parts.map((part) => derivativeOfPart(part, known));
  const { made: shares, notices } = noticing(() =>
    parts.map(({ outer, bound }, n) => contract([outer, found[n]!], bound)),
  );
  const cancels = notices.some((notice) => notice.rules.includes('cancellation'));
  const raw = sum(shares.map((share): Summand => [Q.one, share]));
  const fired = rulesFired(rewrites);
  const result = page.entry(after);
  if (!cancels || rewrites.length === 0 || same(raw, after))
    return [
      ...rewriteSteps(rewrites, notebook),
      stepFor(
        [...rules, ...(cancels ? [native.cancellation] : []), ...fired],
        shortest({ of, before: differing(put, result), after: result }, step, page, false),
        rewrites,
      ),
    ];
  const cancelled = page.entry(raw);
  return [
    stepFor([...rules, native.cancellation], { of, before: differing(put, cancelled), after: cancelled }),
    ...rewriteSteps(rewrites, notebook),
    stepFor(fired, { of, before: cancelled, after: result }, rewrites),
  ];
}
function inOneLine(step: CellStep, { pass, notebook, preset, endsInMatrices, first }: Course): readonly Step[] {
  const page = pageFor(step, notebook, preset);
  const { contributions, rewrites } = step;
  const of = page.quantity;
  const parts = contributions.map((c): Part => ({
    outer: notebook.named(c.coefficient),
    bound: c.bound,
    inner: { node: c.cell, at: c.at },
    flows: [c],
    depth: c.via.length,
  }));
  const after = page.entry(step.after);
  const halfway = isTrivial(parts, pass)
    ? page.sign(bodyOf(step))
    : page.combined(parts, ({ inner }, names) => page.sign(inner, names));
  const before = mentionsDerivative(halfway, partsOfExpression) ? differing(differing(halfway, of), after) : undefined;
  const equation = shortest({ of, before, after }, step, page, endsInMatrices);
  const used = [...usedRules(contributions, 0, pass), ...rulesFired(rewrites)];
  const rules = used.length > 0 ? used : flatRules(step);
  return [
    ...first(cellsOf(parts)),
    ...noticeSteps(step, notebook, () => page.names),
    ...rewriteSteps(rewrites, notebook),
    stepFor(rules, equation, rewrites),
  ];
}
/** Nothing comes through a sign or an indicator, whose derivative is 0: the rules that say so. */
function flatRules(step: CellStep): readonly Telling[] {
  const varies = variesWith(new Set(step.pass.targets));
  const found = new Set<string>();
  const look = ({ node }: Term): void => {
    if (!varies(node)) return;
    if (node.kind === 'apply') found.add(`derivative of ${entrywise[node.fn].called}`);
    childrenOf(node).forEach(look);
  };
  look(bodyOf(step));
  const rules = functionDerivatives.filter(({ name, to }) => found.has(name) && to.startsWith('0*'));
  return rules.length > 0 ? rules : [calculusRule('linearity')];
}
/** Longer formulas are not for reading. */
const longest = 40;

/** A long derivative stays as the rule leaves it, or is shown in matrices. */
function shortest(equation: Equation, { cell, pass, after }: CellStep, page: Page, endsInMatrices: boolean): Equation {
  const { of, before, after: written } = equation;
  const isShort = (e: Expression | undefined): boolean => e !== undefined && lengthOf(e) <= longest;
  if (isShort(written) && (!before || isShort(before))) return equation;
  if (isShort(written)) return { of, after: written };
  if (before && isShort(before) && (endsInMatrices || cell !== pass.of.node)) return { of, after: before };
  const whole = page.inMatrices(after);
  return whole && lengthOf(whole.after) < lengthOf(written) ? whole : { of, after: written };
}

const differing = (e: Expression | undefined, from: Expression): Expression | undefined =>
  e && toText(e) !== toText(from) ? e : undefined;

function distinct(steps: readonly Step[]): readonly Step[] {
  const seen = new Set<string>();
  return steps.filter((step) => {
    if (!step.of) return true;
    const key = toText(step.of);
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

// ---- formulas
// The formulas of one forward step: its quantity, and what rules make of it before anything is put in.

export interface Page {
  readonly names: IndexNames;
  readonly quantity: Expression;
  /** d(t)/d(x[k]), not worked out. */
  readonly sign: (t: Term, names?: IndexNames) => Expression;
  /** The sum of outer * what `write` makes of each part. */
  readonly combined: (
    parts: readonly Part[],
    write: (part: Part, names: IndexNames) => Expression,
    names?: IndexNames,
  ) => Expression;
  readonly entry: (t: Term, names?: IndexNames) => Expression;
  /** The names inside of a part's sum. */
  readonly within: (part: Part) => IndexNames;
  /** d(y)/d(x) = …, where it has such a form. */
  readonly inMatrices: (derivative: Term) => Equation | undefined;
}

/** What the step differentiates, over the indices that its contributions speak of. */
export const bodyOf = ({ cell, pass }: CellStep): Term =>
  cell.kind === 'symbol' && cell.symbol.definition
    ? cell.symbol.definition
    : cell === pass.of.node
      ? pass.of
      : open(cell);

/** `preset`: letters that the question itself gives to the entries of the result, then to those of the variable. */
export function pageFor(step: CellStep, notebook: Notebook, preset: readonly string[]): Page {
  const { pass, cell } = step;
  const names = namesFor(step, notebook, preset);
  const by = signOfTarget(pass, names);
  const sign = (t: Term, at: IndexNames = names): Expression => {
    const shown = notebook
      .cell(t.node)
      .at(new Map([...at, ...t.at.map((index, slot): [Index, string] => [slot, nameOrPosition(index, at)])]));
    return derivativeSign(shown, by);
  };
  const slots = [...cell.slots.keys()];
  const within = ({ bound }: Part, at = names): IndexNames =>
    notebook.nameIndices(
      bound.map(({ index }) => index),
      at,
      summedLetters,
    );
  return {
    names,
    quantity: sign({ node: cell, at: slots }),
    sign,
    combined: (parts, write, at = names) =>
      sumOf(
        positiveFirst(
          parts.map((part) => {
            const inner = within(part, at);
            const factor =
              isVariable(part.inner.node, pass) && part.inner.node.slots.length === 0 ? undefined : write(part, inner);
            const outer =
              parts.length > 1 ? signedEntry(part.outer, inner, notebook) : notebook.entry(part.outer, inner);
            return summedOver(part.bound, inner, factor ? multiplied(outer, factor) : outer);
          }),
        ).map((term) => ({ negative: false, term })),
      ),
    entry: (t, at = names) => notebook.entry(t, at),
    within,
    inMatrices: (derivative) => matrixEquation(derivative, step, notebook),
  };
}

function matrixEquation(derivative: Term, { cell, pass }: CellStep, notebook: Notebook): Equation | undefined {
  const { shape, axes, whole } = notebook.cell(cell);
  const [rows] = axesOfCell(cell, { shape, axes }).axes;
  const [target] = pass.targets;
  if (axes.length > 1 || pass.by.length > 1 || !whole || target?.kind !== 'symbol') return undefined;
  const [columns] = pass.by;
  if (rows && columns) {
    const after = notebook.matrix(derivative, { shape: matrix(rows[0]!.dim, columns.dim), axes: [rows, [columns]] });
    return after && { of: derivativeSign(whole, nameOf(target.symbol.name)), after };
  }
  const after = notebook.matrix(
    derivative,
    rows ? { shape, axes: [rows] } : { shape: target.symbol.shape, axes: columns ? [[columns]] : [] },
  );
  return after && { of: derivativeSign(whole, pass.seed ? undefined : nameOf(target.symbol.name)), after };
}

const isVariable = (node: Node, { targets }: Pass): boolean => targets.includes(node);
const nameOrPosition = (index: Index, names: IndexNames): string => (index < 0 ? String(-index) : names.get(index)!);

/** Among other terms -(a - b)*c is subtracted: no (b - a)*c to hide it. */
function signedEntry(t: Term, names: IndexNames, notebook: Notebook): Expression {
  const isTurned = partsOf(t).factors.some(([f, e]) => f.node.kind === 'sum' && Q.isOne(e) && beginsNegative(f));
  return isTurned ? negationOf(notebook.entry(negate(t), names)) : notebook.entry(t, names);
}
const positiveFirst = (terms: readonly Expression[]): readonly Expression[] =>
  terms.toSorted((a, b) => Number(a.kind === 'negation') - Number(b.kind === 'negation'));

function namesFor({ cell, pass }: CellStep, notebook: Notebook, preset: readonly string[]): IndexNames {
  const { axes } = notebook.cell(cell);
  const isResult = cell === pass.of.node;
  const given = new Map<Index, string>();
  const by = pass.by.map(({ index }) => index);
  if (isResult)
    for (const [slot, index] of pass.of.at.entries()) {
      const name = index < 0 ? String(-index) : notebook.indexNames.get(index);
      if (name !== undefined) given.set(slot, name);
    }
  const open = [...axes.filter((slot) => !given.has(slot)), ...by];
  if (isResult && preset.length === open.length) open.forEach((index, n) => given.set(index, preset[n]!));
  const own = notebook.nameIndices(axes, given, firstLetters);
  const all = notebook.nameIndices(by, own, secondLetters);
  return isResult
    ? new Map([...all, ...pass.of.at.map((index, slot): [Index, string] => [index, all.get(slot)!])])
    : all;
}

function signOfTarget({ targets, by, seed }: Pass, names: IndexNames): Expression | undefined {
  const [target] = targets;
  if (seed || target?.kind !== 'symbol') return undefined;
  const name = nameOf(target.symbol.name);
  return by.length > 0 ? subscript(name, ...by.map(({ index }) => nameOf(names.get(index)!))) : name;
}
