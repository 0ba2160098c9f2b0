/** Whatever can be answered can be explained. */
import { expect, test } from 'vitest';
import { randomNumbers } from '../../src/evaluate/points.ts';
import type { Derivation } from '../../src/derive/derivation.ts';
import type { ProgramEngine } from '../../src/derive/program-engine.ts';
import { casesOf } from '../../src/derive/cases.ts';
import { explain } from '../../src/explain/explain.ts';
import { renderSteps, stepsLatex } from '../../src/explain/render.ts';
import { generate, type Kind, kinds } from '../fuzz/generate.ts';
import { derived } from './given.ts';

const programs = 12;
/** An index without a name, a letter that was never chosen, a sign that was not filled in. */
const unfinished = /\bi\d{3,}|§|undefined|NaN|Z\d+zz/;

function answered(seed: number, kind: Kind): readonly [Derivation, ProgramEngine] | undefined {
  try {
    return derived(generate(randomNumbers(seed), kind).text, '');
  } catch {
    return undefined;
  }
}

test.each(kinds)('answers of kind %s', (kind) => {
  for (let n = 0; n < programs; n++) {
    const found = answered(77_000 + n, kind);
    if (!found) continue;
    const steps = explain(...found, 'detail');
    expect(renderSteps(steps) + renderSteps(steps, 'unicode') + stepsLatex(steps)).not.toMatch(unfinished);
    expect(casesOf(...found).length).toBeGreaterThan(0);
  }
});
