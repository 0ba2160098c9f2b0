/** What does a student read? One rule, one sentence, one line of formulas. */
import type { Rewrite, Telling } from '../rewrite/rule.ts';
import { factsBehind } from '../assume/assume.ts';
import { toText } from '../print/text.ts';
import { type Fact, factRecords } from '../syntax/facts.ts';
import type { Expression } from '../syntax/tree.ts';

/** `answer`: the result alone; `main`: as lecture notes; `detail`: with every rewriting. */
export type Level = 'answer' | 'main' | 'detail';

/** of = before = after; what is absent is not said. */
export interface Equation {
  readonly of?: Expression | undefined;
  readonly before?: Expression | undefined;
  readonly after: Expression;
}

export interface Step extends Equation {
  /** Names of rules in rules/, or `definition of NAME`; the most important first. */
  readonly rules: readonly string[];
  readonly says: string;
  /** Absent where a part of a formula is rewritten: then before = after is all there is. */
  readonly of?: Expression | undefined;
  /** What follows at once from a letter: y[i] = exp(z[i])/S. */
  readonly so?: Equation | undefined;
  readonly inMatrices?: Equation | undefined;
  readonly level: 'main' | 'detail';
  readonly assumptions: readonly string[];
}

export const ruleOf = ({ rules }: Step): string => rules.join(', ');

export function formulasOf(step: Step): readonly Expression[] {
  const equations = [step, step.so, step.inMatrices].filter((e): e is Equation => e !== undefined);
  return equations.flatMap(({ of, before, after }) =>
    [of, before, after].filter((e): e is Expression => e !== undefined),
  );
}

// ---- how a step is made of its rules
// A main step with its rules, their sentence and what its rewritings assumed.

export const stepFor = (rules: readonly Telling[], equation: Equation, rewrites: readonly Rewrite[] = []): Step => ({
  rules: [...new Set(rules.map(({ name }) => name))],
  says: sentenceFor(rules),
  ...equation,
  level: 'main',
  assumptions: assumptionsOf(rewrites),
});

export const isDefinition = ({ name }: Telling): boolean => name.startsWith('definition of ');

/** One sentence: of the most telling rule. */
export const sentenceFor = (rules: readonly Telling[]): string =>
  [...rules.filter((rule) => !isCommon(rule)), ...rules][0]?.says ?? '';
const isCommon = (rule: Telling): boolean => rule.name === 'chain rule' || isDefinition(rule);

/** What a rewriting rests on: `y is one-hot`, or `S is symmetric, because S = M + M'`. */
export function assumptionsOf(rewrites: readonly Rewrite[]): readonly string[] {
  const assumed = rewrites.flatMap(({ because }) =>
    because.flatMap(({ of, needs, because: why }): readonly string[] => {
      const stated = factsBehind(why).map(({ fact, of: name }) => `${name} is ${factRecords[fact].words}`);
      const symbol = of.node.kind === 'symbol' ? of.node.symbol : undefined;
      // What is stated of the name itself says it all; of a definition, its text does.
      if (!symbol?.written || why.kind === 'fact' || !(needs in factRecords)) return stated;
      const follows = `${symbol.name} is ${factRecords[needs as Fact].words}`;
      return [[`${follows}, because ${symbol.name} = ${toText(symbol.written)}`, ...stated].join(' and ')];
    }),
  );
  return [...new Set(assumed)];
}
