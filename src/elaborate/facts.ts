/** Which facts can hold for which shapes, and which of them survive when entries are varied one by one? */
import { refuse } from '../basics/problem.ts';
import type { Shape } from '../shape/shape.ts';
import type { Fact, FactNote } from '../syntax/tree.ts';

const needSquare: ReadonlySet<Fact> = new Set(['symmetric', 'skew', 'spd', 'invertible', 'orthogonal', 'diagonal']);
const needArray: ReadonlySet<Fact> = new Set(['onehot', 'simplex']);
const contradictions: readonly (readonly [Fact, Fact])[] = [
  ['positive', 'negative'],
  ['nonnegative', 'negative'],
  ['symmetric', 'skew'],
  ['spd', 'skew'],
];

export function checkFact(
  note: FactNote,
  name: string,
  shape: Shape,
  others: ReadonlySet<Fact>,
  described: string,
): void {
  const { fact, span } = note;
  const fail = (message: string, hint?: string): never => refuse({ kind: 'fact', message, span, hint });
  if (needSquare.has(fact) && !(shape.kind === 'matrix' && shape.rows === shape.columns)) {
    if (fact !== 'invertible' || shape.kind !== 'scalar')
      fail(
        `${name} cannot be ${fact}: it is ${described}, not square`,
        shape.kind === 'scalar' ? `a scalar can be positive or nonzero` : undefined,
      );
  }
  if (needArray.has(fact) && (shape.kind === 'scalar' || shape.kind === 'tensor'))
    fail(`${name} cannot be ${fact}: it is ${described}, and ${fact} is said of vectors, or of the rows of a matrix`);
  if (note.at && shape.kind !== 'column' && shape.kind !== 'row')
    fail(`${name} cannot be ${fact} at one position: it is ${described}, not a vector`);
  for (const [a, b] of contradictions) {
    const other = fact === a ? b : fact === b ? a : undefined;
    if (other && others.has(other)) fail(`${name} cannot be both ${other} and ${fact}`);
  }
}

/** Equations between entries: they do not hold once a single entry moves. */
const equational: ReadonlySet<Fact> = new Set([
  'symmetric',
  'skew',
  'spd',
  'orthogonal',
  'diagonal',
  'onehot',
  'simplex',
  'binary',
  'pm1',
]);
export const hasEquations = (facts: ReadonlySet<Fact>): boolean => [...facts].some((fact) => equational.has(fact));

/** What stays true nearby. */
export function factsWhenVaried(facts: ReadonlySet<Fact>): ReadonlySet<Fact> {
  const kept = new Set([...facts].filter((fact) => !equational.has(fact)));
  if (facts.has('spd') || facts.has('orthogonal')) kept.add('invertible');
  return kept;
}
