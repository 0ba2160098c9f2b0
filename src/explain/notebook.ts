/** How one explanation writes: the names of its cells, the letters it introduces, the letters of its indices. */
import { namesOf } from '../elaborate/scope.ts';
import { scalar } from '../shape/shape.ts';
import { attempt } from '../basics/problem.ts';
import type { Derivation } from '../derive/derivation.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import { upright } from './formulas.ts';
import { indexForm, indexSign, type IndexNames, type Notation, unbuiltForm } from './index-form.ts';
import {
  axesOfCell,
  type Layout,
  layoutOf,
  type MatrixOf,
  letteredCells,
  letterFor,
  nameSupply,
  type Use,
  type Letter,
  replaceCells,
  replaceNodes,
} from './letters.ts';
import type { Equation } from './step.ts';
import type { Axes, FormMaker } from '../form/form.ts';
import { nameOf, subscript } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import { mapParts, namesIn, partsOf } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import { rename } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Index, Node, Term } from '../terms/node.ts';
import type { Unbuilt } from '../terms/notice.ts';
import { open, symbolsIn } from '../terms/substitute.ts';

/** An unnamed function longer than this is called f. */
const longestFunction = 8;

export interface Cell extends Layout {
  readonly node: Node;
  /** Its name in the program, or its letter here. */
  readonly name: string | undefined;
  readonly at: (names: IndexNames) => Expression;
  readonly whole: Expression | undefined;
}

export interface Notebook {
  readonly cell: (node: Node) => Cell;
  readonly letters: ReadonlyMap<Node, Letter>;
  /** The names of all free indices, as the program and the question have them. */
  readonly indexNames: IndexNames;
  /** The named entry whose definition shows the letter: y[i] = exp(z[i])/S. */
  readonly shownIn: (node: Node) => Equation | undefined;
  /** What a letter stands for: an entry, and all of it. */
  readonly meaning: (node: Node, names: IndexNames) => Expression;
  readonly wholeMeaning: (node: Node) => Expression | undefined;
  /** With the program's names for what spells them. */
  readonly named: (t: Term) => Term;
  /** A number that is differentiated: letters only where its derivatives by them look for them. */
  readonly differentiated: (t: Term) => Expression;
  /** One that nothing else has. */
  readonly letter: (suggestions: readonly string[]) => string;
  /** With letters for what has one. */
  readonly short: (t: Term) => Term;
  readonly entry: (t: Term, names: IndexNames, summed?: readonly string[]) => Expression;
  /** A product or a function before normal form. */
  readonly unbuilt: (t: Unbuilt, names: IndexNames) => Expression;
  readonly matrix: MatrixOf;
  /** More letters for indices; `order` says which come first. */
  readonly nameIndices: (indices: readonly Index[], given: IndexNames, order?: readonly string[]) => IndexNames;
}

export const firstLetters = ['i', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't'];
export const summedLetters = ['j', 'l', 'm', 'i', 'k', 'n', 'p', 'q', 'r', 's', 't'];
export const secondLetters = ['k', 'l', 'i', 'j', 'm', 'n', 'p', 'q', 'r', 's', 't'];

export function takenNames(
  { checked }: ProgramEngine,
  { question, expression, where }: Derivation,
): ReadonlySet<string> {
  const positions = [...checked.variables.values()].flatMap(({ at }) => (at ? [...namesIn(at)] : []));
  const shown = [question.expression, expression, ...where.map(({ value }) => value)].flatMap((e) => [
    ...namesOfValues(e),
  ]);
  return new Set([...namesOf(checked), ...positions, ...shown, ...where.map(({ name }) => name)]);
}
/** Index names are free to be used again. */
function namesOfValues(e: Expression): ReadonlySet<string> {
  if (e.kind === 'subscript') return namesOfValues(e.of);
  if (e.kind === 'name' || e.kind === 'call')
    return new Set([e.name, ...partsOf(e).flatMap((part) => [...namesOfValues(part)])]);
  return new Set(partsOf(e).flatMap((part) => [...namesOfValues(part)]));
}

/**
 * Free indices of the program keep their names, and nothing else has them: those of definitions, of positions, and of the
 * question unless it names the entries of its own derivative.
 */
