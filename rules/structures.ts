/**
 * Within which matrices can a variable be varied, and what does that make of its gradient G, the entries of which were varied one
 * by one? Each formula is the adjoint of how a free entry moves the matrix: what moves together is added up.
 */
import type { Fact } from './fact-records.ts';

export interface StructureRecord {
  /** Stable: steps and tests quote it. */
  readonly name: string;
  /** What is varied, for notes: "S is varied within …". */
  readonly words: string;
  readonly of: 'square' | 'matrix';
  /** Without one of these facts of the variable the question has no meaning. */
  readonly needs: readonly Fact[];
  /** The facts that are the structure itself, or lie within it. */
  readonly declared: readonly Fact[];
  /** The gradient within, of the free gradient G by X, where a matrix expression says it; and its entry [i,j]. */
  readonly formula?: string;
  readonly entry: string;
  /** A second derivative moves twice: that stays within where the structure is flat. */
  readonly isFlat: boolean;
  readonly source: string;
  readonly says: string;
}

export const structures = {
  symmetric: {
    name: 'gradient within the symmetric matrices',
    words: 'the symmetric matrices',
    of: 'square',
    needs: [],
    declared: ['symmetric', 'spd', 'diagonal'],
    formula: "(G + G')/2",
    entry: '(G[i,j] + G[j,i])/2',
    isFlat: true,
    source: 'projection: half of the matrix and its transpose',
    says: 'Along symmetric directions only the symmetric part of the gradient counts: it is projected on the symmetric matrices.',
  },
  skew: {
    name: 'gradient within the skew-symmetric matrices',
    words: 'the skew-symmetric matrices',
    of: 'square',
    needs: [],
    declared: ['skew'],
    formula: "(G - G')/2",
    entry: '(G[i,j] - G[j,i])/2',
    isFlat: true,
    source: 'projection: half of the matrix less its transpose',
    says: 'Along skew-symmetric directions only the skew-symmetric part of the gradient counts.',
  },
  vech: {
    name: 'gradient by the entries of a symmetric matrix',
    words: 'the symmetric matrices, S[i,j] and S[j,i] moving together',
    of: 'square',
    needs: ['symmetric', 'spd', 'diagonal'],
    declared: ['symmetric', 'spd', 'diagonal'],
    formula: "G + G' - diag(diag(G))",
    entry: 'G[i,j] + G[j,i] - delta(i,j)*G[i,j]',
    isFlat: true,
    source: 'Matrix Cookbook (138)',
    says: 'An entry off the diagonal stands at two places: what both places give is added up.',
  },
  diagonal: {
    name: 'gradient within the diagonal matrices',
    words: 'the diagonal matrices',
    of: 'square',
    needs: [],
    declared: ['diagonal'],
    formula: 'diag(diag(G))',
    entry: 'delta(i,j)*G[i,j]',
    isFlat: true,
    source: 'Matrix Cookbook (142)',
    says: 'Only the diagonal is varied, so that only the diagonal of the gradient counts.',
  },
  lower: {
    name: 'gradient within the lower triangular matrices',
    words: 'the lower triangular matrices',
    of: 'matrix',
    needs: [],
    declared: ['lower', 'diagonal'],
    formula: 'tril(G)',
    entry: '1[i >= j]*G[i,j]',
    isFlat: true,
    source: 'projection: what lies above the diagonal is dropped',
    says: 'What lies above the diagonal is not varied: the gradient is 0 there.',
  },
  upper: {
    name: 'gradient within the upper triangular matrices',
    words: 'the upper triangular matrices',
    of: 'matrix',
    needs: [],
    declared: ['upper', 'diagonal'],
    formula: 'triu(G)',
    entry: '1[i <= j]*G[i,j]',
    isFlat: true,
    source: 'projection: what lies below the diagonal is dropped',
    says: 'What lies below the diagonal is not varied: the gradient is 0 there.',
  },
  toeplitz: {
    name: 'gradient by the diagonals of a Toeplitz matrix',
    words: 'the Toeplitz matrices, all entries of a diagonal moving together',
    of: 'matrix',
    needs: [],
    declared: [],
    entry: 'sum_{p, q, p - q == i - j}(G[p,q])',
    isFlat: true,
    source: 'Matrix Cookbook (143)',
    says: 'All entries of a diagonal are one number: the gradient is summed along each diagonal.',
  },
  stiefel: {
    name: 'gradient on the Stiefel manifold',
    words: "the matrices with orthonormal columns, X'*X = I",
    of: 'matrix',
    needs: ['orthonormal', 'orthogonal', 'permutation'],
    declared: ['orthonormal', 'orthogonal', 'permutation'],
    formula: "G - X*(X'*G + G'*X)/2",
    entry: 'G[i,j] - sum_k(X[i,k]*sum_p(X[p,k]*G[p,j] + G[p,k]*X[p,j]))/2',
    isFlat: false,
    source: 'Absil, Mahony and Sepulchre, Optimization Algorithms on Matrix Manifolds (3.35)',
    says: "A direction Z keeps X'*X = I where X'*Z is skew-symmetric: the gradient is projected on these directions.",
  },
} as const satisfies Record<string, StructureRecord>;

export type Structure = keyof typeof structures;
export const structureNames = Object.keys(structures) as readonly Structure[];
export const structureRecords: Readonly<Record<Structure, StructureRecord>> = structures;
