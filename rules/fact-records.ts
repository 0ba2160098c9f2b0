/**
 * The facts that can be stated about a name: what each means, what follows from it, and when it still holds.
 *
 * What needs code (how a point is drawn, how numbers are tested, how a matrix is brought to satisfy the fact) is a table
 * over `Fact` in evaluate/ and decide/: a fact without an entry there is a type error.
 */

/** Of what can it be said? `rows`: of a vector, or of every row of a matrix. */
export type FactSubject = 'anything' | 'rows' | 'matrix' | 'square' | 'square or number';

/** Where entries are zero by the fact alone. `in each row`: somewhere in each row, as soon as it has two entries. */
export type Zeros =
  'off the diagonal' | 'above the diagonal' | 'below the diagonal' | 'on the diagonal' | 'in each row';

export type Cases =
  | 'a place in each row'
  | 'two values of each entry'
  | 'rotation or reflection'
  | 'an order of the rows'
  | 'a choice of rows';

interface Shared {
  /** What comes after “is” in a sentence. */
  readonly words: string;
  /** How it is written of a number: tau > 0. */
  readonly comparison?: '>' | '<' | '>=' | '!=';
  readonly of: FactSubject;
  /**
   * The sign of each entry. Beside a fact that fixes zeros it speaks of the other entries: a diagonal matrix is positive
   * where its diagonal is.
   */
  readonly entries?: 'positive' | 'negative' | 'nonnegative' | 'nonzero';
  readonly zeros?: Zeros;
  /** Every entry lies between these numbers, ends included. */
  readonly within?: readonly [least: number, most: number];
  /** 1: equal to its transpose; -1: to the negative of its transpose. */
  readonly symmetry?: 1 | -1;
  /** x'*X*x > 0 for every x other than 0. */
  readonly definite?: true;
  readonly invertible?: true;
  readonly idempotent?: true;
  /** Its columns have length 1 and are orthogonal to each other. */
  readonly orthonormal?: true;
  /** Every entry is an integer. */
  readonly integer?: true;
  /** The points that satisfy it fall apart into so many cases, all of which a proof by points must see. */
  readonly cases?: Cases;
  /** What is said behind it: `mean m`, `bernoulli p`. Without it the fact says nothing. */
  readonly value?: 'mean' | 'covariance';
  /** Nobody knows its value, only how it is distributed: E(…) is about it. */
  readonly random?: true;
  /** Equations that say it, of X (a matrix, or a vector x); empty where it is no equation between entries. */
  readonly equations: readonly string[];
  readonly source: string;
}
interface Written extends Shared {
  readonly implies: readonly string[];
  /** Only what nothing that it implies contradicts already, and said on one of the two sides. */
  readonly contradicts: readonly string[];
  /** What is left of it once single entries vary: itself where it is no equation. */
  readonly nearby: readonly string[];
  /** The same away from its boundary, for tests that look around a point. */
  readonly inside?: string;
}

