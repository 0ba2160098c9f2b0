/** A smaller program with the same fault: statements, facts and parts of expressions are taken away while it stays. */
import { parseProgram } from '../../src/parse/parse.ts';
import { statementToText } from '../../src/print/text.ts';
import { partsOf } from '../../src/syntax/parts.ts';
import type { Expression, Program, Statement } from '../../src/syntax/tree.ts';
import { mapParts } from './parts.ts';

/** `fails` says whether a program still shows the fault; programs that make no sense simply do not. */
export function shrink(text: string, fails: (text: string) => boolean, seconds = 10): string {
  const ends = Date.now() + seconds * 1000;
  let best = text;
  for (let again = true; again;) {
    again = false;
    for (const candidate of candidatesFor(best)) {
      if (candidate.length >= best.length) continue;
      if (Date.now() > ends) return best;
      if (!fails(candidate)) continue;
      best = candidate;
      again = true;
      break;
    }
  }
  return best;
}

const written = (statements: readonly Statement[]): string => statements.map(statementToText).join('\n');

function* candidatesFor(text: string): Generator<string> {
  const parsed = parseProgram(text);
  if (!parsed.ok) return;
  const { statements }: Program = parsed.value;
  const put = (n: number, s: Statement): string => written(statements.map((old, k) => (k === n ? s : old)));
  for (let n = statements.length - 2; n >= 0; n--) yield written(statements.filter((_, k) => k !== n));
  for (const [n, s] of statements.entries()) {
    if (s.kind === 'declaration')
      for (const fact of s.facts) yield put(n, { ...s, facts: s.facts.filter((f) => f !== fact) });
    if (s.kind === 'question')
      for (const binding of s.at) yield put(n, { ...s, at: s.at.filter((b) => b !== binding) });
    if (s.kind === 'definition' || s.kind === 'function-definition') {
      for (const value of smaller(s.value)) yield put(n, { ...s, value });
      // A definition written out where it is used.
      if (s.kind === 'definition' && s.indices.length === 0)
        yield written(statements.filter((_, k) => k !== n).map((other) => inlined(other, s.name.name, s.value)));
    }
    if (s.kind === 'question') for (const expression of smaller(s.expression)) yield put(n, { ...s, expression });
  }
}

function inlined(s: Statement, name: string, value: Expression): Statement {
  const put = (e: Expression): Expression => (e.kind === 'name' && e.name === name ? value : mapParts(e, put));
  if (s.kind === 'definition' || s.kind === 'function-definition') return { ...s, value: put(s.value) };
  return s.kind === 'question' ? { ...s, expression: put(s.expression) } : s;
}

/** The expression with one part replaced by something smaller. */
function* smaller(e: Expression): Generator<Expression> {
  for (const below of descendants(e)) yield below;
  if (e.kind !== 'number' && e.kind !== 'name') yield { kind: 'number', value: { n: 1n, d: 1n } };
  if (e.kind === 'sum' && e.terms.length > 2)
    for (const term of e.terms) yield { ...e, terms: e.terms.filter((t) => t !== term) };
  if (e.kind === 'sum-over') yield* [...smaller(e.body)].map((body): Expression => ({ ...e, body }));
  else {
    const parts = partsOf(e);
    for (const [n] of parts.entries())
      for (const part of smaller(parts[n]!)) {
        let at = 0;
        yield mapParts(e, (old) => (at++ === n ? part : old));
      }
  }
}
function descendants(e: Expression): readonly Expression[] {
  const direct = partsOf(e);
  return [...direct, ...direct.flatMap((part) => partsOf(part))];
}
