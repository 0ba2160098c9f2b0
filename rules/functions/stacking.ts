/** Functions of what is laid behind each other: the columns of a matrix, and what puts them in another order. */
import type { MatrixRecord } from './record.ts';

const builtOfEntries = {
  derivative: 'of what it stands for',
  definition: 'of what it stands for',
  domain: [],
  derivativeDomain: [],
  transposable: false,
} as const;

export const stacking = {
  unvec: {
    kind: 'matrix',
    arguments: ['v', 'm', 'n'],
    aliases: [],
    called: 'unvec',
    takes: 'one and two sizes',
    result: 'matrix',
    ...builtOfEntries,
    latex: 'own',
    letters: [],
    source: 'Magnus and Neudecker 2019, 2.4',
    says: 'The m x n matrix whose columns under each other are v: vec(unvec(v, m, n)) = v.',
  },
  commutation: {
    kind: 'matrix',
    arguments: ['m', 'n'],
    aliases: [],
    called: 'a commutation matrix',
    takes: 'two sizes',
    result: 'matrix',
    ...builtOfEntries,
    latex: 'own',
    letters: [],
    source: 'Magnus and Neudecker 2019, 3.7',
    says: "The permutation with commutation(m, n)*vec(X) = vec(X') for every m x n matrix X.",
  },
} as const satisfies Readonly<Record<string, MatrixRecord>>;
