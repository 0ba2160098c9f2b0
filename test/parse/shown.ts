/** Trees as short texts, so that a test says in one line what the parser built. */
import { type Outcome, renderProblem } from '../../src/basics/problem.ts';
import { parseExpression, parseProgram, parseQuestion } from '../../src/parse/parse.ts';
import type { All, Expression, FactNote, Space, Statement } from '../../src/syntax/tree.ts';

export function shown(tree: Expression | All): string {
  switch (tree.kind) {
    case 'number':
      return `${tree.value.n}${tree.value.d === 1n ? '' : `/${tree.value.d}`}${tree.decimal === true ? 'd' : ''}`;
    case 'name':
      return tree.name;
    case 'sum':
      return `{${tree.terms.map(({ negative, term }) => `${negative ? '-' : '+'}${shown(term)}`).join(' ')}}`;
    case 'negation':
      return `neg(${shown(tree.of)})`;
    case 'binary':
      return `(${shown(tree.left)} ${tree.operator} ${shown(tree.right)})`;
    case 'transpose':
      return `${shown(tree.of)}'`;
    case 'call':
      return `${tree.name}(${tree.arguments.map(shown).join(', ')})`;
    case 'all':
      return ':';
    case 'subscript':
      return `${shown(tree.of)}[${tree.indices.map(shown).join(', ')}]`;
    case 'matrix':
      return `[${tree.rows.map((row) => row.map(shown).join(', ')).join('; ')}]`;
    case 'range':
      return `${shown(tree.from)}..${shown(tree.to)}`;
    case 'sum-over': {
      const over = [...(tree.range ? [shown(tree.range)] : []), ...(tree.conditions ?? []).map(shown)];
      return `sum_${tree.index}${over.length > 0 ? `{${over.join(', ')}}` : ''}<${shown(tree.body)}>`;
    }
    case 'indicator':
      return `1[${shown(tree.left)} ${tree.comparison} ${shown(tree.right)}]`;
  }
}

const space = ({ sizes }: Space): string => (sizes.length === 0 ? 'R' : `R^(${sizes.map(shown).join(' x ')})`);
const fact = ({ fact, at }: FactNote): string => `, ${fact}${at === undefined ? '' : ` at ${shown(at)}`}`;
const named = (names: readonly { readonly name: string }[]): string => names.map(({ name }) => name).join(', ');

export function shownStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'declaration': {
      const where = statement.space === undefined ? '' : ` in ${space(statement.space)}`;
      return `${named(statement.names)}${where}${statement.facts.map(fact).join('')}`;
    }
    case 'function-declaration':
      return `${statement.name.name} : ${statement.from.map(space).join(' x ')} -> ${space(statement.to)}`;
    case 'definition': {
      const indices = statement.indices.length === 0 ? '' : `[${named(statement.indices)}]`;
      return `${statement.name.name}${indices} = ${shown(statement.value)}`;
    }
    case 'setting':
      return `${statement.name} := ${statement.value}`;
    case 'function-definition':
      return `${statement.name.name}(${named(statement.parameters)}) = ${shown(statement.value)}`;
    case 'question': {
      const at = statement.at.map(({ name, value }) => ` at ${name.name} = ${shown(value)}`).join('');
      return `ask ${shown(statement.expression)}${at}${statement.byCases ? ' by cases' : ''}`;
    }
    case 'claim':
      return `check ${shown(statement.left)} == ${shown(statement.right)}`;
  }
}

const outcome = <Value>(result: Outcome<Value>, text: string, show: (value: Value) => string): string =>
  result.ok ? show(result.value) : renderProblem(result.problem, text);

export const expression = (text: string): string => outcome(parseExpression(text), text, shown);
export const program = (text: string): string =>
  outcome(parseProgram(text), text, ({ statements }) => statements.map(shownStatement).join('\n'));
export const question = (text: string): string => outcome(parseQuestion(text), text, shownStatement);
