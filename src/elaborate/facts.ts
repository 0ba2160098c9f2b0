/** Which facts can be stated of a name of this shape, beside those that are stated already? */
import { refuse } from '../basics/problem.ts';
import type { FactSubject } from '../../rules/fact-records.ts';
import type { Shape } from '../shape/shape.ts';
import { contradiction, factRecords } from '../syntax/facts.ts';
import type { Fact, FactNote } from '../syntax/tree.ts';

const isSquare = (shape: Shape): boolean => shape.kind === 'matrix' && shape.rows === shape.columns;

interface Subject {
  readonly fits: (shape: Shape) => boolean;
  /** Why it does not, after the shape: `, not square`. */
  readonly otherwise: (fact: Fact) => string;
}
const subjects: Readonly<Record<FactSubject, Subject>> = {
  anything: { fits: () => true, otherwise: () => '' },
  rows: {
    fits: ({ kind }) => kind === 'column' || kind === 'row' || kind === 'matrix',
    otherwise: (fact) => `, and ${fact} is said of vectors, or of the rows of a matrix`,
  },
  matrix: { fits: ({ kind }) => kind === 'matrix', otherwise: (fact) => `, and ${fact} is said of matrices` },
  square: { fits: isSquare, otherwise: () => ', not square' },
  'square or number': { fits: (shape) => isSquare(shape) || shape.kind === 'scalar', otherwise: () => ', not square' },
};

export function checkFact(
  { fact, at, span }: FactNote,
  name: string,
  shape: Shape,
  others: ReadonlySet<Fact>,
  described: string,
): void {
  const fail = (message: string, hint?: string): never => refuse({ kind: 'fact', message, span, hint });
  const { fits, otherwise } = subjects[factRecords[fact].of];
  if (!fits(shape))
    fail(
      `${name} cannot be ${fact}: it is ${described}${otherwise(fact)}`,
      shape.kind === 'scalar' && factRecords[fact].of === 'square' ? `a scalar can be positive or nonzero` : undefined,
    );
  if (at && shape.kind !== 'column' && shape.kind !== 'row')
    fail(`${name} cannot be ${fact} at one position: it is ${described}, not a vector`);
  const other = contradiction(others, fact);
  if (other) fail(`${name} cannot be both ${other} and ${fact}`);
}
