/** Is this a request of batch mode, and which program and question does it make? */
import { extentsGiven, type Nested, numbersIn, checkSizes } from '../api/given.ts';
import type { Sources } from '../api/outcome.ts';
import { questionOf, settingsIn } from '../api/reading.ts';
import { refuse } from '../basics/problem.ts';
import { closest } from '../basics/words.ts';
import { parseExpression, parseProgram, parseQuestion } from '../parse/parse.ts';
import { call } from '../syntax/build.ts';
import { factNames } from '../syntax/facts.ts';
import { type Structure, structureNames } from '../../rules/structures.ts';
import type { Claim, Declaration, Fact, Layout, Program, Question, Statement } from '../syntax/tree.ts';

export const wants = [
  'text',
  'unicode',
  'latex',
  'shape',
  'operations',
  'where',
  'steps',
  'cases',
  'value',
  'conditions',
  'notes',
  'check',
  'verdict',
] as const;
export type Want = (typeof wants)[number];

export interface BatchVariable {
  readonly shape: readonly (string | number)[];
  readonly domain: string;
}

export interface BatchRequest {
  readonly program?: string | undefined;
  readonly ask?: string | undefined;
  readonly vars: ReadonlyMap<string, BatchVariable>;
  readonly expr?: string | undefined;
  readonly wrt?: string | undefined;
  readonly kind?: 'grad' | 'jacobian' | 'hessian' | undefined;
  /** Of the derivative by `wrt`. */
  readonly within?: Structure | undefined;
  readonly layout?: Layout | undefined;
  readonly let?: readonly (readonly [name: string, text: string])[] | undefined;
  readonly sizes: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, Nested>>;
  readonly want: ReadonlySet<Want>;
}

type Fields = Readonly<Record<string, unknown>>;

const fail = (message: string, hint?: string): never => refuse({ kind: 'request', message, hint });

export function requestFrom(data: unknown): BatchRequest {
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return fail('a request is an object, {"program": …, "ask": …}');
  const fields = data as Fields;
  const request: BatchRequest = {
    program: text(fields, 'program'),
    ask: text(fields, 'ask'),
    vars: variablesIn(fields),
    expr: text(fields, 'expr'),
    wrt: text(fields, 'wrt'),
    kind: kindIn(fields),
    within: withinIn(fields),
    layout: text(fields, 'layout') as Layout | undefined,
    let: letsIn(fields),
    sizes: sizesIn(fields),
    values: valuesIn(fields),
    want: wantsIn(fields),
  };
  if (request.ask === undefined && request.expr === undefined)
    fail('a request needs `ask`, or `expr` (with `wrt` and `kind` for a derivative)');
  if (request.ask !== undefined && request.expr !== undefined) fail('a request has `ask` or `expr`, not both');
  for (const field of ['kind', 'within'] as const)
    if (request[field] !== undefined && request.wrt === undefined) fail(`\`${field}\` needs \`wrt\``);
  return request;
}

const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined;

