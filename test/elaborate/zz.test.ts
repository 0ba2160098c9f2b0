import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseProgram } from '../../src/parse/parse.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import { createWorld } from '../../src/elaborate/world.ts';
import { describe as say } from '../../src/shape/shape.ts';
const facts: Record<string,string> = {nonsingular:'invertible',spd:'spd',symmetric:'symmetric',skew:'skew',onehot:'onehot',simplex:'simplex',binary:'binary',pm1:'pm1',positive:'positive',unit:'positive',nonneg:'nonnegative',count:'nonnegative',sqdist:'symmetric'};
test('corpus', () => {
  const lines = readFileSync('/work/shared/corpus/public.jsonl','utf8').trim().split('\n').map(l=>JSON.parse(l));
  let bad = 0; const t0 = performance.now();
  for (const l of lines) {
    const space = (s: unknown[]) => s.length === 0 ? 'R' : s.length === 1 ? `R^${s[0]}` : `R^(${s[0]} x ${s[1]})`;
    const decl = Object.entries(l.vars).map(([n, v]: any) => `${n} in ${space(v.shape)}${facts[v.domain] ? ', ' + facts[v.domain] : ''}`).join('; ');
    const kind = l.kind === 'gradient' ? 'grad' : l.kind;
    const text = `${decl}; ${kind}(${l.expr}, ${l.wrt})`;
    try {
      const p = parseProgram(text);
      if (!p.ok) throw new Error('parse ' + p.problem.message);
      const c = checkProgram(p.value);
      const q = c.questions[0] as any;
      const w = createWorld(c, new Set(), (r) => { bad += 0; return { shape: r.shape, term: r.of.term, axes: [] }; });
      w.evaluate(q.expression);
    } catch (e: any) { bad++; console.log(l.id, text, e.problem ?? e.stack); }
  }
  console.log('time', performance.now() - t0);
  expect(bad).toBe(0);
});
