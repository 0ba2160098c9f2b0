/**
 * The trace is complete: from what a step begins with, each logged rewrite applied at its place gives the next term, the
 * last one is what the step found, and each rule, asked again, says the same. Nothing else happened.
 */
import { expect, test } from 'vitest';
import { noticesOf } from '../../src/derive/trace.ts';
import type { Derivation } from '../../src/derive/derivation.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { applyRule } from '../../src/rewrite/apply.ts';
import type { Chain } from '../../src/rewrite/rule.ts';
import { same } from '../../src/terms/construct.ts';
import { type Asked, corpora } from '../corpus/asked.ts';
import { replayed, valuesDiffer } from './replay.ts';

const chainsOf = ({ steps, chains }: Derivation): readonly Chain[] => [
  ...steps.map(({ start, rewrites, after }) => ({ start, rewrites, term: after })),
  ...chains,
];

function replay({ name, derivation, engine }: Asked): readonly string[] {
  const faults: string[] = [];
  const random = randomNumbers(name.length + 7);
  for (const { start, rewrites, term } of chainsOf(derivation)) {
    let at = start;
    for (const rewrite of rewrites) {
      const { rule, before, after } = rewrite;
      const again = applyRule(rule, before);
      if (!again || !same(again, after)) faults.push(`${name}: ${rule.name} does not say the same again`);
      const differ = valuesDiffer(rewrite, derivation, engine, random);
      if (differ) faults.push(`${name}: ${rule.name}: ${differ}`);
      const next = replayed(at, rewrite);
      if (same(next, at)) faults.push(`${name}: ${rule.name} changes nothing`);
      at = next;
    }
    if (at.node !== term.node)
      faults.push(`${name}: ${rewrites.map((r) => r.rule.name).join(', ')} do not lead to the end`);
  }
  for (const step of derivation.steps)
    for (const told of noticesOf(step)) {
      const differ = valuesDiffer(told, derivation, engine, random);
      if (differ) faults.push(`${name}: ${told.rules.join(', ')}: ${differ}`);
    }
  return faults;
}

test.each(corpora)(
  '%s: every rewrite is logged, and replays',
  (_, problems, least) => {
    let count = 0;
    const faults: string[] = [];
    for (const asked of problems()) {
      count++;
      faults.push(...replay(asked));
    }
    expect(count).toBeGreaterThan(least);
    expect(faults).toEqual([]);
  },
  300_000,
);
