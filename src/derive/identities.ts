/** Identities from text to patterns. They are read by what stands at their top, when a program first asks for that. */
import type { WordingRules } from '../decide/other-words.ts';
import { refuse } from '../basics/problem.ts';
import { parseExpression, parseProgram } from '../parse/parse.ts';
import { type Identities, type Identity, type Letter } from '../rewrite/identity.ts';
import { withParts } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import type { IdentitySource } from '../../rules/rule-source.ts';

const integerCondition = ' is a positive integer';

export function compileIdentity({ name, source, says, given, from, to, where = [] }: IdentitySource): Identity {
  const read = <T>(outcome: { ok: true; value: T } | { ok: false; problem: Parameters<typeof refuse>[0] }): T =>
    outcome.ok
      ? outcome.value
      : refuse({ ...outcome.problem, message: `identity “${name}”: ${outcome.problem.message}` });
  const letters = new Map<string, Letter>();
  for (const statement of read(parseProgram(given)).statements)
    if (statement.kind === 'declaration')
      for (const declared of statement.names)
        letters.set(declared.name, {
          kind: 'array',
          sizes: (statement.space?.sizes ?? []).map((size) => (size.kind === 'name' ? size.name : '')),
        });
  for (const condition of where)
    if (condition.endsWith(integerCondition)) letters.set(condition.split(' ')[0]!, { kind: 'integer' });
  return {
    name,
    source,
    says,
    letters,
    from: withoutSpans(read(parseExpression(from))),
    to: withoutSpans(read(parseExpression(to))),
    where: where
      .filter((condition) => !condition.endsWith(integerCondition))
      .map((condition) => {
        const [of, needs] = condition.split(' is ') as [string, string];
        return { of, needs };
      }),
  };
}

/** Places in the text of a rule are no places in a program. */
const withoutSpans = (e: Expression): Expression => withParts({ ...e, span: undefined }, withoutSpans);

/** In the order given; a text is parsed when a node with its head is first met, so that starting up pays for none. */
export function identitiesFrom(sources: readonly IdentitySource[]): Identities {
  const byHead = new Map<string, IdentitySource[]>();
  for (const source of sources) {
    const head = /^\w+/.exec(source.from)![0];
    byHead.set(head, [...(byHead.get(head) ?? []), source]);
  }
  const compiled = new Map<string, readonly Identity[]>();
  return (head) => {
    let found = compiled.get(head);
    if (!found) compiled.set(head, (found = (byHead.get(head) ?? []).map(compileIdentity)));
    return found;
  };
}

/** Those that answers are read by. */
export const answeringIdentities = (sources: readonly IdentitySource[]): Identities =>
  identitiesFrom(sources.filter(({ use }) => use === 'everywhere'));

/** Those that claims are read by. */
export const wordingRules = (sources: readonly IdentitySource[]): WordingRules => ({
  everywhere: answeringIdentities(sources),
  claims: identitiesFrom(sources.filter(({ use }) => use === 'claims')),
});
