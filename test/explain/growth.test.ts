import { expect, test } from 'vitest';
import { told } from './given.ts';

/** Layers of tanh, each with a name, or all in one expression. */
function layers(count: number, named: boolean): string {
  const numbers = [...Array(count).keys()].map((n) => n + 1);
  const weights = numbers.map((n) => `W${n} in R^(n x n); b${n} in R^n`).join('; ');
  if (!named)
    return `x, t in R^n; ${weights}; J = norm2(${numbers.reduce((h, n) => `tanh(W${n}*${h} + b${n})`, 'x')} - t)^2`;
  const definitions = numbers.map((n) => `h${n} = tanh(W${n}*${n === 1 ? 'x' : `h${n - 1}`} + b${n})`).join('; ');
  return `x, t in R^n; ${weights}; ${definitions}; J = norm2(h${count} - t)^2`;
}

test.each([
  ['named layers', true, 'grad(J, W1)', 30],
  ['unnamed layers', false, 'grad(J, W1)', 12],
  ['forward', true, 'jacobian(h15, x)', 30],
] as const)('%s: twice as deep is about twice as long', (_, named, question, deep) => {
  const lengthAt = (count: number): number => told(layers(count, named), question.replace('15', `${count}`)).length;
  expect(lengthAt(deep)).toBeLessThan(2.6 * lengthAt(deep / 2));
});