/** The most telling first: the first of a name's facts decides how its values are drawn. */
const records = {
  permutation: {
    words: 'a permutation matrix',
    of: 'square',
    implies: ['onehot', 'orthogonal'],
    contradicts: [],
    equations: ["X'*X == eye(n)", 'X.*X == X'],
    nearby: ['invertible'],
    cases: 'an order of the rows',
    source: 'one 1 in every row and every column',
  },
  onehot: {
    words: 'one-hot',
    of: 'rows',
    implies: ['binary', 'stochastic'],
    contradicts: [],
    zeros: 'in each row',
    equations: ['x.*x == x', 'sum(x) == 1'],
    nearby: ['nonzero'],
    cases: 'a place in each row',
    source: 'one 1 in a vector, or in every row of a matrix',
  },
  simplex: {
    words: 'a probability vector',
    of: 'rows',
    implies: ['positive', 'stochastic'],
    contradicts: [],
    equations: ['sum(x) == 1'],
    nearby: ['positive'],
    source: 'the inside of the probability simplex',
  },
  stochastic: {
    words: 'stochastic',
    of: 'rows',
    within: [0, 1],
    implies: ['nonnegative', 'nonzero'],
    contradicts: [],
    equations: ['sum(x) == 1'],
    nearby: ['nonnegative', 'nonzero'],
    inside: 'simplex',
    source: 'Horn and Johnson, Matrix Analysis, 8.7: nonnegative rows that sum to 1',
  },
  orthogonal: {
    words: 'orthogonal',
    of: 'square',
    implies: ['orthonormal', 'invertible'],
    contradicts: [],
    equations: ["X'*X == eye(n)", "X*X' == eye(n)"],
    nearby: ['invertible'],
    cases: 'rotation or reflection',
    source: 'Horn and Johnson, Matrix Analysis, 2.1',
  },
  orthonormal: {
    words: 'a matrix with orthonormal columns',
    of: 'matrix',
    within: [-1, 1],
    orthonormal: true,
    implies: ['nonzero'],
    contradicts: [],
    equations: ["X'*X == eye(n)"],
    nearby: ['nonzero'],
    cases: 'rotation or reflection',
    source: 'Horn and Johnson, Matrix Analysis, 2.1',
  },
  idempotent: {
    words: 'idempotent',
    of: 'square',
    implies: [],
    contradicts: ['skew'],
    idempotent: true,
    equations: ['X*X == X'],
    nearby: [],
    cases: 'a choice of rows',
    source: 'Horn and Johnson, Matrix Analysis, 1.1',
  },
  diagonal: {
    words: 'diagonal',
    of: 'square',
    implies: ['symmetric', 'lower', 'upper'],
    contradicts: [],
    zeros: 'off the diagonal',
    equations: ['X == diag(diag(X))'],
    nearby: [],
    source: 'definition',
  },
  skew: {
    words: 'skew-symmetric',
    of: 'square',
    implies: [],
    contradicts: ['lower', 'upper'],
    zeros: 'on the diagonal',
    symmetry: -1,
    equations: ["X' == -X"],
    nearby: [],
    source: 'definition',
  },
  spd: {
    words: 'symmetric positive definite',
    of: 'square',
    implies: ['symmetric', 'invertible'],
    contradicts: ['negative'],
    definite: true,
    equations: ["X' == X"],
    nearby: ['invertible'],
    source: 'Horn and Johnson, Matrix Analysis, 7.1',
  },
  lower: {
    words: 'lower triangular',
    of: 'square',
    implies: [],
    contradicts: [],
    zeros: 'above the diagonal',
    equations: [],
    nearby: [],
    source: 'definition',
  },
  upper: {
    words: 'upper triangular',
    of: 'square',
    implies: [],
    contradicts: [],
    zeros: 'below the diagonal',
    equations: [],
    nearby: [],
    source: 'definition',
  },
  symmetric: {
    words: 'symmetric',
    of: 'square',
    implies: [],
    contradicts: ['skew'],
    symmetry: 1,
    equations: ["X' == X"],
    nearby: [],
    source: 'definition',
  },
  invertible: {
    words: 'invertible',
    of: 'square or number',
    implies: ['nonzero'],
    contradicts: [],
    invertible: true,
    equations: [],
    nearby: ['invertible'],
    source: 'definition',
  },
  binary: {
    words: '0 or 1 in each entry',
    of: 'anything',
    within: [0, 1],
    implies: ['nonnegative'],
    contradicts: [],
    integer: true,
    cases: 'two values of each entry',
    equations: ['X.*X == X'],
    nearby: [],
    source: 'definition',
  },
  bernoulli: {
    words: '1 with a probability, else 0, in each entry',
    of: 'anything',
    implies: ['binary', 'random'],
    contradicts: [],
    value: 'mean',
    equations: ['X.*X == X'],
    nearby: ['random'],
    cases: 'two values of each entry',
    source: 'Ross, A First Course in Probability, 4.6: its mean is the probability',
  },
  pm1: {
    words: '1 or -1 in each entry',
    of: 'anything',
    within: [-1, 1],
    implies: ['nonzero'],
    contradicts: ['skew', 'onehot'],
    entries: 'nonzero',
    integer: true,
    cases: 'two values of each entry',
    equations: ['X.*X == ones(n, n)'],
    nearby: ['nonzero'],
    source: 'definition',
  },
  positive: {
    words: 'positive',
    comparison: '>',
    of: 'anything',
    implies: ['nonnegative', 'nonzero'],
    contradicts: ['onehot'],
    entries: 'positive',
    equations: [],
    nearby: ['positive'],
    source: 'definition',
  },
  negative: {
    words: 'negative',
    comparison: '<',
    of: 'anything',
    implies: ['nonzero'],
    contradicts: ['skew'],
    entries: 'negative',
    equations: [],
    nearby: ['negative'],
    source: 'definition',
  },
  nonnegative: {
    words: 'nonnegative',
    comparison: '>=',
    of: 'anything',
    implies: [],
    contradicts: ['negative', 'skew'],
    entries: 'nonnegative',
    equations: [],
    nearby: ['nonnegative'],
    inside: 'positive',
    source: 'definition',
  },
  nonzero: {
    words: 'not zero',
    comparison: '!=',
    of: 'anything',
    implies: [],
    contradicts: [],
    equations: [],
    nearby: ['nonzero'],
    source: 'definition: an array is not zero as a whole, some of its entries may be',
  },
  mean: {
    words: 'random with this mean',
    of: 'anything',
    implies: ['random'],
    contradicts: [],
    value: 'mean',
    equations: [],
    nearby: ['mean'],
    source: 'definition',
  },
  cov: {
    words: 'random with this covariance',
    of: 'anything',
    implies: ['random'],
    contradicts: [],
    value: 'covariance',
    equations: [],
    nearby: ['cov'],
    source: 'definition',
  },
  random: {
    words: 'random',
    of: 'anything',
    random: true,
    implies: [],
    contradicts: [],
    equations: [],
    nearby: ['random'],
    source: 'definition',
  },
  constant: {
    words: 'constant',
    of: 'anything',
    implies: [],
    contradicts: [],
    equations: [],
    nearby: ['constant'],
    source: 'definition',
  },
} as const satisfies Record<string, Written>;

export type Fact = keyof typeof records;

export interface FactRecord extends Shared {
  readonly implies: readonly Fact[];
  readonly contradicts: readonly Fact[];
  readonly nearby: readonly Fact[];
  readonly inside?: Fact;
}

export const factRecords: Readonly<Record<Fact, FactRecord>> = records;
export const factNames = Object.keys(records) as readonly Fact[];

/** Facts that, of all square matrices, only the identity has together. */
export const factsOfIdentity: readonly (readonly Fact[])[] = [
  ['orthogonal', 'spd'],
  ['orthogonal', 'lower', 'nonnegative'],
  ['orthogonal', 'upper', 'nonnegative'],
  ['idempotent', 'invertible'],
];
