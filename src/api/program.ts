/** A program as users of the library hold it: read once, then asked. */
import { refuse } from '../basics/problem.ts';
import { parseQuestion } from '../parse/parse.ts';
import { statementToText } from '../print/text.ts';
import type { Call, Claim, Question } from '../syntax/tree.ts';
import { type Answer, answerFrom } from './answer-object.ts';
import { type AnswerSource, sourcesFor } from './answer-source.ts';
import { type ClaimVerdict, verdictOn } from './claims.ts';
import { mapOutcome, type Outcome, attemptWith, type Sources } from './outcome.ts';
import {
  type DerivativeName,
  derivativeQuestion,
  entryQuestion,
  questionOf,
  attempting,
  engineWith,
  type Reading,
  readProgram,
  type Settings,
  withSettings,
} from './reading.ts';
import { type ValueAndGrad, valueAndGradFrom } from './evaluator.ts';

/**
 * A program that has been read and checked. Expressions, questions and names are given as texts of the language; problems in
 * them come back as values with their place.
 *
 * @example
 * const program = parse('A in R^(d x m); x in R^m; b in R^d; r = A*x - b; f = 1/2*norm2(r)^2');
 * if (program.ok) {
 *   const answer = program.value.grad('f', 'A');
 *   if (answer.ok) console.log(answer.value.text); // r*x'
 * }
 */
export interface MatrixProgram {
  readonly text: string;
  /** The questions and claims that stand in the program, in order. */
  readonly questions: () => readonly ProgramQuestion[];
  /** Answers any question: `jacobian(y, z)[i,k]`, `grad(h, s) at s = [1; 2]`, `v*jacobian(s, x)`, `x'*x + 2*x'*x`. */
  readonly ask: (question: string, settings?: Settings) => Outcome<Answer>;
  /** The same for `grad(f, A, b)`, `grad(f, [A, b])`, `jacobian(y, [x, b])`: one answer for each variable. Names in `where` mean the same in all gradients. */
  readonly askAll: (question: string, settings?: Settings) => Outcome<readonly Answer[]>;
  /**
   * The gradient of a scalar, shaped like the variable. With a list of variables, a list of gradients.
   *
   * @example program.grad('f', 'A'); program.grad('f', ['A', 'b'])
   */
  readonly grad: {
    (of: string, by: string, settings?: Settings): Outcome<Answer>;
    (of: string, by: readonly string[], settings?: Settings): Outcome<readonly Answer[]>;
  };
  /** J[i,k] = dy[i]/dx[k]; where y or x is a scalar the shape of the other; a tensor shaped shape(y) ++ shape(x) for matrices. */
  readonly jacobian: (of: string, by: string, settings?: Settings) => Outcome<Answer>;
  /** n x n for a vector, shape(x) ++ shape(x) for a matrix. */
  readonly hessian: (of: string, by: string, settings?: Settings) => Outcome<Answer>;
  /** The Jacobian times a direction shaped like the variable: shaped like y. */
  readonly jvp: (of: string, by: string, direction: string) => Outcome<Answer>;
  /** The weights, shaped like y, times the Jacobian: shaped like the variable. */
  readonly vjp: (of: string, by: string, weights: string) => Outcome<Answer>;
  /** The Hessian times a direction, both shaped like the variable. */
  readonly hvp: (of: string, by: string, direction: string) => Outcome<Answer>;
  /** A scalar and its gradients, compiled into one function. */
  readonly valueAndGrad: (of: string, by: string | readonly string[]) => Outcome<ValueAndGrad>;
  /** One entry of a question's answer. Indices are names or positions from 1: `entry('jacobian(y, z)', 'i', 'k')`. */
  readonly entry: (question: string, ...indices: readonly (string | number)[]) => Outcome<Answer>;
  /**
   * Is a claim true wherever both sides exist? `a == b`, or `check a == b`.
   *
   * @returns `proved` with the rules used, `refuted` with a counterexample, or `undecided` with the reason.
   */
  readonly check: (claim: string, settings?: Settings) => Outcome<ClaimVerdict>;
}

/** A question or claim of the program itself. */
export type ProgramQuestion = ProgramAsk | ProgramClaim;
export interface ProgramAsk {
  readonly kind: 'question';
  readonly text: string;
  readonly byCases: boolean;
  readonly answers: () => Outcome<readonly Answer[]>;
}
export interface ProgramClaim {
  readonly kind: 'claim';
  readonly text: string;
  readonly verdict: () => Outcome<ClaimVerdict>;
}

