/** `matgrad batch`: JSON lines in, JSON lines out, in order. One bad line never ends the run. */
import { attempt, type Problem, refuse } from '../diagnostics/problem.ts';
import { checkProgram } from '../elaborate/check.ts';
import { programEngine } from '../engine/engine.ts';
import { derivationOf, type Derivation } from '../engine/answer.ts';
import { standardCatalogue } from '../engine/catalogue.ts';
import { flatten, type Nested, sizesFrom } from '../engine/sizes.ts';
import { compileJavaScript } from '../emit/javascript.ts';
import { lower } from '../loops/lower.ts';
import { parseExpression, parseProgram, parseQuestion } from '../parse/parse.ts';
import { toLatex } from '../print/latex.ts';
import { toText } from '../print/text.ts';
import { axesOf } from '../shape/shape.ts';
import { operationsIn } from '../syntax/length.ts';
import { call, nameOf } from '../syntax/build.ts';
import type { Claim, Program, Question, Statement } from '../syntax/tree.ts';
import { type BatchRequest, declarationsFrom } from './request.ts';

export function answerLine(line: string): Readonly<Record<string, unknown>> {
  const started = performance.now();
  let request: BatchRequest;
  try {
    request = JSON.parse(line) as BatchRequest;
  } catch (error) {
    return { ok: false, error: { kind: 'request', message: `not a line of JSON: ${(error as Error).message}` } };
  }
  const id = request?.id;
  const outcome = attempt(() => answerRequest(request));
  const milliseconds = Math.round((performance.now() - started) * 100) / 100;
  return outcome.ok ? { id, ok: true, ...outcome.value, milliseconds } : { id, ok: false, error: errorOf(outcome.problem) };
}
const errorOf = ({ kind, message, hint }: Problem): Readonly<Record<string, unknown>> => ({ kind, message, line: 1, column: 1, ...(hint ? { hint } : {}) });

function answerRequest(request: BatchRequest): Readonly<Record<string, unknown>> {
  const question = questionFrom(request);
  if (question.kind === 'claim') return refuse({ kind: 'question', message: 'claims are not here yet' });
  const program = programFrom(request, question);
  const engine = programEngine(checkProgram(program), standardCatalogue());
  const derivation = derivationOf(question, engine, { introduce: request.let === undefined });
  const want = new Set(request.want ?? ['text']);
  const { expression, where, shape } = derivation;
  return {
    text: toText(expression),
    ...(want.has('latex') ? { latex: toLatex(expression) } : {}),
    shape: axesOf(shape).map(({ key }) => (/^\d+$/.test(key) ? Number(key) : key)),
    operations: operationsIn(expression),
    ...(where.length > 0 && request.let === undefined ? { where: where.map(({ name, value }) => ({ name, text: toText(value) })) } : {}),
    ...(want.has('value') ? { value: valueOf(derivation, engine.checked, request) } : {}),
  };
}

function questionFrom(request: BatchRequest): Question | Claim {
  if (request.ask !== undefined) return read(parseQuestion(request.ask));
  if (request.expr === undefined) return refuse({ kind: 'request', message: 'a request needs `ask`, or `expr` (with `wrt` and `kind` for a derivative)' });
  const expression = read(parseExpression(request.expr));
  if (!request.wrt) return { kind: 'question', expression, at: [], byCases: false };
  const kind = request.kind === 'gradient' ? 'grad' : (request.kind ?? 'jacobian');
  return { kind: 'question', expression: call(kind, expression, nameOf(request.wrt)), at: [], byCases: false };
}
function programFrom(request: BatchRequest, question: Question): Program {
  const own = request.program === undefined ? [] : read(parseProgram(request.program)).statements;
  const declared = request.vars ? declarationsFrom(request.vars) : [];
  const lets = (request.let ?? []).map(([name, text]): Statement => ({ kind: 'definition', name: { kind: 'name', name }, indices: [], value: read(parseExpression(text)) }));
  return { statements: [...declared, ...own, ...lets, question] };
}
const read = <T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }): T => (outcome.ok ? outcome.value : refuse(outcome.problem));

function valueOf({ term, axes }: Derivation, checked: ReturnType<typeof checkProgram>, request: BatchRequest): Nested {
  const values = request.values ?? {};
  const sizes = sizesFrom(checked, values, request.sizes);
  const evaluator = compileJavaScript(lower([{ name: 'out', term, axes }], sizes));
  const inputs = Object.fromEntries(evaluator.inputs.map(({ name }) => [name, Object.hasOwn(values, name) ? flatten(values[name]!) : refuse({ kind: 'value', message: `no value for ${name}` })]));
  const result = evaluator(inputs) as Float64Array;
  return nested(result, evaluator.outputs[0]!.axes);
}
function nested(data: Float64Array, axes: readonly number[], start = 0): Nested {
  if (axes.length === 0) return data[start]!;
  const [size, ...rest] = axes as [number, ...number[]];
  const step = rest.reduce((a, b) => a * b, 1);
  return Array.from({ length: size }, (_, n) => nested(data, rest, start + n * step));
}
