/** One question answered: the term, its form to print, the names it introduces, where it holds. */
import { native } from '../../rules/native.ts';
import type { Condition } from '../elaborate/conditions.ts';
import { refuseOutside } from '../elaborate/known.ts';
import { isLaidOut, turnedBy } from '../elaborate/derivatives.ts';
import { namesOf } from '../elaborate/scope.ts';
import type { CellStep } from './trace.ts';
import { formMaker, type FormMaker } from '../form/form.ts';
import { type NamedPart, shareParts } from '../form/share.ts';
import { toText } from '../print/text.ts';
import type { Chain, Telling } from '../rewrite/rule.ts';
import type { Shape } from '../shape/shape.ts';
import { everyPart, freeNames, namesIn } from '../syntax/parts.ts';
import type { Expression, Question } from '../syntax/tree.ts';
import type { Bound, Index, Term, TermSymbol } from '../terms/node.ts';
import { symbolsIn } from '../terms/substitute.ts';
import { call, nameOf } from '../syntax/build.ts';
import type { Evaluated, ProgramEngine } from './program-engine.ts';
import { positionsAsNames, substituted } from './substitution.ts';
import { type Printed, settled } from './settled.ts';
import { type Stacked, stackedForm } from './stacked.ts';
import { styleOf, valuesIn, writtenSums } from './style.ts';
import { conditionsIn, withAnswer } from './where.ts';

export interface Derivation {
  readonly question: Question;
  readonly shape: Shape;
  readonly term: Term;
  readonly axes: readonly (readonly Bound[])[];
  readonly expression: Expression;
  /** Where the answer is one entry: the names of its indices. */
  readonly indices: readonly string[] | undefined;
  /** Names that the answer introduces, each before it is used. */
  readonly where: readonly NamedPart[];
  readonly conditions: readonly Condition[];
  /** "x is held fixed". */
  readonly notes: readonly string[];
  /** What the layout of the program does with a derivative, which every step before has without it. */
  readonly layout: Telling | undefined;
  /** The answer as a matrix, with the columns of what it is made of under each other. */
  readonly stacked: Stacked | undefined;
  readonly steps: readonly CellStep[];
  /** What was rewritten outside of cells; the last chain ends at the term that is written. */
  readonly chains: readonly Chain[];
  /** How the last term became what is printed: read as a matrix expression or as one entry, then with letters for its parts. */
  readonly writings: readonly Writing[];
  readonly maker: FormMaker;
}

/** A step of notation. The expression means the term again, and with its letters put back the expression before. */
export type Writing =
  | { readonly rule: Telling; readonly before: Term; readonly after: Expression }
  | { readonly rule: Telling; readonly before: Expression; readonly after: Expression };

export interface AnswerOptions {
  /** May the answer introduce names for repeated parts? */
  readonly introduce: boolean;
}

const introducing: AnswerOptions = { introduce: true };

export function derivationOf(
  question: Question,
  engine: ProgramEngine,
  options: AnswerOptions = introducing,
): Derivation {
  const conditions = conditionsIn(question.expression, engine);
  const evaluated = engine.evaluate(question.expression);
  const bindings = new Map(
    question.at.map(({ name, value }) => [engine.world.symbol(name.name)!, engine.evaluate(value)] as const),
  );
  if (bindings.size === 0) return answersWith([{ question, evaluated, conditions }], engine, options)[0]!;
  refuseOutside(conditions, engine.world, (t) => engine.simplify(substituted(t, bindings).term).term);
  const put = substituted(evaluated.term, bindings);
  const last = engine.simplify(put.term);
  const chains = [...evaluated.chains, put, last];
  const atValues = { ...evaluated, term: last.term, chains };
  return answersWith([{ question, evaluated: atValues, conditions }], engine, options)[0]!;
}

/** The gradients of one scalar by several variables: one reverse sweep, and one list of names that they share. */
export function gradientsOf(
  of: Expression,
  by: readonly string[],
  engine: ProgramEngine,
  options: AnswerOptions = introducing,
): readonly Derivation[] {
  const asked = by.map((name): Question => ({
    kind: 'question',
    expression: call('grad', of, nameOf(name)),
    at: [],
    byCases: false,
  }));
  const conditions = asked.map(({ expression }) => conditionsIn(expression, engine));
  const found = engine.gradients(of, by);
  return answersWith(
    asked.map((question, n) => ({ question, evaluated: found[n]!, conditions: conditions[n]! })),
    engine,
    options,
  );
}

interface Asked {
  readonly question: Question;
  readonly evaluated: Evaluated;
  readonly conditions: readonly Condition[];
}

