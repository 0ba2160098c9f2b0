/** The commands, their help, and what is said to who mistypes. */
import { describe, expect, test } from 'vitest';
import { matgrad } from './given.ts';

test.each(['derive', 'check', 'rules', 'batch'])('%s has help with examples, and a version', async (name) => {
  for (const args of [
    [name, '--help'],
    [name, '-h'],
    ['help', name],
  ]) {
    const { code, out } = await matgrad(...args);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: matgrad/m);
    expect(out).toMatch(/^Examples?:/m);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
  }
  expect((await matgrad(name, '--version')).out).toMatch(/^matgrad \d+\.\d+\.\d+\n$/);
});

test('the overview lists commands and exit codes', async () => {
  for (const args of [[], ['--help'], ['-h'], ['help']]) {
    const { code, out } = await matgrad(...args);
    expect(code).toBe(0);
    for (const word of ['derive', 'check', 'rules', 'batch', 'Exit codes:']) expect(out).toContain(word);
  }
  expect((await matgrad('--version')).out).toMatch(/^matgrad \d/);
});

test('an unknown command is answered with a guess', async () => {
  expect(await matgrad('derve')).toMatchObject({
    code: 2,
    err: expect.stringContaining('hint: matgrad derive?') as string,
  });
  expect((await matgrad("x'*x", '--wrt', 'x')).err).toContain("matgrad derive 'x'*x'?");
});

describe('check', () => {
  const cases: readonly (readonly [what: string, text: string, code: number])[] = [
    ['proved', 'x in R; check sigmoid(x) == 1 - sigmoid(-x)', 0],
    ['proved, without the word check', 'x in R; sigmoid(x) == 1 - sigmoid(-x)', 0],
    ['refuted', 'x in R; check sin(x) == x', 1],
    ['no claim', 'x in R; y = 2*x', 2],
    ['a problem', 'x in R; check sin(x) = x', 2],
  ];
  test.each(cases)('%s', async (_, text, code) => {
    expect((await matgrad('check', text)).code).toBe(code);
  });
  test('as JSON', async () => {
    const { out } = await matgrad('check', '--json', 'x in R; check sin(x) == x');
    expect(JSON.parse(out)).toMatchObject({ verdict: 'refuted', claim: 'sin(x) == x' });
  });
});

describe('rules', () => {
  test('are listed with source, and can be searched', async () => {
    const { code, out } = await matgrad('rules', '--search', 'Jacobi');
    expect(code).toBe(0);
    expect(out).toContain('differential of a determinant');
    expect(out).toContain('[Matrix Cookbook (41), Jacobi]');
    expect(out).not.toContain('derivative of exp');
  });
  test('as JSON', async () => {
    const { out } = await matgrad('rules', '--json');
    const rules = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rules.length).toBeGreaterThan(50);
    for (const rule of rules)
      expect(Object.keys(rule)).toEqual(expect.arrayContaining(['set', 'name', 'from', 'to', 'says', 'source']));
  });
  test.each([
    ['tanh', 'odd, increasing, between -1 and 1'],
    ['sin', 'odd, with period 2*pi, between -1 and 1'],
    ['softplus', 'increasing, convex, from 0 on'],
    ['floor', 'increasing, integers'],
    ['lognormcdf', 'increasing, concave, up to 0'],
  ])('what is known of %s', async (name, known) => {
    const lines = (await matgrad('rules', '--search', name)).out.split('\n');
    const about = lines.slice(lines.findIndex((line) => line.startsWith(`  ${name}(`)));
    expect(about.slice(1, about.indexOf('')).map((line) => line.trim())).toContain(known);
  });
  test('nothing found', async () => {
    expect(await matgrad('rules', '--search', 'softmix')).toMatchObject({
      code: 2,
      err: expect.stringContaining('hint: softmax?') as string,
    });
  });
});
