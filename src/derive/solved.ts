/**
 * A claim that is false may hold for one value of a number that the program leaves open: for which one is found where both sides
 * are linear in it, entry by entry in the same way, and then proved.
 */
import { attempt } from '../basics/problem.ts';
import { namesOf } from '../elaborate/scope.ts';
import { formMaker } from '../form/form.ts';
import * as Q from '../basics/rational.ts';
import { scalar } from '../shape/shape.ts';
import { freeNames } from '../syntax/parts.ts';
import type { Claim, Expression, Program } from '../syntax/tree.ts';
import { divide, isZero, minus, negate, number, sum } from '../terms/construct.ts';
import type { Term, TermSymbol } from '../terms/node.ts';
import { substitute, symbolsIn, through } from '../terms/substitute.ts';
import type { ProgramEngine } from './program-engine.ts';
import { styleOf, valuesIn, writtenSums } from './style.ts';

export interface Candidate {
  readonly name: string;
  readonly value: Expression;
  /** The program with this value for the name. */
  readonly program: Program;
}

/** `difference`: of the two sides, over common indices. */
export function candidatesFor(claim: Claim, difference: Term, engine: ProgramEngine): readonly Candidate[] {
  const { checked, world } = engine;
  return [...checked.variables.values()].flatMap(({ name, shape, facts }): readonly Candidate[] => {
    if (shape.kind !== 'scalar' || facts.size > 0) return [];
    // Where it divides by the number it has no value at 0, and is not linear in it.
    const found = attempt(() => rootIn(difference, world.symbol(name)!, engine));
    const root = found.ok ? found.value : undefined;
    if (!root) return [];
    const maker = formMaker(
      styleOf(checked.program),
      new Map(),
      new Set(namesOf(checked)),
      writtenSums(valuesIn(checked.program), world),
    );
    const value = maker.formOf(root, { shape: scalar, axes: [] }).expression;
    return [{ name, value, program: withValue(checked.program, claim, name, value) }];
  });
}

/** Where a + b*x is 0; undefined unless that is one number for all entries. */
function rootIn(difference: Term, of: TermSymbol, { simplify }: ProgramEngine): Term | undefined {
  const rests = (t: Term): boolean =>
    [...symbolsIn(t)].some((symbol) => symbol === of || (symbol.definition !== undefined && rests(symbol.definition)));
  if (!rests(difference)) return undefined;
  const put = (t: Term, value: Term): Term =>
    substitute(t, {
      symbol: (symbol, at) => {
        if (symbol === of) return value;
        return symbol.definition && rests(symbol.definition) ? through(put(symbol.definition, value), at) : undefined;
      },
    });
  const [none, one, two] = [0, 1, 2].map((value) => put(difference, number(Q.rational(value)))) as [Term, Term, Term];
  const slope = simplify(minus(one, none)).term;
  const bend = sum([
    [Q.one, two],
    [Q.rational(-2), one],
    [Q.one, none],
  ]);
  if (isZero(slope) || !isZero(simplify(bend).term)) return undefined;
  const root = simplify(divide(negate(simplify(none).term), slope)).term;
  // With 0 most products are equal: that says nothing of them.
  return root.at.length === 0 && !isZero(root) && !rests(root) ? root : undefined;
}

/** The name is defined where its declaration stood; what is defined needs no declaration. */
function withValue({ statements }: Program, claim: Claim, name: string, value: Expression): Program {
  const used = freeNames(value);
  const isOf = (other: string): boolean => other === name;
  const declared = statements.flatMap((s) => {
    if (s.kind === 'question' || s.kind === 'claim') return [];
    if (s.kind !== 'declaration' || !s.names.some((n) => isOf(n.name))) return [s];
    const names = s.names.filter((n) => !isOf(n.name));
    return names.length > 0 ? [{ ...s, names }] : [];
  });
  // Behind all declarations, in front of the definitions, which may use it.
  const first = declared.findIndex((s) => s.kind === 'definition' || s.kind === 'function-definition');
  const place =
    first < 0 || [...used].some((n) => declared.some((s) => s.kind === 'definition' && s.name.name === n))
      ? declared.length
      : first;
  const definition = { kind: 'definition', name: { kind: 'name', name }, indices: [], value } as const;
  return { statements: [...declared.slice(0, place), definition, ...declared.slice(place), claim] };
}
