/** Is the answer to a program's question right, printable, repeatable and quick? Everything that is not, as findings. */
import type { TestFunction } from '../../src/evaluate/interpret.ts';
import katex from 'katex';
import { InvariantError, Refusal } from '../../src/basics/problem.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import { compileJavaScript, type HandedFunction } from '../../src/loops/emit/javascript.ts';
import { type Derivation, derivationOf } from '../../src/derive/derivation.ts';
import { standardCatalogue } from '../../src/derive/catalogue.ts';
import { programEngine } from '../../src/derive/program-engine.ts';
import { array, type NumericArray, largestRelativeError } from '../../src/evaluate/array.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { lower } from '../../src/loops/lower.ts';
import { parseExpression, parseProgram } from '../../src/parse/parse.ts';
import { toLatex } from '../../src/print/latex.ts';
import { toText } from '../../src/print/text.ts';
import { axesOf } from '../../src/shape/shape.ts';
import { evaluateDim } from '../../src/shape/dim.ts';
import { everyPart } from '../../src/syntax/parts.ts';
import type { Definition, Expression, Program, Question } from '../../src/syntax/tree.ts';
import { mapParts } from './parts.ts';
import {
  allValues,
  differentialName,
  named,
  entries,
  type Place,
  placeFor,
  referenceFor,
  shapeNumbers,
  type Sizes,
  type Values,
  valueAt,
  withDifferentials,
} from './reference.ts';

export type Fault =
  | 'unparsed' // the generator and the grammar disagree
  | 'refused' // a Refusal: maybe right, listed by message
  | 'crash' // any other exception
  | 'wrong value' // compiled answer against finite differences
  | 'wrong text' // printed answer against finite differences
  | 'latex' // KaTeX does not render it
  | 'unreadable' // the printed text is refused
  | 'read differently' // the printed text has another value or shape when asked again
  | 'no fixed point' // the printed text prints differently when asked again
  | 'unsaid' // the reference has a kink here, and no condition of the answer says so
  | 'slow';

export interface Finding {
  readonly fault: Fault;
  /** What tells one defect from another: kept while shrinking. */
  readonly signature: string;
  readonly detail: string;
}
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly text?: string | undefined;
  readonly milliseconds: number;
  /** Were numbers compared? Not where the reference itself is no number or stands at a kink. */
  readonly compared: boolean;
}

export interface JudgeOptions {
  readonly sizes: Sizes;
  readonly seed?: number;
  readonly slowerThan?: number;
}

const tolerance = 2e-5;
const catalogue = standardCatalogue();

export function judge(text: string, { sizes, seed = 1, slowerThan = 1000 }: JudgeOptions): Verdict {
  const parsed = parseProgram(text);
  if (!parsed.ok)
    return failed({ fault: 'unparsed', signature: parsed.problem.message, detail: parsed.problem.message });
  const program = parsed.value;
  const question = program.statements.at(-1);
  if (question?.kind !== 'question') return failed({ fault: 'unparsed', signature: 'no question', detail: text });

  const started = process.cpuUsage();
  let derivation: Derivation;
  let printed: string;
  try {
    derivation = answer(program, question);
    printed = toText(derivation.expression);
  } catch (error) {
    return failed(thrown(error));
  }
  const { user, system } = process.cpuUsage(started);
  const milliseconds = (user + system) / 1000;
  const findings: Finding[] = [];
  if (milliseconds > slowerThan)
    findings.push({ fault: 'slow', signature: 'slow', detail: `${Math.round(milliseconds)} ms` });
  findings.push(...latexFaults(derivation));
  findings.push(...readingFaults(program, derivation, printed));
  const numbers = numericFaults(program, question, derivation, sizes, seed);
  findings.push(...numbers.findings);
  const where = derivation.where.map(({ name, value }) => `${name} = ${toText(value)}`).join('; ');
  return { findings, text: where ? `${printed}   where ${where}` : printed, milliseconds, compared: numbers.compared };
}

