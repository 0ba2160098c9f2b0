/** One file or expression: its questions in order, each answered, shown and checked. */
import { sourcesFor, type AnswerSource } from '../api/answer-source.ts';
import type { Nested } from '../api/given.ts';
import { renderPlaced, type Outcome, type PlacedProblem } from '../api/outcome.ts';
import { readableAnswer } from '../api/readable-answer.ts';
import { attempting, type Reading, readProgram } from '../api/reading.ts';
import { type Kind, type Asked, derivativesBy, questionsOfProgram } from './asked.ts';
import {
  answerLines,
  caseLines,
  checkLines,
  innerWidth,
  latexLines,
  numberLines,
  type Page,
  stepLines,
} from './show-answer.ts';
import { labelled, complain, paintFor, say, widthOf } from './terminal.ts';
import { exitCodes, type ExitCode, graver, type Input } from './usage.ts';
import type { Claim } from '../syntax/tree.ts';

// ---- what the options ask for

export interface DeriveRequest {
  readonly by: readonly string[];
  readonly kind: Kind | undefined;
  readonly steps: 'main' | 'detail' | undefined;
  readonly cases: boolean;
  /** Values as the command line has them: `z=[1,2,3], tau=0.5`. */
  readonly at: readonly string[];
  readonly style: 'page' | 'latex' | 'json';
  /** Absent: no check. */
  readonly check: { readonly points: number; readonly seed: number } | undefined;
}

// ---- the questions in order

export async function deriveInput(input: Input, request: DeriveRequest, isOneOfMany: boolean): Promise<ExitCode> {
  const page: Page = { paint: paintFor(process.stdout), width: widthOf(process.stdout) };
  if (isOneOfMany && request.style === 'page') say(page.paint.dim(`# ${input.name}`), '');
  const reading = readProgram(input.text, input.name);
  if (!reading.ok) return failed(reading.problem);
  const asked = attempting(reading.value, (sources) =>
    request.by.length > 0
      ? derivativesBy(reading.value, request.by, request.kind, sources)
      : questionsOfProgram(reading.value, input.isFile),
  );
  if (!asked.ok) return failed(asked.problem);
  let code: ExitCode = exitCodes.ok;
  for (const one of asked.value) code = graver(code, await answer(one, reading.value, request, page));
  return code;
}

function failed(problem: PlacedProblem): ExitCode {
  complain(renderPlaced(problem));
  return exitCodes.problem;
}

async function answer(
  { question, engine }: Asked,
  reading: Reading,
  request: DeriveRequest,
  page: Page,
): Promise<ExitCode> {
  if (question.kind === 'claim') return judge(question, engine, reading, request, page);
  const found = attempting(reading, () => sourcesFor(question, engine));
  if (!found.ok) return failed(found.problem);
  let code: ExitCode = exitCodes.ok;
  for (const source of found.value) {
    // Gradients by several variables come from one derivation: it is told once.
    const steps = source === found.value.at(-1) ? request.steps : undefined;
    code = graver(code, await show[request.style](source, reading, { ...request, steps }, page));
  }
  return code;
}

async function judge(
  claim: Claim,
  engine: Asked['engine'],
  reading: Reading,
  request: DeriveRequest,
  page: Page,
): Promise<ExitCode> {
  const { verdictOn } = await import('../api/claims.ts');
  const { verdictCode, verdictLines } = await import('./show-verdict.ts');
  const found = attempting(reading, () => verdictOn(claim, engine));
  if (!found.ok) return failed(found.problem);
  if (request.style === 'json') say(JSON.stringify(found.value));
  if (request.style === 'page') say(...verdictLines(found.value, page), '');
  return verdictCode(found.value);
}

type Show = (source: AnswerSource, reading: Reading, request: DeriveRequest, page: Page) => Promise<ExitCode>;

const show: Readonly<Record<DeriveRequest['style'], Show>> = { page: showPage, latex: showLatex, json: showJson };

/** The answer is shown before anything is loaded that only serves to check or explain it. */
async function showPage(source: AnswerSource, reading: Reading, request: DeriveRequest, page: Page): Promise<ExitCode> {
  say(...answerLines(readableAnswer(source), page));
  if (request.cases || source.question.byCases || request.steps) {
    const { casesOf, stepsOf } = await import('../api/steps.ts');
    if (request.cases || source.question.byCases) say(...caseLines(casesOf(source), page));
    if (request.steps) say(...stepLines(stepsOf(source, request.steps), page));
  }
  const codes = [await showValue(source, reading, request, page), await showCheck(source, request, page)];
  say('');
  return codes.reduce(graver);
}

async function showValue(
  source: AnswerSource,
  reading: Reading,
  request: DeriveRequest,
  page: Page,
): Promise<ExitCode> {
  if (request.at.length === 0) return exitCodes.ok;
  const value = await valueAt(source, reading, request);
  if (!value.ok) return failed(value.problem);
  say(...labelled('value', numberLines(value.value, source.shape.kind === 'column', innerWidth(page)), page.paint.dim));
  return exitCodes.ok;
}

async function valueAt(source: AnswerSource, reading: Reading, { at }: DeriveRequest): Promise<Outcome<Nested>> {
  const [{ evaluateAnswer }, { valuesAt }] = await Promise.all([import('../api/evaluator.ts'), import('./at.ts')]);
  return attempting(reading, (sources) => evaluateAnswer(source.computation(), valuesAt(at, sources)));
}

async function showCheck(source: AnswerSource, { check }: DeriveRequest, page: Page): Promise<ExitCode> {
  if (!check) return exitCodes.ok;
  const { checkAnswer } = await import('../api/check/check.ts');
  const result = checkAnswer(source, check);
  say(...checkLines(result, page));
  return result.ok || result.points === 0 ? exitCodes.ok : exitCodes.wrong;
}

async function showLatex(source: AnswerSource): Promise<ExitCode> {
  return say(...latexLines(readableAnswer(source)));
}

async function showJson(source: AnswerSource, reading: Reading, request: DeriveRequest): Promise<ExitCode> {
  const { answerFrom } = await import('../api/answer-object.ts');
  const answer = answerFrom(source);
  const check = request.check && answer.check(request.check);
  const value = request.at.length > 0 ? await valueAt(source, reading, request) : undefined;
  if (value && !value.ok) return failed(value.problem);
  say(JSON.stringify({ ...answer.toJSON(), ...(check ? { check } : {}), ...(value ? { value: value.value } : {}) }));
  return check && !check.ok && check.points > 0 ? exitCodes.wrong : exitCodes.ok;
}
