/** Writing out changes the form of a term, never its value: both forms are evaluated at random points. */
import { describe, expect, test } from 'vitest';
import { byRules } from '../../src/decide/write-out.ts';
import { entriesOf } from '../../src/decide/subject.ts';
import { doubles } from '../../src/decide/doubles.ts';
import { testFunctions } from '../../src/decide/stand-ins.ts';
import { termEvaluator } from '../../src/decide/evaluate-term.ts';
import { attempted } from '../../src/decide/field.ts';
import { laidOut, randomPositions } from '../../src/decide/point.ts';
import { searched } from '../../src/decide/search.ts';
import { definitions } from '../../rules/laws.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { multipliedOut } from '../../src/decide/multiply-out.ts';
import { randomValue, randomNumbers } from '../../src/evaluate/points.ts';
import { attempt } from '../../src/basics/problem.ts';
import type { Term } from '../../src/terms/node.ts';
import { faultsOf } from '../derive/replay.ts';
import { proved, refuted } from './claims.ts';
import { rules, subjectFrom } from './verdict-of.ts';

/** The values of several terms over the axes of the difference, at points where all exist. */
function compare(program: string, claim: string, forms: (difference: Term) => readonly Term[]): number {
  const { difference, mentioned, free, context, differentials } = subjectFrom(program, claim);
  const random = randomNumbers(42);
  let compared = 0;
  for (let n = 0; n < 24; n++) {
    const sizes = Object.fromEntries([...context.checked.sizes].map((name, k) => [name, 2 + ((n + k) % 2)]));
    const positions = randomPositions(free, sizes, random);
    // A tall matrix with orthonormal columns exists, a wide one does not.
    const drawn = attempt(
      () =>
        new Map(
          mentioned.variables.map((variable) => {
            const { data } = randomValue(
              { name: variable.name, shape: laidOut(variable, sizes), facts: [...variable.facts] },
              random,
            );
            return [variable.name, [...data]];
          }),
        ),
    );
    if (!drawn.ok) continue;
    const values = drawn.value;
    if (differentials.length > 0) return 1;
    const field = doubles(testFunctions(context.checked.functions, sizes), mentioned.derives);
    const evaluate = termEvaluator(field, { sizes, values }, 1e6);
    const found = attempted(() =>
      [difference.term, ...forms(difference.term)].map((term) =>
        entriesOf({ ...difference, term }, evaluate, sizes, positions),
      ),
    );
    if (found.kind !== 'value') continue;
    compared++;
    const [first, ...others] = found.value;
    const scale = Math.max(1, ...first!.map(Math.abs));
    for (const other of others) other.forEach((x, k) => expect(x / scale).toBeCloseTo(first![k]! / scale, 8));
  }
  return compared;
}

describe('written out and multiplied out, the same values', () => {
  test.each(refuted)('%s | %s', (program, claim) => {
    expect(compare(program, claim, (term) => [byRules(term, rules).term, multipliedOut(term)])).toBeGreaterThan(0);
  });
});

describe('the definitions of functions hold at every point tried', () => {
  /** `y in R; x in R, positive`, where the rule asks for it. */
  const declared = ({ given, where = [] }: RuleSource): string =>
    where.reduce((text, fact) => {
      const [name, said] = fact.split(' is ') as [string, string];
      return text.replace(`${name} in R`, `${name} in R, ${said}`);
    }, given);
  test.each(definitions.map((rule) => [rule.name, declared(rule), `${rule.from} == ${rule.to}`] as const))(
    '%s',
    (_, given, claim) => {
      const { counterexample, doubtful, points } = searched(subjectFrom(given, claim));
      expect({ counterexample, doubtful }).toEqual({ counterexample: undefined, doubtful: undefined });
      expect(points).toBeGreaterThanOrEqual(5);
    },
  );
});

test.each(proved)('%s | %s: what is written out is logged, and replays', (program, claim) => {
  const { difference } = subjectFrom(program, claim);
  expect(faultsOf(byRules(difference.term, rules))).toEqual([]);
});