const failed = (finding: Finding): Verdict => ({ findings: [finding], milliseconds: 0, compared: false });

const answer = (program: Program, question: Question, introduce = true): Derivation =>
  derivationOf(question, programEngine(checkProgram(program), catalogue), { introduce });

function thrown(error: unknown): Finding {
  if (error instanceof Refusal) {
    const { kind, message, hint } = error.problem;
    return {
      fault: 'refused',
      signature: `${kind}: ${general(message)}`,
      detail: hint ? `${message} (${hint})` : message,
    };
  }
  const { message, stack } = error as Error;
  const line =
    stack
      ?.split('\n')
      .find((l) => l.includes('/src/'))
      ?.trim() ?? '';
  const kind = error instanceof InvariantError ? 'invariant' : (error as Error).name;
  return { fault: 'crash', signature: `${kind}: ${general(message)}`, detail: `${kind}: ${message} ${line}` };
}
/** Names of this one program left out. */
const general = (message: string): string => message.replaceAll(/\b(?:[a-zA-Z]|\w+_\d+)\b|\d+/g, '·').slice(0, 100);

// ---- printing and reading again

function latexFaults({ expression, where }: Derivation): readonly Finding[] {
  const texts = [expression, ...where.map(({ value }) => value)].map((e) => toLatex(e));
  return texts.flatMap((latex): Finding[] => {
    try {
      katex.renderToString(latex, { strict: 'error', throwOnError: true, displayMode: true, maxExpand: 100_000 });
      return [];
    } catch (error) {
      return [{ fault: 'latex', signature: 'latex', detail: `${(error as Error).message}: ${latex}` }];
    }
  });
}

/** Answers in indices, with names of their own, and all others: they fail in different ways. */
const formOf = ({ indices, where }: Derivation): string =>
  where.length > 0 ? 'with names of its own' : indices ? 'in indices' : 'in matrices';

const hasDifferential = (e: Expression): boolean => {
  let found = e.kind === 'call' && e.name === 'd';
  mapParts(e, (part) => {
    found ||= hasDifferential(part);
    return part;
  });
  return found;
};

const shapeText = ({ shape }: Derivation): string =>
  axesOf(shape)
    .map(({ key }) => key)
    .join(' x ');

function readingFaults(program: Program, derivation: Derivation, printed: string): readonly Finding[] {
  if ([derivation.expression, ...derivation.where.map(({ value }) => value)].some(hasDifferential)) return [];
  const statements = program.statements.slice(0, -1);
  for (const { name, value } of derivation.where) {
    const read = parseExpression(toText(value));
    if (!read.ok)
      return [{ fault: 'unreadable', signature: 'definition', detail: `${toText(value)}: ${read.problem.message}` }];
    statements.push({
      kind: 'definition',
      name: { kind: 'name', name },
      indices: [],
      value: read.value,
    } satisfies Definition);
  }
  const read = parseExpression(printed);
  if (!read.ok) return [{ fault: 'unreadable', signature: 'parse', detail: `${printed}: ${read.problem.message}` }];
  const question: Question = { kind: 'question', expression: read.value, at: [], byCases: false };
  try {
    const again = answer({ statements: [...statements, question] }, question, derivation.where.length === 0);
    const once = toText(again.expression);
    if (once !== printed)
      return [{ fault: 'no fixed point', signature: formOf(derivation), detail: `${printed}   ->   ${once}` }];
    if (!derivation.indices && shapeText(again) !== shapeText(derivation))
      return [
        {
          fault: 'read differently',
          signature: 'shape',
          detail: `${printed} is ${shapeText(derivation)}, read again ${shapeText(again)}`,
        },
      ];
    return [];
  } catch (error) {
    const { fault, signature, detail } = thrown(error);
    return [{ fault: 'unreadable', signature: `${fault} ${signature}`, detail: `${printed}: ${detail}` }];
  }
}

// ---- numbers

interface Numbers {
  readonly findings: readonly Finding[];
  readonly compared: boolean;
}

