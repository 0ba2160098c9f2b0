/** The formulas of one forward step: its quantity, and what rules make of it before anything is put in. */
import type { CellStep, Pass } from '../derive/trace.ts';
import * as Q from '../basics/rational.ts';
import { nameOf, negationOf, subscript, sumOf } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Index, Node, Term } from '../terms/node.ts';
import { open } from '../terms/substitute.ts';
import { matrix } from '../shape/shape.ts';
import { derivativeSign } from './derivative-sign.ts';
import type { Part } from './forward-parts.ts';
import { negate, partsOf } from '../terms/construct.ts';
import { beginsNegative, type IndexNames, summedOver } from './index-form.ts';
import { axesOfCell } from './layout.ts';
import { multiplied } from './multiplied.ts';
import { firstLetters, type Notebook, secondLetters, summedLetters } from './notebook.ts';
import type { Equation } from './step.ts';

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
