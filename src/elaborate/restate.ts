/**
 * What an expression is read as before it becomes a term: calls of the program's own functions written out, A^-2 as
 * inv(A)^2, and identities applied. inv(A*B) is read as inv(B)*inv(A), which a contraction of A and B could no longer tell.
 */
import { integer, binary, call } from '../syntax/build.ts';
import { integerIn } from '../syntax/parts.ts';
import type { Expression, Fact } from '../syntax/tree.ts';
import { type Identities, restated, type Restatement, type Setting } from '../rewrite/identity.ts';
import type { CheckedProgram } from './scope.ts';

/** The identities that a world reads its expressions by. */
export const noIdentities: Identities = () => [];

export interface Readings {
  /** What stands for the expression before any identity: functions written out, A^-1 as inv(A). */
  readonly plain: (e: Expression) => Expression;
  /** What stands for the expression; itself where nothing applies. */
  readonly meaning: (e: Expression) => Expression;
  /** The identity that the meaning is due to. */
  readonly restatement: (e: Expression) => Restatement | undefined;
}

/** What the matcher asks, answered by the declarations. */
export const settingFor = (checked: CheckedProgram): Setting => ({
  shapeOf: checked.shapeOf,
  isTaken: (name) => checked.variables.has(name) || checked.definitions.has(name),
  holds: (needs, of) => isDeclared(needs, of, checked),
});

export function createReadings(checked: CheckedProgram, identities: Identities): Readings {
  const setting = settingFor(checked);
  const plainOnes = new WeakMap<Expression, Expression>();
  const plain = (e: Expression): Expression => {
    const stands = plainOnes.get(e) ?? notation(checked.inlined(e), checked);
    plainOnes.set(e, stands);
    return stands;
  };
  const known = new WeakMap<Expression, { readonly meaning: Expression; readonly by?: Restatement | undefined }>();
  const read = (e: Expression): { readonly meaning: Expression; readonly by?: Restatement | undefined } => {
    let found = known.get(e);
    if (!found) {
      const stands = plain(e);
      const by = stands === e ? restated(e, identities, setting) : undefined;
      found = { meaning: by?.after ?? stands, by };
      known.set(e, found);
    }
    return found;
  };
  return { plain, meaning: (e) => read(e).meaning, restatement: (e) => read(e).by };
}

/** A^-1 is how inv(A) is also written. */
function notation(e: Expression, { shapeOf }: CheckedProgram): Expression {
  if (e.kind !== 'binary' || e.operator !== '^' || shapeOf(e.left).kind !== 'matrix') return e;
  const exponent = integerIn(e.right) ?? 1;
  if (exponent >= 0) return e;
  const inverse = call('inv', e.left);
  return exponent === -1 ? inverse : binary('^', inverse, integer(-exponent));
}

const implies: Readonly<Record<string, readonly Fact[]>> = {
  invertible: ['invertible', 'spd', 'orthogonal'],
  nonzero: ['nonzero', 'positive', 'negative'],
};
function isDeclared(needs: string, of: Expression, { variables, definitions }: CheckedProgram): boolean {
  const facts = of.kind === 'name' ? (variables.get(of.name) ?? definitions.get(of.name))?.facts : undefined;
  return (implies[needs] ?? [needs as Fact]).some((fact) => facts?.has(fact));
}
