import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toUnicode } from '../../src/print/text.ts';
import type { Expression } from '../../src/syntax/tree.ts';
import { bare, binary, expressions, name, number, parsed } from './trees.ts';

/** The signs for which the language has two names: X⁻¹ is read as X^(-1), ‖X‖_F as norm2(X), I as a name. */
function unified(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(unified);
  if (typeof tree !== 'object' || tree === null) return tree;
  const node = tree as Expression;
  if (node.kind === 'call' && node.arguments.length === 1) {
    const [argument] = node.arguments;
    if (node.name === 'eye') return name('I');
    if (node.name === 'normf') return unified({ ...node, name: 'norm2' });
    if (node.name === 'inv' && argument) return unified(binary(argument, '^', { kind: 'negation', of: number(1) }));
  }
  return Object.fromEntries(Object.entries(tree).map(([key, inside]) => [key, unified(inside)]));
}

describe('Unicode', () => {
  test.each([
    ["(diag(y) - y*y')/tau", '(diag(y) − y·yᵀ)/τ'],
    ["(yh - y)*W2' .* h .* (1 - h)", '(yh − y)·W2ᵀ ⊙ h ⊙ (1 − h)'],
    ['-t./z', '−t ⊘ z'],
    ['norm2(r)^2 + norm1(x)', '‖r‖² + ‖x‖₁'],
    ['norm2(norm2(x)*y)', 'norm2(‖x‖·y)'],
    ['inv(X) + inv(A*B)', 'X⁻¹ + (A·B)⁻¹'],
    ["inv(X)'", '(X⁻¹)ᵀ'],
    ["A'^2 + x^n + x^12", '(Aᵀ)² + x^n + x¹²'],
    ['x.^2', 'x.^2'],
    ['sum_j(x[j]*delta(j,k))', 'Σ_j(x[j]·δ(j,k))'],
    ['diag(1[z >= 0])', 'diag(𝟏[z ≥ 0])'],
    ['kron(A, B)*vec(X)', '(A ⊗ B)·vec(X)'],
    ['eye(n) - ones(n)*s', 'I − ones(n)·s'],
    ['theta_1*sigma2 + Sigma + Sigma_j', 'θ_1·σ2 + Σ + Sigma_j'],
    ['sigma(x) + taut', 'σ(x) + taut'],
  ])('%s is %s', (typed, printed) => {
    expect(toUnicode(parsed(typed))).toBe(printed);
  });

  test('every tree is read back as one that means the same', () => {
    fc.assert(
      fc.property(expressions, (tree) => {
        expect(unified(bare(parsed(toUnicode(tree))))).toEqual(unified(bare(tree)));
      }),
      { numRuns: 1000 },
    );
  });
});