export function indicesOfProgram(
  { checked }: ProgramEngine,
  { question: { expression } }: Pick<Derivation, 'question'>,
): ReadonlySet<string> {
  const positions = [...checked.variables.values()].flatMap(({ at }) => (at?.kind === 'name' ? [at.name] : []));
  const defined = [...checked.definitions.values()].flatMap(({ value, indices }) =>
    [...checked.freeIndices(value).keys()].filter((name) => !indices.includes(name)),
  );
  const preset = presetLetters(expression);
  const asked = [...checked.freeIndices(expression).keys()].filter((name) => !preset.includes(name));
  return new Set([...positions, ...defined, ...asked]);
}

export function notebookFor(derivation: Derivation, engine: ProgramEngine): Notebook {
  const taken = takenNames(engine, derivation);
  const indexNames: IndexNames = new Map([...engine.world.indexNames].map(([name, index]) => [index, name]));
  const kept = indicesOfProgram(engine, derivation);
  const nameIndices = indexNamer(taken, new Map([...indexNames].filter(([, name]) => kept.has(name))));
  const letters = new Map<Node, Letter>();
  const functions = new Set(derivation.steps.map(({ pass }) => pass.of.node));
  const writer = writerFor(derivation.maker, letters, nameIndices, functions);
  const supply = nameSupply(new Set([...taken, ...firstLetters]));
  giveLetters(letters, derivation, supply, writer);
  const cells = new Map<Node, Cell>();
  const cell = (node: Node): Cell => {
    let known = cells.get(node);
    if (!known) cells.set(node, (known = viewOf(node, letters, writer)));
    return known;
  };
  return {
    ...writer,
    cell,
    letters,
    indexNames,
    shownIn: (node) => shownIn(letters.get(node)!, derivation, cell, writer),
    wholeMeaning: (node) => writer.inMatrices(writer.spelledOut(node), axesOfCell(node, cell(node))),
    named: engine.named,
    letter: supply,
  };
}

// ---- letters of indices

type NameIndices = Notebook['nameIndices'];

/** Those in `base` have their names; others get the first letter of the order that nothing else has. */
const indexNamer =
  (taken: ReadonlySet<string>, base: IndexNames): NameIndices =>
  (indices, given, order = firstLetters) => {
    const missing = [...new Set(indices)].filter((i) => i >= 0 && !given.has(i) && !base.has(i));
    if (missing.length === 0) return given.size > base.size ? given : new Map([...base, ...given]);
    const supply = nameSupply(new Set([...taken, ...base.values(), ...given.values()]));
    return new Map([...base, ...given, ...missing.map((i): [Index, string] => [i, supply(order)])]);
  };

// ---- terms written down

/** The part of a notebook that needs no cells: how terms are written with the letters that there are so far. */
type Writer = Pick<
  Notebook,
  'short' | 'entry' | 'unbuilt' | 'meaning' | 'matrix' | 'differentiated' | 'nameIndices'
> & {
  /** What a letter stands for, other letters put in. */
  readonly spelledOut: (node: Node) => Term;
  readonly inMatrices: MatrixOf;
};

function writerFor(
  maker: FormMaker,
  letters: ReadonlyMap<Node, Letter>,
  nameIndices: NameIndices,
  functions: ReadonlySet<Node>,
): Writer {
  const notationWith = (summed: readonly string[]): Notation => ({
    nameIndices: (indices, given) => nameIndices(indices, given, summed),
    entry: (t, names) => {
      // At fresh indices: the slots of a term's own parts must not be taken for named ones.
      const fresh = new Map([...new Set(t.at)].filter((i) => i >= 0 && names.has(i)).map((i) => [i, freshIndex()]));
      const named = new Map([...fresh].map(([i, own]) => [own, names.get(i)!]));
      const written = attempt(() => maker.entry(rename(t, fresh), named));
      return written.ok ? mapParts(written.value, knownPosition) : undefined;
    },
  });
  const notation = notationWith(summedLetters);
  /** The function itself has a letter only where its derivative is meant. */
  const abbreviation = (node: Node): Letter | undefined =>
    letters.get(node)?.use === 'function' ? undefined : letters.get(node);
  const short = (t: Term): Term => (letters.size === 0 ? t : replaceNodes(t, abbreviation));
  const spelledOut = (node: Node): Term =>
    functions.has(node) ? replaceCells(open(node), abbreviation) : replaceNodes(open(node), abbreviation, node);
  const inMatrices = (t: Term, axes: Axes): Expression | undefined => {
    const form = attempt(() => maker.formOf(t, axes));
    return !form.ok || form.value.indices ? undefined : upright(form.value.expression);
  };
  return {
    nameIndices,
    short,
    spelledOut,
    entry: (t, names, summed) => indexForm(short(t), names, summed ? notationWith(summed) : notation),
    unbuilt: (t, names) => unbuiltForm(t, names, notation),
    meaning: (node, names) => indexForm(spelledOut(node), names, notation),
    inMatrices,
    differentiated: (t) => {
      const spelled = replaceCells(t, abbreviation);
      return inMatrices(spelled, { shape: scalar, axes: [] }) ?? indexForm(spelled, new Map(), notation);
    },
    matrix: (t, axes) => inMatrices(short(t), axes),
  };
}