function text(fields: Fields, name: string): string | undefined {
  const value = own(fields, name);
  return value === undefined || typeof value === 'string' ? value : fail(`\`${name}\` is a text, not ${kindOf(value)}`);
}
function object(fields: Fields, name: string): Fields {
  const value = own(fields, name);
  if (value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value)
    ? (value as Fields)
    : fail(`\`${name}\` is an object, not ${kindOf(value)}`);
}
const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`;

/** τ is tau, as everywhere. */
export function plainName(name: string): string {
  const parsed = parseExpression(name);
  return parsed.ok && parsed.value.kind === 'name'
    ? parsed.value.name
    : fail(`${JSON.stringify(name.slice(0, 40))} is not a name`);
}

const mostAxes = 8;

function variablesIn(fields: Fields): ReadonlyMap<string, BatchVariable> {
  const entries = Object.entries(object(fields, 'vars')).map(([name, value]) => {
    if (typeof value !== 'object' || value === null)
      return fail(`the variable ${name} needs a shape, as in {"shape": ["n"]}`);
    const { shape, domain } = value as Fields;
    if (!Array.isArray(shape) || shape.length > mostAxes)
      return fail(`the shape of ${name} is [], ["n"], [1, "n"], ["m", "n"] or longer`);
    for (const size of shape as readonly unknown[])
      if (typeof size !== 'string' && !(Number.isInteger(size) && (size as number) >= 1))
        fail(`a size of ${name} is a name or a whole number, not ${JSON.stringify(size)}`);
    if (domain !== undefined && typeof domain !== 'string') return fail(`the domain of ${name} is a text`);
    return [plainName(name), { shape: shape as readonly (string | number)[], domain: domain ?? 'real' }] as const;
  });
  return new Map(entries);
}

const kindNames: ReadonlyMap<string, BatchRequest['kind']> = new Map([
  ['gradient', 'grad'],
  ['grad', 'grad'],
  ['jacobian', 'jacobian'],
  ['hessian', 'hessian'],
]);
function kindIn(fields: Fields): BatchRequest['kind'] {
  const kind = text(fields, 'kind');
  if (kind === undefined) return undefined;
  return kindNames.get(kind) ?? fail(`there is no kind ${JSON.stringify(kind)}`, 'gradient, jacobian or hessian');
}

function withinIn(fields: Fields): Structure | undefined {
  const word = text(fields, 'within');
  if (word === undefined) return undefined;
  const known = structureNames.find((name) => name === word);
  return known ?? fail(`there is no structure ${JSON.stringify(word)}`, structureNames.join(', '));
}

function letsIn(fields: Fields): BatchRequest['let'] {
  const lets = own(fields, 'let');
  if (lets === undefined) return undefined;
  if (!Array.isArray(lets)) return fail('`let` is a list of pairs, [["s", "softmax(A*x)"]]');
  return lets.map((pair: unknown): readonly [string, string] => {
    if (!Array.isArray(pair) || pair.length !== 2 || !pair.every((part) => typeof part === 'string'))
      return fail('`let` is a list of pairs, [["s", "softmax(A*x)"]]');
    return [plainName(pair[0] as string), pair[1] as string];
  });
}

function sizesIn(fields: Fields): Readonly<Record<string, number>> {
  const sizes = object(fields, 'sizes') as Readonly<Record<string, number>>;
  checkSizes(sizes);
  return Object.fromEntries(Object.entries(sizes));
}

/** Lists are checked now: a bad one is a bad request, whether or not the answer needs it. */
function valuesIn(fields: Fields): Readonly<Record<string, Nested>> {
  const entries = Object.entries(object(fields, 'values')).map(([name, value]) => {
    numbersIn(value, name);
    if (extentsGiven(value as Nested).includes(0)) refuse({ kind: 'value', message: `the value of ${name} is empty` });
    return [/^\w+$/.test(name) ? name : plainName(name), value as Nested] as const;
  });
  return Object.fromEntries(entries);
}

function wantsIn(fields: Fields): ReadonlySet<Want> {
  const want = own(fields, 'want');
  if (want === undefined)
    return new Set<Want>(
      own(fields, 'values') === undefined ? ['latex', 'conditions'] : ['latex', 'conditions', 'value'],
    );
  if (!Array.isArray(want)) return fail('`want` is a list, ["text", "latex"]');
  return new Set(
    want.map((word: unknown): Want => {
      const known = wants.find((one) => one === word);
      if (known) return known;
      const guess = typeof word === 'string' ? closest(word, wants) : undefined;
      return fail(`nothing called ${JSON.stringify(word)} can be wanted`, guess ? `${guess}?` : wants.join(', '));
    }),
  );
}

// ---- the program
// A batch request as a program with one question, each text keeping its own places.

export function questionFrom({ ask, expr, wrt, kind, within }: BatchRequest, sources: Sources): Question | Claim {
  if (ask !== undefined) return sources.read('ask', ask, parseQuestion);
  const expression = sources.read('expr', expr ?? '', parseExpression);
  if (wrt === undefined) return questionOf(expression);
  const derivative = call(kind ?? 'jacobian', expression, sources.read('wrt', wrt, parseExpression));
  return questionOf(within ? { ...derivative, within } : derivative);
}

/** Questions of the program itself are not asked here. */
export function programFrom(request: BatchRequest, sources: Sources): Program {
  const own = isBlank(request.program) ? [] : sources.read('program', request.program!, parseProgram).statements;
  const lets = (request.let ?? []).map(([name, text]): Statement => ({
    kind: 'definition',
    name: { kind: 'name', name },
    indices: [],
    value: sources.read(`let ${name}`, text, parseExpression),
  }));
  return { statements: [...declarationsIn(request, sources), ...own, ...lets, ...settingsIn(request)] };
}
const isBlank = (text: string | undefined): boolean =>
  text === undefined || text.replaceAll(/#[^\n]*|[;\s]/g, '') === '';

/** Where values come from, as facts that identities may use: the facts themselves, and other words. */
const factsOfDomain: ReadonlyMap<string, readonly Fact[]> = new Map<string, readonly Fact[]>([
  ...factNames.map((fact) => [fact, [fact]] as const),
  ['real', []],
  ['unit', ['positive']],
  ['nonneg', ['nonnegative']],
  ['small', []],
  ['nonsingular', ['invertible']],
  ['count', ['nonnegative']],
  ['sqdist', ['symmetric']],
]);

function declarationsIn({ vars }: BatchRequest, sources: Sources): readonly Declaration[] {
  return [...vars].map(([name, { shape, domain }]): Declaration => {
    const facts =
      factsOfDomain.get(domain) ??
      refuse({
        kind: 'request',
        message: `unknown domain ${domain}`,
        hint: `one of ${[...factsOfDomain.keys()].join(', ')}`,
      });
    const sizes = shape.map((size) => sources.read(`shape of ${name}`, String(size), parseExpression));
    return {
      kind: 'declaration',
      names: [{ kind: 'name', name }],
      space: { sizes },
      facts: facts.map((fact) => ({ fact })),
    };
  });
}
