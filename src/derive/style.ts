/** How does a program write? Its answers write the same. */
import type { Style } from '../form/write.ts';
import type { Expression, Program, Statement } from '../syntax/tree.ts';
import { everyPart } from '../syntax/parts.ts';

export function styleOf(program: Program): Style {
  let [norms, decimals] = [false, false];
  for (const root of program.statements.flatMap(expressionsOf))
    everyPart(root, (e) => {
      norms ||= e.kind === 'call' && (e.name === 'norm2' || e.name === 'normf');
      decimals ||= e.kind === 'number' && e.decimal === true;
    });
  return { norms, decimals };
}

/** The bodies of functions are left out: their parameters are no values. */
export const valuesIn = (program: Program): readonly Expression[] =>
  program.statements.filter(({ kind }) => kind !== 'function-definition').flatMap(expressionsOf);

function expressionsOf(s: Statement): readonly Expression[] {
  if (s.kind === 'definition' || s.kind === 'function-definition') return [s.value];
  if (s.kind === 'question') return [s.expression];
  return s.kind === 'claim' ? [s.left, s.right] : [];
}
