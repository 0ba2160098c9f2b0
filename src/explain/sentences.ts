/** What does a rule say to a student, and what does it take for granted? */
import type { Rewrite, Telling } from '../rewrite/rule.ts';
import { type Fact, factRecords, follows } from '../syntax/facts.ts';

export const isDefinition = ({ name }: Telling): boolean => name.startsWith('definition of ');

/** One sentence: of the most telling rule. */
export const sentenceFor = (rules: readonly Telling[]): string =>
  [...rules.filter((rule) => !isCommon(rule)), ...rules][0]?.says ?? '';
const isCommon = (rule: Telling): boolean => rule.name === 'chain rule' || isDefinition(rule);

/** The declared facts that a rewriting rests on: y is one-hot. */
export function assumptionsOf(rewrites: readonly Rewrite[]): readonly string[] {
  const assumed = rewrites.flatMap(({ because }) =>
    because.flatMap(({ of: { node }, needs }) => {
      if (node.kind !== 'symbol') return [];
      const { name, facts } = node.symbol;
      const stated =
        needs in factRecords ? [...facts].find((fact) => follows(needs as Fact, new Set([fact]))) : undefined;
      return stated ? [`${name} is ${factRecords[stated].words}`] : [];
    }),
  );
  return [...new Set(assumed)];
}
