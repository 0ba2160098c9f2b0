/** How is a derivation told? Steps and cases as text, Unicode and LaTeX: plain data, also for JSON. */
import { type Case, casesOf as casesIn } from '../derive/cases.ts';
import { explain } from '../explain/explain.ts';
import { mapParts, namesIn } from '../syntax/parts.ts';
import { stepLatex, stepText, stepUnicode } from '../explain/render.ts';
import { type Equation, type Level, ruleOf, type Step } from '../explain/step.ts';
import type { NamedPart } from '../form/share.ts';
import { toLatex } from '../print/latex.ts';
import { toText, toUnicode } from '../print/text.ts';
import { nameOf, subscript } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { type Derivation, derivationOf } from '../derive/derivation.ts';
import type { AnswerSource } from './answer-source.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';

/** One step: which rule, a sentence for a student, and the formulas. */
export interface AnswerStep {
  /** The names of the rules, the most important first; `matgrad rules` lists them. */
  readonly rule: string;
  readonly says: string;
  /** One line for each equation: the step itself, what follows from it at once, and the same in matrices. */
  readonly text: readonly string[];
  readonly unicode: readonly string[];
  readonly latex: readonly string[];
  /** The two sides of the step itself. */
  readonly before: string;
  readonly after: string;
  readonly assumptions: readonly string[];
}

/** One case of an answer by cases: `i == k`, and what the entry is then. */
export interface AnswerCase {
  readonly when: string;
  readonly whenUnicode: string;
  readonly whenLatex: string;
  readonly text: string;
  readonly unicode: string;
  readonly latex: string;
}

/** What was told about an answer when it was stored. */
export interface Told {
  readonly steps: { readonly main: readonly AnswerStep[]; readonly detail: readonly AnswerStep[] };
  readonly cases: readonly AnswerCase[];
}
const isTold = (story: AnswerSource['story']): story is Told => 'cases' in story;

export function stepsOf({ story, engine }: AnswerSource, level: Level): readonly AnswerStep[] {
  if (!isTold(story)) return explain(story, engine, level).map(stepData);
  return level === 'answer' ? [] : story.steps[level];
}
export const casesOf = ({ story, engine }: AnswerSource): readonly AnswerCase[] =>
  isTold(story) ? story.cases : casesOfDerivation(story, engine);

function stepData(step: Step): AnswerStep {
  const equations = [step, step.so, step.inMatrices].filter((e): e is Equation => e !== undefined);
  const lines = (print: (e: Expression) => string): readonly string[] =>
    equations.map((equation) => chain(equation, print));
  return {
    rule: ruleOf(step),
    says: step.says,
    text: lines(stepText),
    unicode: lines(stepUnicode),
    latex: lines(stepLatex),
    before: stepText(step.before ?? step.of ?? step.after),
    after: stepText(step.after),
    assumptions: step.assumptions,
  };
}

const chain = ({ of, before, after }: Equation, print: (e: Expression) => string): string =>
  [of, before, after].flatMap((e) => (e ? [print(e)] : [])).join(' = ');

/** A matrix has its cases entry by entry; its indices are i and j unless the program has other plans for these names. */
function casesOfDerivation(derivation: Derivation, engine: ProgramEngine): readonly AnswerCase[] {
  const own = casesIn(derivation, engine);
  if (own.length > 1) return own.map((one) => caseData(one, derivation.where));
  if (derivation.shape.kind !== 'matrix' || derivation.indices) return [];
  const { checked } = engine;
  const taken = new Set([
    ...checked.variables.keys(),
    ...checked.definitions.keys(),
    ...checked.sizes,
    ...namesIn(derivation.question.expression),
  ]);
  const [i, j] = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 's'].filter((name) => !taken.has(name)) as [string, string];
  const expression = subscript(derivation.question.expression, nameOf(i), nameOf(j));
  const entry = derivationOf({ ...derivation.question, expression }, engine, { introduce: false });
  const cases = casesIn(entry, engine);
  // The entries of [s[2], s[1]; 1, 0] are not told better one by one.
  const isGeneral = cases.every(({ conditions }) =>
    conditions.every(({ left, right }) => left.kind === 'name' && right.kind === 'name'),
  );
  return cases.length > 1 && isGeneral ? cases.map((one) => caseData(one, derivation.where)) : [];
}

const relations = { '==': ['==', '=', '='], '!=': ['!=', '≠', '\\ne'] } as const;

function caseData({ conditions, value: spelled }: Case, where: readonly NamedPart[]): AnswerCase {
  const value = withNames(spelled, where);
  const when = (style: 0 | 1 | 2, print: (e: Expression) => string, and: string): string =>
    conditions
      .map(({ comparison, left, right }) => `${print(left)} ${relations[comparison][style]} ${print(right)}`)
      .join(and);
  return {
    when: when(0, toText, ' and '),
    whenUnicode: when(1, toUnicode, ' and '),
    whenLatex: when(2, toLatex, ',\\; '),
    text: toText(value),
    unicode: toUnicode(value),
    latex: toLatex(value),
  };
}

/** In the words of the answer: with the names that it introduces. */
function withNames(e: Expression, where: readonly NamedPart[]): Expression {
  const names = new Map(where.map(({ name, value }) => [toText(value), name]));
  if (names.size === 0) return e;
  return mapParts(e, (part) => {
    const name = part.kind === 'name' || part.kind === 'number' ? undefined : names.get(toText(part));
    return name === undefined ? undefined : nameOf(name);
  });
}
