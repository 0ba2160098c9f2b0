/** How the properties of a matrix follow from those of its parts: what is quoted where a sign or an inverse is settled. */
interface Inference {
  readonly says: string;
  readonly source: string;
}
const johnson = (section: string): string => `Horn and Johnson, Matrix Analysis, ${section}`;

const all = {
  'sum of semidefinite matrices': {
    says: 'A sum of positive semidefinite matrices is one, and definite as soon as one of them is.',
    source: johnson('7.1.3'),
  },
  'definite beside skew': {
    says: "A skew-symmetric matrix adds nothing to x'*M*x, so a definite matrix stays invertible beside it.",
    source: 'elementary: the quadratic form of a skew-symmetric matrix is 0',
  },
  congruence: {
    says: "B*C*B' is positive semidefinite where C is, and definite where B is invertible and C definite.",
    source: johnson('7.1.8'),
  },
  'Schur product': {
    says: 'The entrywise product of positive semidefinite matrices is one, and definite where they are.',
    source: johnson('7.5.3'),
  },
  'definite inverse': {
    says: 'The inverse of a positive semidefinite matrix, where it exists, is positive definite.',
    source: johnson('7.1.7'),
  },
  'eigenvalues of a definite matrix': {
    says: 'The eigenvalues of a positive definite matrix are positive, those of a semidefinite one not negative.',
    source: johnson('7.2.1'),
  },
  'definite square root': {
    says: 'The principal square root of a positive semidefinite matrix, where it exists, is positive definite.',
    source: johnson('7.2.6'),
  },
  'nonnegative diagonal': {
    says: 'A diagonal matrix is positive definite where its diagonal is positive.',
    source: 'definition',
  },
  'orthogonal projection': {
    says: 'A symmetric idempotent matrix has the eigenvalues 0 and 1.',
    source: 'elementary: from P*P = P',
  },
  'product of invertible matrices': {
    says: 'A product of square matrices is invertible where each of them is.',
    source: johnson('0.5'),
  },
  'triangular with a nonzero diagonal': {
    says: 'A triangular matrix is invertible where its diagonal has no zero.',
    source: johnson('0.9.3'),
  },
  'quadratic form': {
    says: "x'*S*x is at least 0 for a positive semidefinite S.",
    source: johnson('7.1'),
  },
  'sum of squares': {
    says: 'A quadratic polynomial is never negative where its matrix, with a row for its linear part, is semidefinite.',
    source: johnson('7.1'),
  },
  'nonnegative and not zero': {
    says: 'A sum of products without negative numbers, one of which is positive, is positive.',
    source: 'elementary',
  },
  'skew form': {
    says: "x'*K*x is 0 for a skew-symmetric K.",
    source: "elementary: x'*K*x = (x'*K*x)' = -x'*K*x",
  },
  'determinant of a definite matrix': {
    says: 'The determinant of a positive definite matrix is positive.',
    source: johnson('7.1.7'),
  },
  'rank of a product': {
    says: 'The rank of a product is at most that of each factor, the rank of a sum at most the sum of the ranks.',
    source: johnson('0.4.5'),
  },
  'odd skew matrix': {
    says: 'A skew-symmetric matrix with an odd number of rows is singular.',
    source: "elementary: det(K) = det(K') = det(-K)",
  },
} as const satisfies Record<string, Inference>;

export type InferenceName = keyof typeof all;
export const inferences: Readonly<Record<InferenceName, Inference>> = all;
