/** A batch request as a program with one question, each text keeping its own places. */
import { refuse } from '../basics/problem.ts';
import { questionOf } from '../api/reading.ts';
import type { Sources } from '../api/outcome.ts';
import { parseExpression, parseProgram, parseQuestion } from '../parse/parse.ts';
import { call } from '../syntax/build.ts';
import { factNames } from '../syntax/facts.ts';
import type { Claim, Declaration, Fact, Program, Question, Statement } from '../syntax/tree.ts';
import type { BatchRequest } from './batch-request.ts';

export function questionFrom({ ask, expr, wrt, kind }: BatchRequest, sources: Sources): Question | Claim {
  if (ask !== undefined) return sources.read('ask', ask, parseQuestion);
  const expression = sources.read('expr', expr ?? '', parseExpression);
  if (wrt === undefined) return questionOf(expression);
  return questionOf(call(kind ?? 'jacobian', expression, sources.read('wrt', wrt, parseExpression)));
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
  return { statements: [...declarationsIn(request, sources), ...own, ...lets] };
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
