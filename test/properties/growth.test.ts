/** Depth costs in proportion: the terms created and the length of an answer grow near linearly with the number of layers. */
import { expect, test } from 'vitest';
import { toText } from '../../src/print/text.ts';
import { number, scale, symbolTerm, plus } from '../../src/terms/construct.ts';
import * as Q from '../../src/basics/rational.ts';
import { answerOf, sampleOf } from './given.ts';

/** Nodes are numbered as they are created: the number of a new one says how many there were. */
let fresh = 0;
function nodesSoFar(): number {
  fresh++;
  const symbol = {
    name: `growth ${fresh}`,
    role: 'variable',
    shape: { kind: 'scalar' },
    dims: [],
    facts: new Set<never>(),
    order: fresh,
  } as const;
  return plus(scale(Q.rational(2), symbolTerm(symbol, [])), number(Q.rational(fresh))).node.id;
}

interface Cost {
  readonly nodes: number;
  readonly length: number;
}
function costOf(program: string): Cost {
  const before = nodesSoFar();
  const { expression, where } = answerOf(sampleOf(program));
  const nodes = nodesSoFar() - before;
  return {
    nodes,
    length: [expression, ...where.map(({ value }) => value)].reduce((total, e) => total + toText(e).length, 0),
  };
}

const layers = [...Array(12).keys()].map((n) => n + 1);
/** tanh(W3*tanh(W2*tanh(W1*x))) */
const unnamed = (depth: number, question: (value: string) => string): string => {
  const weights = Array.from({ length: depth }, (_, n) => `W_${n + 1}`);
  const value = weights.reduce((inner, weight) => `tanh(${weight}*${inner})`, 'x');
  return [`x in R^n; ${weights.join(', ')} in R^(n x n)`, question(value)].join('; ');
};
const named = (depth: number, question: (value: string) => string): string => {
  const lines = Array.from({ length: depth }, (_, n) => `h_${n + 1} = tanh(W_${n + 1}*${n === 0 ? 'x' : `h_${n}`})`);
  const weights = Array.from({ length: depth }, (_, n) => `W_${n + 1}`);
  return [`x in R^n; ${weights.join(', ')} in R^(n x n)`, ...lines, question(`h_${depth}`)].join('; ');
};

/** From depth d to 2d the cost may a bit more than double: c*d^1.5 at most, measured from depth 3 to 12. */
function expectNearLinear(costs: readonly number[], what: string): void {
  const [at3, at12] = [costs[2]!, costs[11]!];
  expect(at12 / at3, `${what} by depth: ${costs.join(', ')}`).toBeLessThan(4 ** 1.5);
}

const questions: readonly (readonly [string, (value: string) => string])[] = [
  ['the gradient by the first weights', (value) => `grad(sum(${value}), W_1)`],
  ['the gradient by the input', (value) => `grad(norm2(${value})^2, x)`],
  ['the Jacobian by the input', (value) => `jacobian(${value}, x)`],
];

for (const [what, question] of questions)
  for (const [how, program] of [
    ['unnamed', unnamed],
    ['named', named],
  ] as const)
    test(`${what} through ${how} layers`, () => {
      const costs = layers.map((depth) => costOf(program(depth, question)));
      expectNearLinear(
        costs.map(({ nodes }) => nodes),
        'terms created',
      );
      expectNearLinear(
        costs.map(({ length }) => length),
        'characters',
      );
    });
