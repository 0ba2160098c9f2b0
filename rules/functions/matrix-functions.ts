/** The functions of a matrix that go by its eigenvalues or singular values. */
import type { MatrixRecord } from './record.ts';

const simpleEigenvalues = [{ needs: 'distinct', of: 'eigvals(X)' }] as const;
const ofSymmetric = { kind: 'matrix', arguments: ['X'], aliases: [], takes: 'symmetric', domain: [] } as const;
const primitive = { transposable: false, definition: 'primitive' } as const;

export const ofSpectrum = {
  eigvals: {
    ...ofSymmetric,
    ...primitive,
    called: 'eigenvalues',
    result: 'column',
    derivativeDomain: simpleEigenvalues,
    derivative: {
      to: "diag(eigvecs(X)'*d(X)*eigvecs(X))",
      source: 'Magnus 1985; Magnus and Neudecker, Matrix Differential Calculus, 9.11',
      says: "A simple eigenvalue changes by v'*d(X)*v, with its eigenvector v of length 1.",
    },
    latex: { kind: 'command', text: '\\operatorname{eigvals}' },
    letters: ['lambda'],
    source: 'definition',
    says: "The eigenvalues of the symmetric matrix (X + X')/2, in ascending order.",
  },
  eigvecs: {
    ...ofSymmetric,
    ...primitive,
    called: 'eigenvectors',
    result: 'same',
    derivativeDomain: simpleEigenvalues,
    derivative: {
      to: "eigvecs(X)*((1./(outer_sum(-eigvals(X), eigvals(X)) + eye(n)) - eye(n)) .* (eigvecs(X)'*(d(X) + d(X)')/2*eigvecs(X)))",
      source: 'Magnus 1985; Giles 2008, 3.1',
      says: "An eigenvector v[k] turns towards another one, v[l], by v[l]'*d(X)*v[k] (of the symmetric part of d(X)) over lambda[k] - lambda[l].",
    },
    latex: { kind: 'command', text: '\\operatorname{eigvecs}' },
    letters: ['V', 'Q'],
    source: 'definition',
    says: "Eigenvectors of (X + X')/2 as columns, of length 1, in the order of eigvals; the first entry that is not 0 is positive.",
  },
  eigmax: {
    ...ofSymmetric,
    ...primitive,
    called: 'the largest eigenvalue',
    result: 'number',
    derivativeDomain: [{ needs: 'unique-maximum', of: 'eigvals(X)' }],
    derivative: {
      to: "eigvecs(X)[:,n]'*d(X)*eigvecs(X)[:,n]",
      source: 'Magnus 1985; Magnus and Neudecker, Matrix Differential Calculus, 9.11',
      says: "A simple eigenvalue changes by v'*d(X)*v, with its eigenvector v of length 1.",
    },
    latex: { kind: 'command', text: '\\lambda_{\\max}' },
    letters: [],
    source: 'definition',
    says: "The largest eigenvalue of the symmetric matrix (X + X')/2.",
  },
  eigmin: {
    ...ofSymmetric,
    ...primitive,
    called: 'the smallest eigenvalue',
    result: 'number',
    derivativeDomain: [{ needs: 'unique-minimum', of: 'eigvals(X)' }],
    derivative: {
      to: "eigvecs(X)[:,1]'*d(X)*eigvecs(X)[:,1]",
      source: 'Magnus 1985; Magnus and Neudecker, Matrix Differential Calculus, 9.11',
      says: "A simple eigenvalue changes by v'*d(X)*v, with its eigenvector v of length 1.",
    },
    latex: { kind: 'command', text: '\\lambda_{\\min}' },
    letters: [],
    source: 'definition',
    says: "The smallest eigenvalue of the symmetric matrix (X + X')/2.",
  },
  normop: {
    kind: 'matrix',
    arguments: ['X'],
    aliases: [],
    called: 'an operator norm',
    takes: 'any',
    result: 'number',
    domain: [],
    derivativeDomain: [{ needs: 'unique-maximum', of: "eigvals(X'*X)" }],
    transposable: true,
    definition: 'primitive',
    derivative: {
      to: "eigvecs(X'*X)[:,n]'*X'*d(X)*eigvecs(X'*X)[:,n]/normop(X)",
      source: 'Watson 1992; Giles 2008, 3.2',
      says: "The largest singular value changes by u'*d(X)*v, with its right singular vector v and u = X*v/normop(X).",
    },
    latex: { kind: 'fences', open: '\\lVert', close: '\\rVert', mark: '_{\\mathrm{op}}' },
    letters: [],
    source: 'definition',
    says: 'The largest singular value, the operator norm that belongs to Euclidean lengths.',
  },
} as const satisfies Readonly<Record<string, MatrixRecord>>;
