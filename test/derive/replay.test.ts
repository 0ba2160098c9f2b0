/**
 * The trace is complete: from what a step begins with, each logged rewrite applied at its place gives the next term, the
 * last one is what the step found, and each rule, asked again, says the same. Nothing else happened.
 */
import { expect, test } from 'vitest';
import { symmetryUsed } from '../../src/derive/symmetry.ts';
import { noticesOf } from '../../src/derive/trace.ts';
import { casesOf } from '../../src/derive/cases.ts';
import type { Derivation } from '../../src/derive/derivation.ts';
import type { ProgramEngine } from '../../src/derive/program-engine.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { settingFor } from '../../src/elaborate/restate.ts';
import { type Reading, rulesRead } from '../../src/elaborate/readings.ts';
import { applyRule } from '../../src/rewrite/apply.ts';
import { applyIdentity, type Identity } from '../../src/rewrite/identity.ts';
import type { Chain, Telling } from '../../src/rewrite/rule.ts';
import { toText } from '../../src/print/text.ts';
import { apply, product, same } from '../../src/terms/construct.ts';
import type { Unbuilt } from '../../src/terms/notice.ts';
import type { Term } from '../../src/terms/node.ts';
import { type Asked, corpora } from '../corpus/asked.ts';
import { sampled } from '../corpus/sample.ts';
import { faultsOf, replayed, textsDiffer, valuesDiffer, withNames, writtenDiffers } from './replay.ts';

const oneIn = { 'examples and seeds': 3, 'public problems': 6, 'generated programs': 12 } as const;

const chainsOf = (derivation: Derivation, engine: ProgramEngine): readonly Chain[] => [
  ...derivation.steps.map(({ start, rewrites, after }) => ({ start, rewrites, term: after })),
  ...derivation.chains,
  ...casesOf(derivation, engine).flatMap(({ chains }) => chains),
];

function replay({ name, derivation, engine }: Asked): readonly string[] {
  const faults: string[] = [];
  const random = randomNumbers(name.length + 7);
  for (const { start, rewrites, term } of chainsOf(derivation, engine)) {
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
  for (const step of derivation.steps) {
    const symmetry = symmetryUsed(step);
    if (symmetry) {
      if (!same(applyRule(symmetry.rule, symmetry.before)!, step.start)) faults.push(`${name}: symmetry, again`);
      const differ = valuesDiffer(symmetry, derivation, engine, random);
      if (differ) faults.push(`${name}: ${symmetry.rule.name}: ${differ}`);
    }
    for (const told of noticesOf(step)) {
      const differ = valuesDiffer(told, derivation, engine, random);
      if (differ) faults.push(`${name}: ${told.rules.join(', ')}: ${differ}`);
    }
  }
  return faults;
}

const isIdentity = (rule: Telling): rule is Identity => 'letters' in rule;

const built = (t: Unbuilt): Term =>
  t.kind === 'product' ? product(t.coefficient, t.factors, t.bound) : apply(t.fn, t.args);

/** What a text was read as: each identity, fact and definition applied again, and both of its sides at random points. */
function readAgain(reading: Reading, { derivation, engine }: Asked): string | undefined {
  const random = randomNumbers(11);
  switch (reading.kind) {
    case 'identity': {
      const { rule, before, after } = reading.by;
      // A derivative within a structure is told by its record; every line of such steps is evaluated (test/elaborate/within.test.ts).
      if (!isIdentity(rule)) return undefined;
      const again = applyIdentity(
        rule,
        before,
        settingFor(engine.checked, () => engine.world),
      );
      if (!again || toText(again) !== toText(after)) return 'does not say the same again';
      return textsDiffer(before, after, engine);
    }
    case 'rule': {
      const { rule, before, after } = reading.by;
      const again = applyRule(rule, before);
      return !again || !same(again, after)
        ? 'does not say the same again'
        : valuesDiffer(reading.by, derivation, engine, random);
    }
    case 'normal form':
      return same(built(reading.by.before), reading.by.after)
        ? valuesDiffer(reading.by, derivation, engine, random)
        : 'normal form makes something else of it';
  }
}

test.each(corpora)(
  '%s: what a question is read as replays',
  (corpus, problems) => {
    const faults: string[] = [];
    for (const asked of sampled(problems(), oneIn[corpus]))
      for (const reading of asked.engine.world.readings(asked.derivation.question.expression)) {
        const fault = readAgain(reading, asked);
        if (fault) faults.push(`${asked.name}: ${rulesRead(reading).join(', ')}: ${fault}`);
      }
    expect(faults).toEqual([]);
  },
  300_000,
);

test.each(corpora)(
  '%s: what is written down says the term, and with its letters put back the form before',
  (corpus, problems) => {
    const faults: string[] = [];
    for (const { name, derivation, engine } of sampled(problems(), oneIn[corpus]))
      for (const { rule, before, after } of derivation.writings) {
        const differ =
          'node' in before
            ? writtenDiffers(before, after, derivation, engine, randomNumbers(5))
            : textsDiffer(before, withNames(after, derivation.where), engine);
        if (differ) faults.push(`${name}: ${rule.name}: ${differ}`);
      }
    expect(faults).toEqual([]);
  },
  300_000,
);

test.each(corpora)(
  '%s: forms for code replay',
  (corpus, problems) => {
    const faults: string[] = [];
    for (const { name, derivation, engine } of sampled(problems(), oneIn[corpus]))
      for (const chain of engine.stable(derivation.term)) {
        faults.push(...faultsOf(chain).map((fault) => `${name}: ${fault}`));
        for (const rewrite of chain.rewrites) {
          const differ = valuesDiffer(rewrite, derivation, engine, randomNumbers(3));
          if (differ) faults.push(`${name}: ${rewrite.rule.name}: ${differ}`);
        }
      }
    expect(faults).toEqual([]);
  },
  300_000,
);

test.each(corpora)(
  '%s: every rewrite is logged, and replays',
  (corpus, problems, least) => {
    let count = 0;
    const faults: string[] = [];
    for (const asked of sampled(problems(), oneIn[corpus])) {
      count++;
      faults.push(...replay(asked));
    }
    expect(count * oneIn[corpus]).toBeGreaterThan(least);
    expect(faults).toEqual([]);
  },
  300_000,
);
