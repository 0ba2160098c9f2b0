/** Trees for the tests of the printers: written in the language, or generated. */
import fc from 'fast-check';
import { rational } from '../../src/basics/rational.ts';
import { parseExpression } from '../../src/parse/parse.ts';
import type { All, Comparison, Expression, Operator, SignedTerm } from '../../src/syntax/tree.ts';

/** Without places, and with a fraction as the parser reads it: 3/2 is a division. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== 'object' || value === null) return value;
  const node = value as Partial<Expression>;
  if (node.kind === 'number' && node.value && node.value.d !== 1n && node.decimal !== true) {
    return { kind: 'binary', operator: '/', left: number(node.value.n), right: number(node.value.d) };
  }
  const kept = Object.entries(value).filter(
    ([key, inside]) => !/^(?:span|nameSpan|guards)$/.test(key) && inside !== undefined,
  );
  return Object.fromEntries(kept.map(([key, inside]) => [key, bare(inside)]));
}

export function parsed(text: string): Expression {
  const outcome = parseExpression(text);
  if (!outcome.ok) throw new Error(`${text}: ${outcome.problem.message}`);
  return outcome.value;
}

export const number = (n: bigint | number, d: bigint | number = 1): Expression => ({
  kind: 'number',
  value: rational(n, d),
});
export const name = (text: string): Expression => ({ kind: 'name', name: text });
export const binary = (left: Expression, operator: Operator, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
export const call = (callee: string, ...args: readonly Expression[]): Expression => ({
  kind: 'call',
  name: callee,
  arguments: args,
});

const names = [
  'x',
  'y',
  'A',
  'tau',
  'W_1',
  'W2',
  'yh',
  'b_out',
  'theta',
  'n',
  'ŷ',
  'sum',
  'sum_j',
  '__proto__',
  'Sigma_j',
];
const functions = [
  'sin',
  'softmax',
  'f',
  'J_f',
  'inv',
  'norm2',
  'norm1',
  'normf',
  'eye',
  'kron',
  'delta',
  'sum',
  'grad',
];
const operators: readonly Operator[] = ['*', '/', '.*', './', '^', '.^'];
const comparisons: readonly Comparison[] = ['>', '<', '>=', '<=', '==', '!='];

const literal: fc.Arbitrary<Expression> = fc.oneof(
  fc.nat({ max: 12 }).map((n) => number(n)),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 9 })).map(([n, d]) => number(n, d)),
  fc.tuple(fc.nat(), fc.integer({ min: -20, max: 20 })).map(([n, e]): Expression => {
    const value = e < 0 ? rational(n, 10n ** BigInt(-e)) : rational(BigInt(n) * 10n ** BigInt(e));
    return { kind: 'number', value, decimal: true };
  }),
);

export const expressions: fc.Arbitrary<Expression> = fc.letrec<{
  tree: Expression;
  term: SignedTerm;
  index: Expression | All;
}>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.oneof(fc.constantFrom(...names).map(name), literal),
    fc.array(tie('term'), { minLength: 2, maxLength: 4 }).map((terms): Expression => ({ kind: 'sum', terms })),
    tie('tree').map((of): Expression => ({ kind: 'negation', of })),
    fc
      .tuple(tie('tree'), fc.constantFrom(...operators), tie('tree'))
      .map(([left, operator, right]) => binary(left, operator, right)),
    // The parser refuses X^2': the quote would belong to the number.
    tie('tree').map((of): Expression => (of.kind === 'number' ? of : { kind: 'transpose', of })),
    fc
      .tuple(fc.constantFrom(...functions), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
      .map(([callee, args]) => call(callee, ...args)),
    fc
      .tuple(tie('tree'), fc.array(tie('index'), { minLength: 1, maxLength: 2 }))
      .map(([of, indices]): Expression => ({ kind: 'subscript', of, indices })),
    fc
      .array(fc.array(tie('tree'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((rows): Expression => ({ kind: 'matrix', rows })),
    fc
      .tuple(fc.constantFrom('i', 'j', 'alpha', 'i_1'), tie('tree'))
      .map(([index, body]): Expression => ({ kind: 'sum-over', index, body })),
    fc
      .tuple(fc.constantFrom(...comparisons), tie('tree'), tie('tree'))
      .map(([comparison, left, right]): Expression => ({ kind: 'indicator', comparison, left, right })),
  ),
  term: fc.record({ negative: fc.boolean(), term: tie('tree') }),
  index: fc.oneof({ weight: 3, arbitrary: tie('tree') }, { weight: 1, arbitrary: fc.constant<All>({ kind: 'all' }) }),
})).tree;
