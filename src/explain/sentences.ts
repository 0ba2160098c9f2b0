/** What does a rule say to a student, and what does it take for granted? */
import { calculus } from '../../rules/calculus.ts';
import { definitions } from '../../rules/definitions.ts';
import { derivatives } from '../../rules/derivatives.ts';
import { facts } from '../../rules/facts.ts';
import { folds } from '../../rules/folds.ts';
import { identities } from '../../rules/identities.ts';
import { stableForms } from '../../rules/stable-forms.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import type { Rewrite } from '../rewrite/rule.ts';
import type { Fact } from '../syntax/tree.ts';
import { symbolsIn } from '../terms/substitute.ts';

const sources: ReadonlyMap<string, RuleSource> = new Map(
  [...calculus, ...derivatives, ...folds, ...facts, ...identities, ...definitions, ...stableForms].map(
    (rule: RuleSource) => [rule.name, rule],
  ),
);

export const isDefinition = (rule: string): boolean => rule.startsWith('definition of ');

/** One sentence: of the most telling rule. */
export function sentenceFor(rules: readonly string[]): string {
  const telling = [...rules.filter((rule) => !isCommon(rule)), ...rules];
  return telling.map((rule) => sources.get(rule)?.says ?? ofName(rule)).find((says) => says !== undefined) ?? '';
}
const commonRules: ReadonlySet<string> = new Set(['chain rule', 'substitution', 'collect']);
const isCommon = (rule: string): boolean => commonRules.has(rule) || isDefinition(rule);
function ofName(rule: string): string | undefined {
  const name = /^definition of (.*)$/.exec(rule)?.[1];
  if (name) return `${name} is written for what it was defined as.`;
  return rule.startsWith('the entries of ')
    ? `${rule[0]!.toUpperCase()}${rule.slice(1)}, by its definition.`
    : undefined;
}

const factWords: Readonly<Partial<Record<Fact, string>>> = {
  onehot: 'one-hot',
  simplex: 'a probability vector',
  binary: '0 or 1 in each entry',
  pm1: '1 or -1 in each entry',
};

/** The declared facts that a rewriting rests on: y is one-hot. */
export function assumptionsOf(rewrites: readonly Rewrite[]): readonly string[] {
  const assumed = rewrites.flatMap(({ rule, before }) => {
    const needed = new Set((sources.get(rule)?.where ?? []).map((text) => text.split(' is ')[1] as Fact));
    if (needed.size === 0) return [];
    return [...symbolsIn(before)].flatMap(({ name, facts: known }) =>
      [...known]
        .filter((fact) => needed.has(fact) || (fact === 'onehot' && needed.has('simplex')))
        .map((fact) => `${name} is ${factWords[fact] ?? fact}`),
    );
  });
  return [...new Set(assumed)];
}
