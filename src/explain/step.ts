/** What does a student read? One rule, one sentence, one line of formulas. */
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
