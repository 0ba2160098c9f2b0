/**
 * What an expression is read as before it becomes a term: calls of the program's own functions written out, A^-2 as
 * inv(A)^2, and identities applied. inv(A*B) is read as inv(B)*inv(A), which a contraction of A and B could no longer tell.
 */
import { isAlwaysSingular } from '../assume/assume.ts';
import { refuse } from '../basics/problem.ts';
import type { Need } from './conditions.ts';
import { isSettled } from './known.ts';
import type { CheckedProgram, FunctionBody } from './scope.ts';
import { matrixOf } from './values.ts';
import type { World } from './world.ts';
import { type Identities, restated, type Restatement, type Setting } from '../rewrite/identity.ts';
import { integer, binary, call } from '../syntax/build.ts';
import { integerIn, isOfPositions, bottomUp, everyPart, partsOf, withParts } from '../syntax/parts.ts';
import type { Expression, Call } from '../syntax/tree.ts';

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

/** What the matcher asks: `world` is where all facts hold, and is asked of definitions and expressions too. */
export const settingFor = (checked: CheckedProgram, world: () => World): Setting => ({
  shapeOf: checked.shapeOf,
  isTaken: (name) => checked.variables.has(name) || checked.definitions.has(name),
  holds: (needs, of) => {
    if (needs !== 'singular') return isSettled({ needs: needs as Need, of }, world());
    const matrix = matrixOf(world().evaluate(of));
    return matrix !== undefined && isAlwaysSingular(matrix);
  },
});

export function createReadings(checked: CheckedProgram, identities: Identities, world: () => World): Readings {
  const setting = settingFor(checked, world);
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

// ---- functions written out
// f(s) = … is used by writing its value with the arguments in place of the parameters. How, without one index catching
// another?

/** Definitions that call each other several times grow exponentially: refused beyond this. */
const mostParts = 200_000;

export type Inline = (call: Call, body: FunctionBody) => Expression;

export function createInline(): Inline {
  let made = 0;
  return (call, body) => {
    const taken = new Set<string>();
    for (const argument of call.arguments)
      everyPart(argument, (e) => {
        if (e.kind === 'name') taken.add(e.name);
      });
    const values = new Map(body.parameters.map((name, n) => [name, call.arguments[n]!]));
    return transform(sumsKeptApart(body.value, taken), (e, rebuilt) => {
      if (++made > mostParts)
        refuse({
          kind: 'limit',
          message: `${body.name} grows too large when its calls are written out`,
          span: call.span,
        });
      return e.kind === 'name' ? (values.get(e.name) ?? e) : rebuilt();
    });
  };
}

/** Every part once, inner ones first; `make` may ask for the node with its new parts. */
function transform(
  root: Expression,
  make: (e: Expression, rebuilt: () => Expression) => Expression,
  childrenOf: (e: Expression) => readonly Expression[] = partsOf,
): Expression {
  const done = new Map<Expression, Expression>();
  bottomUp(
    root,
    childrenOf,
    (e) => done.has(e),
    (e) =>
      done.set(
        e,
        make(e, () => withParts(e, (part) => done.get(part) ?? part)),
      ),
  );
  return done.get(root)!;
}

/** Sums over an index whose name the arguments mention get another one. */
function sumsKeptApart(root: Expression, taken: ReadonlySet<string>): Expression {
  return transform(root, (_, rebuilt) => {
    const e = rebuilt();
    if (e.kind !== 'sum-over' || !taken.has(e.index)) return e;
    let n = 1;
    while (taken.has(`${e.index}_${n}`)) n++;
    const index = `${e.index}_${n}`;
    return { ...e, index, body: renameIndex(e.body, e.index, index) };
  });
}

/** Renames an index where it stands free. */
function renameIndex(root: Expression, from: string, to: string): Expression {
  const binds = (e: Expression): boolean => e.kind === 'sum-over' && e.index === from;
  const position = (e: Expression): Expression => (e.kind === 'name' && e.name === from ? { ...e, name: to } : e);
  return transform(
    root,
    (e, rebuilt) => {
      if (binds(e)) return e;
      const changed = rebuilt();
      if (changed.kind === 'subscript')
        return {
          ...changed,
          indices: changed.indices.map((index) => (index.kind === 'all' ? index : position(index))),
        };
      if (changed.kind === 'call' && isOfPositions(changed))
        return { ...changed, arguments: changed.arguments.map(position) };
      if (changed.kind === 'indicator')
        return { ...changed, left: position(changed.left), right: position(changed.right) };
      return changed;
    },
    (e) => (binds(e) ? [] : partsOf(e)),
  );
}