/** A position that is known stands among the names of indices, too. */
const knownPosition = (e: Expression): Expression | undefined => (e.kind === 'name' ? indexSign(e.name) : undefined);

// ---- cells and their letters

/** Divisors and long arguments first; then what is differentiated, where it has no name and is long. */
function giveLetters(
  letters: Map<Node, Letter>,
  { steps }: Derivation,
  supply: Notebook['letter'],
  writer: Writer,
): void {
  const give = (node: Node, use: Use): void =>
    void letters.set(node, letterFor(node, use, layoutOf(node, writer.matrix), supply, 1e4 + letters.size));
  for (const [node, use] of letteredCells(steps)) give(node, use);
  for (const { pass } of steps) {
    const { node } = pass.of;
    if (node.kind === 'symbol' || letters.has(node)) continue;
    const shown = viewOf(node, letters, writer).at(writer.nameIndices([...node.slots.keys()], new Map()));
    if (lengthOf(shown) > longestFunction) give(node, 'function');
  }
}

function viewOf(
  node: Node,
  letters: ReadonlyMap<Node, Letter>,
  { meaning, matrix, spelledOut, inMatrices }: Writer,
): Cell {
  const known = letters.get(node);
  const letter = node.kind === 'symbol' ? node.symbol : known?.symbol;
  const layout = known ? { shape: known.symbol.shape, axes: known.axes } : layoutOf(node, matrix);
  const { axes } = layout;
  if (letter) {
    const name = nameOf(letter.name);
    return { ...layout, node, name: letter.name, whole: name, at: (names) => entryAt(name, axes, names) };
  }
  const whole = inMatrices(spelledOut(node), axesOfCell(node, layout));
  const at = (names: IndexNames): Expression => {
    const written = meaning(node, names);
    return whole && hasSum(written) ? entryAt(whole, axes, names) : written;
  };
  return { ...layout, node, name: undefined, whole, at };
}

function shownIn(
  { symbol }: Letter,
  { steps }: Derivation,
  cell: Notebook['cell'],
  { short, entry, nameIndices }: Writer,
): Equation | undefined {
  const user = steps
    .map((step) => step.cell)
    .find((c) => c.kind === 'symbol' && c.symbol.definition && symbolsIn(short(c.symbol.definition)).has(symbol));
  if (user?.kind !== 'symbol') return undefined;
  const names = nameIndices([...user.slots.keys()], new Map());
  return { of: cell(user).at(names), after: entry(user.symbol.definition!, names) };
}

const entryAt = (of: Expression, axes: readonly Index[], names: IndexNames): Expression =>
  axes.length === 0 ? of : subscript(of, ...axes.map((slot) => indexSign(names.get(slot)!)));
const hasSum = (e: Expression): boolean => e.kind === 'sum-over' || partsOf(e).some(hasSum);

// ---- the question's own letters
// jacobian(y, z)[i,k] names its own indices.

export function presetLetters(e: Expression): readonly string[] {
  if (e.kind !== 'subscript' || e.of.kind !== 'call') return [];
  const names = e.indices.flatMap((i) => (i.kind === 'name' ? [i.name] : []));
  return names.length === e.indices.length && new Set(names).size === names.length ? names : [];
}