/**
 * Reads and checks a program: declarations, definitions, questions and claims, one per line or separated by `;`.
 *
 * @returns The program, or the first problem in it: kind `syntax`, `name`, `shape`, `index`, `fact`, `question` or `limit`,
 *   with line and column. An empty text is a program without declarations.
 * @param settings For all answers: `{ layout: 'numerator' }`. A single question may have settings of its own; they must agree with the program's.
 * @example const program = parse('z in R^n; tau > 0; y = softmax(z/tau)');
 */
export function parse(text: string, settings?: Settings): Outcome<MatrixProgram> {
  return mapOutcome(readProgram(text, 'program', settings), programOf);
}

function programOf(reading: Reading): MatrixProgram {
  type Read = (sources: Sources) => Question | Claim;
  const answers = (read: Read, settings?: Settings): Outcome<readonly AnswerSource[]> =>
    attempting(reading, (sources) => {
      const question = read(sources);
      if (question.kind === 'claim')
        return refuse({ kind: 'question', message: 'this is a claim', hint: 'program.check(…)' });
      return sourcesFor(question, engineWith(withSettings(reading, settings), question));
    });
  const single = (read: Read, settings?: Settings): Outcome<Answer> =>
    mapOutcome(onlyOne(answers(read, settings)), answerFrom);
  const all = (read: Read, settings?: Settings): Outcome<readonly Answer[]> =>
    mapOutcome(answers(read, settings), (found) => found.map(answerFrom));
  const derivative =
    (kind: DerivativeName) =>
    (...texts: readonly string[]): Outcome<Answer> =>
      single((sources) => derivativeQuestion(kind, texts, sources));
  const by =
    (kind: DerivativeName) =>
    (of: string, variable: string, settings?: Settings): Outcome<Answer> =>
      single((sources) => derivativeQuestion(kind, [of, variable], sources), settings);
  const asked = (text: string) => (sources: Sources) => sources.read('question', text, parseQuestion);
  return {
    text: reading.text,
    questions: () => questionsOf(reading),
    ask: (question, settings) => single(asked(question), settings),
    askAll: (question, settings) => all(asked(question), settings),
    grad: ((of: string, variables: string | readonly string[], settings?: Settings) =>
      typeof variables === 'string'
        ? by('grad')(of, variables, settings)
        : all((sources) => derivativeQuestion('grad', [of, ...variables], sources), settings)) as MatrixProgram['grad'],
    jacobian: by('jacobian'),
    hessian: by('hessian'),
    jvp: derivative('jvp'),
    vjp: derivative('vjp'),
    hvp: derivative('hvp'),
    valueAndGrad: (of, by) => valueAndGradOf(reading, of, typeof by === 'string' ? [by] : by),
    entry: (question, ...indices) => single((sources) => entryQuestion(question, indices, sources)),
    check: (claim, settings) =>
      attempting(reading, (sources) => verdictFor(withSettings(reading, settings), claim, sources)),
  };
}

function onlyOne(outcome: Outcome<readonly AnswerSource[]>): Outcome<AnswerSource> {
  if (!outcome.ok) return outcome;
  const [only, ...others] = outcome.value;
  if (others.length === 0 && only) return { ok: true, value: only };
  const problem = {
    kind: 'question',
    message: `this asks for ${outcome.value.length} derivatives`,
    hint: 'askAll(…)',
  } as const;
  return { ok: false, problem };
}

function verdictFor(reading: Reading, claim: string, sources: Sources): ClaimVerdict {
  const question = sources.read('claim', claim, parseQuestion);
  if (question.kind !== 'claim') return refuse({ kind: 'question', message: 'this is not a claim', hint: 'a == b' });
  return verdictOn(question, engineWith(reading, question));
}

function valueAndGradOf(reading: Reading, of: string, by: readonly string[]): Outcome<ValueAndGrad> {
  return attempting(reading, (sources) => {
    const question = derivativeQuestion('grad', [of, ...by], sources);
    const engine = engineWith(reading, question);
    const [value] = sourcesFor(questionOf((question.expression as Call).arguments[0]!), engine);
    const gradients = sourcesFor(question, engine);
    const computations = [value!, ...gradients].map((source) => source.computation());
    return valueAndGradFrom(answerFrom(value!), gradients.map(answerFrom), computations);
  });
}

function questionsOf({ program, engine, sources }: Reading): readonly ProgramQuestion[] {
  return program.statements.flatMap((statement): readonly ProgramQuestion[] => {
    const text = (): string => statementToText(statement).replace(/^check /, '');
    if (statement.kind === 'claim')
      return [{ kind: 'claim', text: text(), verdict: () => attemptWith(sources, () => verdictOn(statement, engine)) }];
    if (statement.kind !== 'question') return [];
    const answers = (): Outcome<readonly Answer[]> =>
      attemptWith(sources, () => sourcesFor(statement, engine).map(answerFrom));
    return [{ kind: 'question', text: text(), byCases: statement.byCases, answers }];
  });
}
