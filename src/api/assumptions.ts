/** Which declared facts does a question rest on? Those of the variables that it mentions, through all definitions. */
import type { CheckedProgram } from '../elaborate/scope.ts';
import { greekName } from '../print/unicode.ts';
import { toText } from '../print/text.ts';
import { namesIn } from '../syntax/parts.ts';
import type { Expression, Fact } from '../syntax/tree.ts';

const comparisons: ReadonlyMap<Fact, string> = new Map([
  ['positive', '> 0'],
  ['negative', '< 0'],
  ['nonnegative', '>= 0'],
  ['nonzero', '!= 0'],
]);

export interface Assumption {
  readonly text: string;
  readonly unicode: string;
}

export function assumptionsBehind(question: Expression, checked: CheckedProgram): readonly Assumption[] {
  const seen = new Set<string>();
  const waiting = [question];
  for (let e = waiting.pop(); e; e = waiting.pop())
    for (const name of namesIn(e)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const value = checked.definitions.get(name)?.value ?? checked.functionDefinitions.get(name)?.value;
      if (value) waiting.push(value);
    }
  return [...checked.variables.values()]
    .filter(({ name }) => seen.has(name))
    .flatMap(({ name, facts, at }) =>
      [...facts]
        .filter((fact) => fact !== 'constant')
        .map((fact): Assumption => {
          const text = said(name, fact, at);
          return { text, unicode: said(greekName(name), fact, at).replace('>=', '≥').replace('!=', '≠') };
        }),
    );
}

function said(name: string, fact: Fact, at: Expression | undefined): string {
  const comparison = comparisons.get(fact);
  if (comparison) return `${name} ${comparison}`;
  return at && fact === 'onehot' ? `${name} onehot at ${toText(at)}` : `${name} ${fact}`;
}
