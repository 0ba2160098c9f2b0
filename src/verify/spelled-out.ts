/** What does an expression say without functions of the user's own? f(s) is the value of f with s put in. */
import type { CheckedProgram } from '../elaborate/scope.ts';
import { withParts } from '../syntax/parts.ts';
import type { Call, Expression, Name } from '../syntax/tree.ts';

/** Their arguments are sizes or positions, which stand for themselves. */
const opaque: ReadonlySet<string> = new Set(['ones', 'zeros', 'eye', 'delta']);

export function spelledOut(root: Expression, checked: CheckedProgram): Expression {
  const known = new Map<Expression, Expression>();
  const visit = (e: Expression): Expression => {
    const done = known.get(e);
    if (done) return done;
    const made = e.kind === 'call' ? visitCall(e) : e.kind === 'name' ? visitName(e) : withParts(e, visit);
    known.set(e, made);
    return made;
  };
  /** J_f alone is J_f(s). Other names may be indices, which are not to be looked up. */
  const visitName = (e: Name): Expression => {
    const of = e.name.startsWith('J_') ? e.name.slice(2) : '';
    const isJacobian = checked.functions.has(of) || checked.functionDefinitions.has(of);
    if (!isJacobian || checked.variables.has(e.name) || checked.definitions.has(e.name)) return e;
    return visit(checked.inlined(e));
  };
  const visitCall = (e: Call): Expression => {
    if (opaque.has(e.name)) return e;
    const stands = checked.inlined(e);
    return stands === e ? withParts(e, visit) : visit(stands);
  };
  return visit(root);
}

/** No name that a program can have. */
export const differentialName = (name: string): string => `d(${name})`;

/** An answer in differentials: d(x) is a value of its own there. */
export function withDifferentialNames(root: Expression): Expression {
  const known = new Map<Expression, Expression>();
  const visit = (e: Expression): Expression => {
    const done = known.get(e);
    if (done) return done;
    const [of] = e.kind === 'call' && e.name === 'd' ? e.arguments : [];
    const made: Expression =
      of?.kind === 'name' ? { kind: 'name', name: differentialName(of.name) } : withParts(e, visit);
    known.set(e, made);
    return made;
  };
  return visit(root);
}
