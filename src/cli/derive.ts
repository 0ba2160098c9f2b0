/** `matgrad derive`: answers, for reading. */
import { sourcesFor, type AnswerSource } from '../api/answer-source.ts';
import type { Nested } from '../api/given.ts';
import { renderPlaced, type Outcome, type PlacedProblem } from '../api/outcome.ts';
import { readableAnswer } from '../api/readable-answer.ts';
import { attempting, type Reading, readProgram } from '../api/reading.ts';
import { kinds, type Kind, type Asked, derivativesBy, questionsOfProgram } from './asked.ts';
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
import { say, labelled, complain, paintFor, widthOf } from './terminal.ts';
import {
  exitCodeHelp,
  exitCodes,
  type ExitCode,
  graver,
  readInput,
  type Arguments,
  oneOf,
  readArguments,
  UsageError,
  wholeNumber,
  version,
  type Input,
} from './usage.ts';
import { toNested } from '../evaluate/array.ts';
import { parseBindings } from '../parse/parse.ts';
import { type Claim, type Layout, layouts } from '../syntax/tree.ts';

export const help = `Derivatives in closed form.

Usage: matgrad derive EXPRESSION --wrt VARIABLE [options]
       matgrad derive FILE.mg … [options]        (- reads standard input)

The expression may be a whole program: declarations, definitions and questions, separated by semicolons.
Without --wrt the questions that stand in it are answered.

Options:
  --wrt X            differentiate by X; several: --wrt A,b
  --kind KIND        gradient, jacobian or hessian; unless told, gradient for a scalar, otherwise jacobian
  --layout LAYOUT    numerator, denominator or differential, as "layout = …" in a program
  --steps[=LEVEL]    how it was found: main (as in lecture notes) or detail
  --cases            the entry by cases, i = k and i ≠ k
  --at 'x=[1,2]'     the answer as numbers there; also 'A=[1,2;3,4], tau=0.5'
  --latex            LaTeX only
  --json             one line of JSON per question
  --points N         points of the numeric check (5)
  --seed N           which random points (1)
  --no-check         no numeric check
  -h, --help         this text
  -V, --version      the version

Examples:
  matgrad derive "softmax(z/tau)" --wrt z --steps
  matgrad derive "softmax(z/tau)" --wrt z --at 'z=[1,2,3], tau=0.5'
  matgrad derive "S in R^(n x n), symmetric; x'*S*x" --wrt x --kind hessian
  matgrad derive "A in R^(m x n); b in R^m; f = norm2(A*x - b)^2; grad(f, x)"
  matgrad derive examples/least-squares.mg --latex

${exitCodeHelp}`;

const options = {
  wrt: { type: 'string', multiple: true },
  kind: { type: 'string' },
  layout: { type: 'string' },
  steps: { type: 'string' },
  cases: { type: 'boolean' },
  at: { type: 'string', multiple: true },
  latex: { type: 'boolean' },
  json: { type: 'boolean' },
  points: { type: 'string' },
  seed: { type: 'string' },
  'no-check': { type: 'boolean' },
} as const;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args.map(withLevel), options);
  if (values.help) return say(help);
  if (values.version) return say(`matgrad ${version()}`);
  if (positionals.length === 0)
    throw new UsageError('derive needs an expression or a file', 'matgrad derive "x\'*A*x" --wrt x');
  const request = requestFrom(values);
  let code: ExitCode = exitCodes.ok;
  for (const argument of positionals)
    code = graver(code, await deriveInput(readInput(argument), request, positionals.length > 1));
  return code;
}

/** --steps alone means --steps=main. */
const withLevel = (argument: string): string => (argument === '--steps' ? '--steps=main' : argument);

type Values = Arguments<typeof options>['values'];

function requestFrom(values: Values): DeriveRequest {
  const kind = oneOf(values.kind, kinds, 'kind');
  if (values.kind && !values.wrt) throw new UsageError('--kind goes with --wrt');
  const points = wholeNumber(values.points, 'points', 1, 1000) ?? 5;
  const seed = wholeNumber(values.seed, 'seed', 0, 2 ** 31) ?? 1;
  return {
    by: values.wrt ?? [],
    kind,
    layout: oneOf(values.layout, layouts, 'layout'),
    steps: oneOf(values.steps, ['main', 'detail'] as const, 'steps'),
    cases: values.cases ?? false,
    at: values.at ?? [],
    style: values.json ? 'json' : values.latex ? 'latex' : 'page',
    check: values['no-check'] ? undefined : { points, seed },
  };
}

// ---- one input
// One file or expression: its questions in order, each answered, shown and checked.

// ---- what the options ask for

export interface DeriveRequest {
  readonly by: readonly string[];
  readonly kind: Kind | undefined;
  readonly layout: Layout | undefined;
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
  const reading = readProgram(input.text, input.name, { layout: request.layout });
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
  const { verdictCode, verdictLines } = await import('./check.ts');
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

/** `--at 'z=[1,2,3], tau=0.5'`: values as the language writes them. */
async function valueAt(source: AnswerSource, reading: Reading, { at }: DeriveRequest): Promise<Outcome<Nested>> {
  const { evaluateAnswer } = await import('../api/evaluator.ts');
  const { interpret } = await import('../evaluate/interpret.ts');
  return attempting(reading, (sources) => {
    const bindings = at.flatMap((text) => sources.read('--at', text, parseBindings));
    const nothing = { values: new Map(), sizes: {} };
    const values = bindings.map(({ name, value }) => [name.name, toNested(interpret(value, nothing))] as const);
    return evaluateAnswer(source.computation(), Object.fromEntries(values));
  });
}

async function showCheck(source: AnswerSource, { check }: DeriveRequest, page: Page): Promise<ExitCode> {
  if (!check) return exitCodes.ok;
  const { checkAnswer } = await import('../api/check.ts');
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