function numericFaults(
  program: Program,
  question: Question,
  derivation: Derivation,
  sizes: Sizes,
  seed: number,
): Numbers {
  const plain = placeFor(program, sizes, seed);
  const place = hasDifferential(question.expression) ? withDifferentials(plain, seed) : plain;
  const open = [...place.checked.freeIndices(question.expression)];
  const names = open.map(([name]) => name);
  const ranges = open.map(([, dim]) => evaluateDim(dim, sizes)!);
  const overIndices = (f: (at: ReadonlyMap<string, number>) => NumericArray): NumericArray => {
    if (names.length === 0) return f(new Map());
    return array(
      [ranges.reduce((a, b) => a * b, 1)],
      entries(names, ranges, (at) => f(at).data[0]!),
    );
  };
  let expected: NumericArray;
  try {
    expected = overIndices(referenceFor(question, place));
  } catch (error) {
    // No value here: a singular matrix has no inverse.
    if (error instanceof Refusal && error.problem.kind === 'value') return { findings: [], compared: false };
    throw error;
  }
  if (!expected.data.every((x) => Math.abs(x) < 1e5)) return { findings: [], compared: false };

  const findings: Finding[] = [];
  const compare = (fault: Fault, value: () => NumericArray): void => {
    let got: NumericArray;
    try {
      got = value();
    } catch (error) {
      const { signature, detail, fault: kind } = thrown(error);
      findings.push({ fault: kind === 'crash' ? 'crash' : fault, signature: `evaluating: ${signature}`, detail });
      return;
    }
    const error = largestRelativeError(got, expected, 1e-2);
    if (error <= tolerance || statedConditionsFail(derivation, place)) return;
    for (const tiny of [0.002, 0.0002]) {
      const roughly = overIndices(referenceFor(question, { ...place, tiny }));
      if (largestRelativeError(got, roughly, 1e-2) < 1e-4) return;
    }
    if (changesSuddenly(got, expected, question, place, overIndices)) {
      // Differences cannot follow sin(2^x) where it turns a thousand times over their step.
      if (got.data.some((x) => Math.abs(x) > 1e4)) return;
      findings.push({
        fault: 'unsaid',
        signature: 'unsaid',
        detail: `here the answer does not hold, and its conditions do not say so`,
      });
    } else
      findings.push({
        fault,
        signature: fault,
        detail: `off by ${error.toPrecision(3)}: ${show(got)} instead of ${show(expected)}`,
      });
  };
  if (names.length === 0) compare('wrong value', () => compiledValue(derivation, place, expected.shape));
  compare('wrong text', () => textValue(derivation, place, overIndices));
  return { findings, compared: true };
}
const show = ({ shape, data }: NumericArray): string =>
  `[${shape.join(' x ')}] ${[...data]
    .slice(0, 8)
    .map((x) => x.toPrecision(5))
    .join(' ')}`;

/** Does the answer itself say that it does not hold here? */
function statedConditionsFail({ conditions }: Derivation, place: Place): boolean {
  return conditions.some(({ needs, of, whole }) => {
    let data: Float64Array;
    try {
      ({ data } = valueAt(of, place));
    } catch {
      return false;
    }
    const near = 0.02;
    switch (needs) {
      case 'nonzero':
        return whole ? data.every((x) => Math.abs(x) < near) : data.some((x) => Math.abs(x) < near);
      case 'positive':
      case 'nonnegative':
        return data.some((x) => x < near);
      case 'inside-unit':
        return data.some((x) => Math.abs(x) > 1 - near);
      case 'unit':
        return data.some((x) => Math.abs(x) > 1 - near);
      case 'probability':
        return data.some((x) => x < near || x > 1 - near);
      case 'off-poles':
        return data.some((x) => x < near && Math.abs(x - Math.round(x)) < near);
      case 'not-integer':
        return data.some((x) => Math.abs(x - Math.round(x)) < near);
      case 'natural':
        return data.some((x) => x < 0 || !Number.isInteger(x));
      case 'unique-maximum':
      case 'unique-minimum': {
        const sorted = data.toSorted();
        const ends = needs === 'unique-maximum' ? sorted.slice(-2) : sorted.slice(0, 2);
        return ends.reduce((a, b) => b - a) < near;
      }
      case 'distinct': {
        const sorted = data.toSorted();
        return sorted.some((x, n) => n > 0 && x - sorted[n - 1]! < near);
      }
      case 'principal':
      case 'definite':
      case 'invertible':
        return false;
    }
  });
}

