/**
 * A function that the language does not have: one record, and one line for every target, stand in the tables, and the build's
 * step makes the rules. Everything else has to follow from that.
 */
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { EntrywiseRecord } from '../../rules/functions/index.ts';

const smooth = { domain: [], derivativeDomain: [], kinks: [] } as const;
const mish = {
  kind: 'entrywise',
  arguments: ['x'],
  aliases: ['Mish'],
  called: 'mish',
  written: 'call',
  fixed: [],
  ...smooth,
  range: { least: -0.30884, most: Infinity, reached: 'none' },
  integers: 'no',
  parity: 'none',
  period: 'none',
  monotone: 'none',
  curvature: 'none',
  derivative: {
    to: '(tanh(softplus(x)) + x*(1 - tanh(softplus(x))^2)*sigmoid(x))*d(x)',
    source: 'Misra 2019',
    says: 'mish(x) is x*tanh(softplus(x)): product rule and chain rule.',
  },
  definition: { to: 'x*tanh(softplus(x))', source: 'Misra 2019', says: 'mish is x times a squashed softplus.' },
  exact: { kind: 'points', at: [['0', '0']] },
  ofEquals: 'none',
  inverse: 'none',
  companions: [],
  stability: 'plain',
  cost: 'transcendental',
  value: (x) => x * Math.tanh(Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  latex: { kind: 'command', text: '\\operatorname{Mish}' },
  letters: ['h'],
  source: 'Misra 2019',
  says: 'x times the hyperbolic tangent of its softplus.',
} as const satisfies EntrywiseRecord;
/** Of two numbers, odd in the first, with kinks and a domain. */
const shrink = {
  ...mish,
  arguments: ['x', 'k'],
  aliases: [],
  called: 'shrink',
  domain: [{ needs: 'nonnegative', of: 'k' }],
  kinks: [{ needs: 'nonzero', of: 'abs(x) - k', order: 1, raised: 'later' }],
  range: { least: -Infinity, most: Infinity, reached: 'none' },
  monotone: 'increasing',
  derivative: {
    to: '1[abs(x) > k]*d(x) - sign(x)*1[abs(x) > k]*d(k)',
    source: 'Donoho 1995',
    says: 'What is shrunk to zero does not vary.',
  },
  definition: { to: 'sign(x)*relu(abs(x) - k)', source: 'Donoho 1995', says: 'Soft thresholding.' },
  exact: { kind: 'points', at: [] },
  cost: 'cheap',
  value: (x, k) => Math.sign(x) * Math.max(Math.abs(x) - k, 0),
  latex: 'name',
  letters: [],
  says: 'x, moved by k towards zero, and 0 where it is smaller.',
} as const satisfies EntrywiseRecord;

vi.mock('../../rules/functions/entrywise.ts', async (original) => {
  const { entrywise } = await original<typeof import('../../rules/functions/entrywise.ts')>();
  return { entrywise: { ...entrywise, mish, shrink } };
});
vi.mock('../../src/loops/emit/functions.ts', async (original) => {
  const texts = await original<typeof import('../../src/loops/emit/functions.ts')>();
  const { code } = await import('../../src/loops/emit/code.ts');
  return {
    ...texts,
    functionTexts: {
      ...texts.functionTexts,
      mish: { kind: 'own', text: code`const mish = (x) => x * Math.tanh(softplus(x));`, needs: ['softplus'] },
      shrink: {
        kind: 'own',
        text: code`const shrink = (x, k) => Math.sign(x) * Math.max(Math.abs(x) - k, 0);`,
        needs: [],
      },
    },
  };
});
vi.mock('../../src/derive/compiled-rules.ts', async () => {
  const [{ storeCatalogue }, { ruleSets }] = await Promise.all([
    import('../../src/derive/store.ts'),
    import('../../rules/sets.ts'),
  ]);
  return { compiled: storeCatalogue(ruleSets) };
});

// Test files share their modules: these are loaded anew with the larger tables, and the next file gets the usual ones.
vi.resetModules();
afterAll(() => {
  for (const path of [
    '../../rules/functions/entrywise.ts',
    '../../src/loops/emit/functions.ts',
    '../../src/derive/compiled-rules.ts',
  ])
    vi.doUnmock(path);
  vi.resetModules();
});

const { program, valueOf } = await import('../api/given.ts');
const { matgrad } = await import('../cli/given.ts');
const { verdictOf } = await import('../decide/verdict-of.ts');

const given = 'A in R^(m x n); x in R^n; b in R^m; k, t in R; p >= 0';

describe('is derived', () => {
  test.each([
    ['grad(sum(mish(A*x + b)), x)'],
    ['hessian(sum(mish(x)), x)'],
    ['grad(sum(shrink(A*x, p).^2), x)'],
    ['grad(sum(shrink(x, p)), p)'],
    ['jacobian(Mish(x), x)'],
  ])('%s, and agrees with finite differences', (question) => {
    const result = valueOf(program(given).ask(question)).check({ points: 3, seed: 5 });
    expect(result, result.reason).toMatchObject({ ok: true, points: 3 });
  });
  test('names its rule and says its sentence', () => {
    const [step] = valueOf(program(given).ask('grad(mish(t), t)')).steps();
    expect(JSON.stringify(step)).toContain('derivative of mish');
    expect(JSON.stringify(step)).toContain('product rule and chain rule');
  });
});

test('prints, and what is printed is read again', () => {
  const answer = valueOf(program(given).ask('grad(norm2(mish(A*x))^2, x)'));
  expect(answer.text).toContain('mish(A*x)');
  expect(answer.latex).toContain('\\operatorname{Mish}');
  expect(valueOf(program(given).ask(`shrink(x', p)'`)).text).toBe('shrink(x, p)');
  expect(valueOf(program(given).ask('mish(0) + t')).text).toBe('t');
});

test.each([
  ['mish(t) == t*tanh(softplus(t))', 'proved'],
  ['mish(t) == t*tanh(log(1 + exp(t)))', 'proved'],
  ['grad(mish(t), t) == grad(t*tanh(softplus(t)), t)', 'proved'],
  ['mish(t) == t*tanh(t)', 'refuted'],
  ['shrink(t, 0) == t', 'proved'],
])('%s is %s', (claim, verdict) => expect(verdictOf(given, claim).verdict).toBe(verdict));

test('states its domain and its kinks', () => {
  const conditions = (question: string): readonly string[] =>
    valueOf(program(given).ask(question)).conditions.map(({ text }) => text);
  expect(conditions('shrink(t, k)')).toEqual(['k >= 0, for shrink(t, k)']);
  expect(conditions('grad(shrink(t, p), t)')).toEqual(['except where abs(t) - p = 0: shrink(t, p) has a kink there']);
  expect(conditions('grad(shrink(t, p)^2, t)')).toEqual([]);
  expect(conditions('grad(mish(t), t)')).toEqual([]);
});

test('compiles', () => {
  const evaluate = valueOf(valueOf(program(given).ask('mish(x) + shrink(x, p)')).compile({ n: 3 }));
  const expected = [-1, 0.5, 2].map((x) => mish.value(x) + shrink.value(x, 0.75));
  const found = [...evaluate({ x: [-1, 0.5, 2], p: 0.75 })];
  found.forEach((value, n) => expect(value).toBeCloseTo(expected[n]!, 14));
});

test('is listed with its rules', async () => {
  const { out } = await matgrad('rules', '--search', 'mish');
  for (const part of ['mish(x)', 'Also Mish.', 'derivative of mish', 'definition of mish', '[Misra 2019]'])
    expect(out).toContain(part);
});

test('what it is given wrongly is refused', () => {
  for (const [question, message] of [
    ['mish(x, x)', 'mish takes 1 argument, not 2'],
    ['shrink(x)', 'shrink takes 2 arguments, not 1'],
    ['mihs(x)', 'mihs is not a function that is known here'],
  ] as const)
    expect(program(given).ask(question)).toMatchObject({ ok: false, problem: { message } });
});
