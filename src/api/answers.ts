/** The answers to a question, one for each variable that it asks about, with names that mean the same in all of them. */
import type { NamedPart } from '../form/share.ts';
import { namesIn } from '../syntax/parts.ts';
import type { Call, Expression, Question } from '../syntax/tree.ts';
import { derivationOf, gradientsOf, type AnswerOptions, type Derivation } from '../derive/derivation.ts';
import { type AnswerSource, sourceOf } from './answer-source.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import { singleQuestions } from './questions.ts';

export function sourcesFor(
  question: Question,
  engine: ProgramEngine,
  options: AnswerOptions = { introduce: true },
): readonly AnswerSource[] {
  return derivationsOf(question, engine, options).map((derivation) =>
    sourceOf({ ...derivation, where: needed(derivation) }, engine),
  );
}

function derivationsOf(question: Question, engine: ProgramEngine, options: AnswerOptions): readonly Derivation[] {
  const all = singleQuestions(question);
  const by = all.map(({ expression }) => (expression as Call).arguments?.[1]);
  const names = by.flatMap((e) => (e?.kind === 'name' && engine.world.symbol(e.name) ? [e.name] : []));
  if (all.length === 1 || names.length < all.length || question.at.length > 0)
    return all.map((one) => derivationOf(one, engine, options));
  return gradientsOf((question.expression as Call).arguments[0]!, names, engine, options);
}

/** Of the names that several answers share, those that this one uses. */
function needed({ expression, where }: Derivation): readonly NamedPart[] {
  const byName = new Map(where.map((part) => [part.name, part]));
  const found = new Set<NamedPart>();
  const waiting: Expression[] = [expression];
  for (let e = waiting.pop(); e; e = waiting.pop())
    for (const name of namesIn(e)) {
      const part = byName.get(name);
      if (!part || found.has(part)) continue;
      found.add(part);
      waiting.push(part.value);
    }
  return where.filter((part) => found.has(part));
}
