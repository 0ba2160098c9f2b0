/** Rules and terms written in the language, for tests of the matcher. */
import { compileRewrite } from '../../src/derive/compile.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import { createWorld, type World } from '../../src/elaborate/world.ts';
import { parseProgram } from '../../src/parse/parse.ts';
import { applyRule } from '../../src/rewrite/apply.ts';
import type { RewriteRule } from '../../src/rewrite/rule.ts';
import type { Program } from '../../src/syntax/tree.ts';
import { rename } from '../../src/terms/construct.ts';
import type { Index, Term } from '../../src/terms/node.ts';
import { expression, noDerivatives } from '../elaborate/given.ts';

export function programOf(text: string): Program {
  const parsed = parseProgram(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`);
  return parsed.value;
}

export const ruleOf = (given: string, from: string, to: string, ...where: readonly string[]): RewriteRule =>
  compileRewrite({ name: 'under test', given, from, to, where, source: 'test', says: 'A test.' });

/** Values of a program's names as terms; all values of one shape are over the same indices. */
export interface Terms {
  readonly world: World;
  readonly term: (text: string) => Term;
}
export function termsOver(declarations: string): Terms {
  const world = createWorld(checkProgram(programOf(declarations)), new Set(), noDerivatives);
  const axes: Index[] = [];
  return {
    world,
    term: (text) => {
      const { term, axes: own } = world.evaluate(expression(text));
      const indices = own.flat().map(({ index }) => index);
      indices.forEach((index, n) => (axes[n] ??= index));
      return rename(term, new Map(indices.map((index, n) => [index, axes[n]!])));
    },
  };
}

/** What a rule makes of a value, as the text of an equal one: `undefined` where it does not fit. */
export const outcome = (rule: RewriteRule, { term }: Terms, text: string): Term | undefined =>
  applyRule(rule, term(text));
