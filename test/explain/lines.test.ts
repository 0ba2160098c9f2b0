/** Each line that a reader is shown is true: the sides of every equation agree at random points. */
import { expect, test } from 'vitest';
import { explain } from '../../src/explain/explain.ts';
import { corpora } from '../corpus/asked.ts';
import { falseLines } from './lines.ts';

/** One problem in so many: differences take their time, and `npm test` has two minutes. LINES=all tries every one. */
const everyOf = (corpus: string): number => {
  if (process.env['LINES'] === 'all') return 1;
  return corpus === 'generated programs' ? 6 : corpus === 'public problems' ? 3 : 1;
};

test.each(corpora)(
  '%s: every line is true',
  (corpus, problems) => {
    const faults: string[] = [];
    let [told, evaluated, n] = [0, 0, 0];
    for (const { name, derivation, engine } of problems()) {
      if (n++ % everyOf(corpus) !== 0) continue;
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
