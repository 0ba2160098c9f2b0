/** What does a rule say to a student, and what does it take for granted? */
import type { Rewrite, Telling } from '../rewrite/rule.ts';
import type { Fact } from '../syntax/tree.ts';

export const isDefinition = ({ name }: Telling): boolean => name.startsWith('definition of ');

/** One sentence: of the most telling rule. */
export const sentenceFor = (rules: readonly Telling[]): string =>
  [...rules.filter((rule) => !isCommon(rule)), ...rules][0]?.says ?? '';
const isCommon = (rule: Telling): boolean => rule.name === 'chain rule' || isDefinition(rule);

const factWords: Readonly<Partial<Record<Fact, string>>> = {
  onehot: 'one-hot',
  simplex: 'a probability vector',
  binary: '0 or 1 in each entry',
  pm1: '1 or -1 in each entry',
};

/** The declared facts that a rewriting rests on: y is one-hot. */
export function assumptionsOf(rewrites: readonly Rewrite[]): readonly string[] {
  const assumed = rewrites.flatMap(({ because }) =>
    because.flatMap(({ of: { node }, needs }) => {
      if (node.kind !== 'symbol') return [];
      const { name, facts } = node.symbol;
      const declared = [...facts].find((fact) => fact === needs || (fact === 'onehot' && needs === 'simplex'));
      return declared ? [`${name} is ${factWords[declared] ?? declared}`] : [];
    }),
  );
  return [...new Set(assumed)];
}
