/** How is a statement of a program written? */
import { factRecords } from '../syntax/facts.ts';
import type { Binding, Expression, FactNote, Space, Statement } from '../syntax/tree.ts';
import { toText } from './text.ts';

const isAtom = (size: Expression): boolean => size.kind === 'name' || size.kind === 'number';
const sizeToText = (size: Expression): string => (isAtom(size) ? toText(size) : `(${toText(size)})`);

export function spaceToText({ sizes }: Space): string {
  if (sizes.length === 0) return 'R';
  const [size] = sizes;
  return size && sizes.length === 1 ? `R^${sizeToText(size)}` : `R^(${sizes.map(sizeToText).join(' x ')})`;
}

const factToText = ({ fact, at }: FactNote): string => (at ? `${fact} at ${toText(at)}` : fact);

function declarationToText(names: string, space: Space | undefined, facts: readonly FactNote[]): string {
  if (space) return [`${names} in ${spaceToText(space)}`, ...facts.map(factToText)].join(', ');
  const [first, ...rest] = facts;
  const comparison = first && factRecords[first.fact].comparison;
  if (comparison === undefined) return [`${names} in R`, ...facts.map(factToText)].join(', ');
  return [`${names} ${comparison} 0`, ...rest.map(factToText)].join(', ');
}

const bindingsToText = (bindings: readonly Binding[]): string =>
  bindings.map((b) => `${b.name.name} = ${toText(b.value)}`).join(', ');

export function statementToText(s: Statement): string {
  switch (s.kind) {
    case 'declaration':
      return declarationToText(s.names.map((n) => n.name).join(', '), s.space, s.facts);
    case 'function-declaration':
      return `${s.name.name} : ${spaceToText(s.from)} -> ${spaceToText(s.to)}`;
    case 'definition': {
      const indices = s.indices.length > 0 ? `[${s.indices.map((i) => i.name).join(',')}]` : '';
      return `${s.name.name}${indices} = ${toText(s.value)}`;
    }
    case 'function-definition':
      return `${s.name.name}(${s.parameters.map((p) => p.name).join(', ')}) = ${toText(s.value)}`;
    case 'question': {
      const point = s.at.length > 0 ? ` at ${bindingsToText(s.at)}` : '';
      return `${toText(s.expression)}${point}${s.byCases ? ' by cases' : ''}`;
    }
    case 'claim':
      return `check ${toText(s.left)} == ${toText(s.right)}`;
  }
}