/** Differences say nothing where the reference has a kink or a pole: it then changes much over a tiny way. */
function changesSuddenly(
  got: NumericArray,
  expected: NumericArray,
  question: Question,
  place: Place,
  overIndices: (f: (at: ReadonlyMap<string, number>) => NumericArray) => NumericArray,
): boolean {
  const random = randomNumbers(99);
  const by = namesDerivedBy(question.expression);
  const all = allValues(place, place.values);
  const given = [...all].filter(([name]) => place.values.has(name) || by.has(name));
  let [most, nearest] = [0, Infinity];
  for (let n = 0; n < 5; n++) {
    const nudge = 10 ** -(2 + n);
    const values: Values = new Map(
      given.map(([name, { shape, data }]) => [
        name,
        array(
          shape,
          data.map((x) => x + nudge * random.normal()),
        ),
      ]),
    );
    const near = overIndices(referenceFor(question, { ...place, values }));
    most = Math.max(most, largestRelativeError(near, expected, 1e-2));
    if (!got.data.some((x) => Number.isNaN(x))) nearest = Math.min(nearest, largestRelativeError(near, got, 1e-2));
  }
  return most > 0.1 || nearest < tolerance * 50;
}
function namesDerivedBy(e: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  everyPart(e, (part) => {
    if (
      part.kind === 'call' &&
      ['grad', 'jacobian', 'hessian', 'jvp', 'vjp', 'hvp'].includes(part.name) &&
      part.arguments[1]?.kind === 'name'
    )
      names.add(part.arguments[1].name);
  });
  return names;
}

const handed =
  (f: TestFunction, by: readonly number[]) =>
  (x: Float64Array, out: Float64Array): void =>
    out.set(f(by, [array([x.length], x)]).data);

export function compiledValue(derivation: Derivation, place: Place, shape: readonly number[]): NumericArray {
  const { term, axes } = derivation;
  const functions: Record<string, HandedFunction> = {};
  for (const [name, f] of place.functions) {
    functions[name] = { value: handed(f, []), jacobian: handed(f, [1]), hessian: handed(f, [1, 1]) };
  }
  const evaluator = compileJavaScript(lower([{ name: 'out', term, axes }], place.sizes), functions);
  const known = allValues(place, place.values);
  const inputs = Object.fromEntries(
    evaluator.inputs.map(({ name }): [string, Float64Array] => {
      const value = known.get(name.replace(/^d\((\w+)\)$/, (_, inner: string) => differentialName(inner)));
      if (!value) throw new Error(`the compiled answer asks for ${name}`);
      return [name, value.data];
    }),
  );
  const data = evaluator(inputs) as Float64Array;
  return { shape: data.length === shape.reduce((a, b) => a * b, 1) ? shape : [data.length], data };
}

function textValue(
  derivation: Derivation,
  place: Place,
  overIndices: (f: (at: ReadonlyMap<string, number>) => NumericArray) => NumericArray,
): NumericArray {
  const more = new Map<string, NumericArray>();
  for (const { name, value } of derivation.where) more.set(name, valueAt(named(value), place, undefined, more));
  const expression = named(derivation.expression);
  const { indices } = derivation;
  if (!indices || indices.length === 0) return overIndices((at) => valueAt(expression, place, at, more));
  const extents = derivation.axes.flat().map(({ dim }) => evaluateDim(dim, place.sizes)!);
  const shape = shapeNumbers(derivation.shape, place.sizes);
  return array(
    shape,
    entries(indices, extents, (at) => valueAt(expression, place, at, more).data[0]!),
  );
}
