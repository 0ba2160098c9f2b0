/** Each line that a reader is shown is true: the sides of every equation agree at random points. */
import { expect, test } from 'vitest';
import { explain } from '../../src/explain/explain.ts';
import { corpora } from '../corpus/asked.ts';
import { sampled } from '../corpus/sample.ts';
import { falseLines } from './lines.ts';

const oneIn = { 'examples and seeds': 6, 'public problems': 24, 'generated programs': 48 } as const;

test.each(corpora)(
  '%s: every line is true',
  (corpus, problems) => {
    const faults: string[] = [];
    let [told, evaluated] = [0, 0];
    for (const { name, derivation, engine } of sampled(problems(), oneIn[corpus])) {
      const found = falseLines(derivation, engine, explain(derivation, engine, 'detail'));
      faults.push(...found.faults.map((fault) => `${name}: ${fault}`));
      evaluated += found.held;
      told += found.held + found.open.length;
    }
    expect(faults).toEqual([]);
    // Most of them can be evaluated, so that this says something.
    expect(evaluated).toBeGreaterThan(0.8 * told);
  },
  600_000,
);