function answersWith(
  asked: readonly Asked[],
  engine: ProgramEngine,
  { introduce }: AnswerOptions,
): readonly Derivation[] {
  const values = asked.map(({ evaluated }) => evaluated);
  const expressions = asked.map(({ question }) => question.expression);
  const first = printedBy(engine, expressions, values, introduce);
  const { expressions: printed, where } = settled(
    first,
    values,
    !first.indices.some(Boolean),
    engine,
    (again, within) =>
      printedBy(
        within,
        questionsOf(within).map(({ expression }) => expression),
        again,
        introduce,
      ),
  );
  return asked.map(({ question, evaluated, conditions }, n) => ({
    question,
    shape: evaluated.shape,
    term: evaluated.term,
    axes: evaluated.axes,
    expression: printed[n]!,
    indices: first.indices[n],
    where,
    conditions: withAnswer(conditions, first.unshared[n]!, engine),
    notes: engine.notes(question.expression),
    layout: layoutRule(question.expression, engine),
    stacked:
      first.indices[n] && question.at.length === 0 && (engine.checked.layout ?? 'numerator') === 'numerator'
        ? stackedForm(
            question.expression,
            { term: first.spoken[n]!.term, axes: evaluated.axes },
            first.maker,
            where,
            engine.checked,
          )
        : undefined,
    steps: evaluated.steps,
    chains: [...evaluated.chains, first.spoken[n]!],
    writings: writingsOf(first.spoken[n]!.term, first.unshared[n]!, printed[n]!, first.indices[n] !== undefined),
    maker: first.maker,
  }));
}
function writingsOf(term: Term, form: Expression, printed: Expression, isEntry: boolean): readonly Writing[] {
  const read: Writing = { rule: native[isEntry ? 'one entry' : 'matrix form'], before: term, after: form };
  if (toText(form) === toText(printed)) return [read];
  return [read, { rule: native['a letter for a part'], before: form, after: printed }];
}

function layoutRule(e: Expression, { checked }: ProgramEngine): Telling | undefined {
  const { layout } = checked;
  if (!layout || e.kind !== 'call' || !isLaidOut(e)) return undefined;
  const [of, by] = e.arguments as readonly [Expression, Expression];
  const isTurned =
    layout === 'differential' ||
    (e.name !== 'hessian' && turnedBy(layout, checked.shapeOf(of), checked.shapeOf(by)) !== undefined);
  return isTurned ? native[`${layout} layout`] : undefined;
}

interface PrintedBy extends Printed {
  readonly indices: readonly (readonly string[] | undefined)[];
  /** The expressions without names of their own. */
  readonly unshared: readonly Expression[];
  /** The terms that were written, and how they came from the values. */
  readonly spoken: readonly Chain[];
  readonly maker: FormMaker;
}
function printedBy(
  engine: ProgramEngine,
  questions: readonly Expression[],
  values: readonly Evaluated[],
  introduce: boolean,
): PrintedBy {
  const { checked, world } = engine;
  const taken = new Set([...namesOf(checked), ...questions.flatMap(takenBy)]);
  const open = new Set(values.flatMap(({ term }) => term.at));
  const names = new Map<Index, string>(
    [...world.indexNames].flatMap(([name, index]) => (open.has(index) ? [[index, name] as const] : [])),
  );
  const maker = formMaker(styleOf(checked.program), names, taken, writtenSums(valuesIn(checked.program), world));
  const spoken = positionsAsNames(world);
  const chains = values.map(({ term }) => spoken(term));
  const forms = values.map((value, n) => maker.formOf(chains[n]!.term, value));
  const adjoints = adjointsBehind(values.map(({ term }) => term)).map((symbol) => ({
    name: symbol.name,
    value: definitionForm(symbol, maker),
  }));
  const unshared = forms.map(({ expression }) => expression);
  const all = [...unshared, ...adjoints.map(({ value }) => value)];
  const local = new Set([...forms.flatMap(({ indices }) => indices ?? []), ...names.values()]);
  const shared = introduce
    ? shareParts(all, new Set([...taken, ...adjoints.map(({ name }) => name)]), local)
    : { expressions: all, where: [] };
  const named = adjoints.map(({ name }, n): NamedPart => ({ name, value: shared.expressions[values.length + n]! }));
  return {
    expressions: shared.expressions.slice(0, values.length),
    where: inOrder([...shared.where, ...named]),
    indices: forms.map(({ indices }) => indices),
    unshared,
    spoken: chains,
    maker,
  };
}
/** What sums of the question bind may be bound in the answer again. */
function takenBy(question: Expression): readonly string[] {
  const free = freeNames(question);
  const summed = new Set<string>();
  everyPart(question, (e) => e.kind === 'sum-over' && summed.add(e.index));
  return [...namesIn(question)].filter((name) => free.has(name) || !summed.has(name));
}
const questionsOf = ({ checked }: ProgramEngine): readonly Question[] =>
  checked.program.statements.filter((s): s is Question => s.kind === 'question');

/** The adjoints that a term rests on, each after those that it uses. */
function adjointsBehind(terms: readonly Term[]): readonly TermSymbol[] {
  const found = new Set<TermSymbol>();
  const look = (t: Term): void => {
    for (const symbol of symbolsIn(t)) {
      if (symbol.role !== 'adjoint' || found.has(symbol)) continue;
      look(symbol.definition!);
      found.add(symbol);
    }
  };
  terms.forEach(look);
  return [...found];
}
const definitionForm = (symbol: TermSymbol, maker: FormMaker): Expression =>
  maker.formOf(symbol.definition!, {
    shape: symbol.shape,
    axes: symbol.dims.map((dim, slot) => [{ index: slot, dim }]),
  }).expression;

/** Each name after those that its value uses. */
function inOrder(parts: readonly NamedPart[]): readonly NamedPart[] {
  const byName = new Map(parts.map((part) => [part.name, part]));
  const done = new Set<NamedPart>();
  const place = (part: NamedPart): void => {
    if (done.has(part)) return;
    for (const name of namesIn(part.value)) {
      const other = byName.get(name);
      if (other && other !== part) place(other);
    }
    done.add(part);
  };
  parts.forEach(place);
  return [...done];
}
