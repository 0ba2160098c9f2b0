/** Which shapes do the names in an answer have? LaTeX sets a scalar beside a matrix differently than a vector. */
import { attempt } from '../basics/problem.ts';
import { checkProgram } from '../elaborate/check.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import type { NamedPart } from '../form/share.ts';
import type { Shape } from '../shape/shape.ts';
import type { Expression, Program, Statement } from '../syntax/tree.ts';

export const definitionOf = ({ name, value }: NamedPart): Statement => ({
  kind: 'definition',
  name: { kind: 'name', name },
  indices: [],
  value,
});

/** The program with the names that an answer introduces, and an expression over them to be asked for. */
export function withWhere({ statements }: Program, where: readonly NamedPart[], expression?: Expression): Program {
  const context = statements.filter(({ kind }) => kind !== 'question' && kind !== 'claim');
  const asked: readonly Statement[] = expression ? [{ kind: 'question', expression, at: [], byCases: false }] : [];
  return { statements: [...context, ...where.map(definitionOf), ...asked] };
}

export function shapesFor(checked: CheckedProgram, where: readonly NamedPart[]): ReadonlyMap<string, Shape> {
  const shapes = new Map(
    [...checked.variables.values(), ...checked.definitions.values()].map(({ name, shape }) => [name, shape]),
  );
  if (where.length === 0) return shapes;
  // A part over differentials or free indices is no program of its own: its name then has no shape.
  const extended = attempt(() => checkProgram(withWhere(checked.program, where)));
  if (extended.ok) for (const { name } of where) shapes.set(name, extended.value.definitions.get(name)!.shape);
  return shapes;
}
