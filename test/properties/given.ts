/** Random values of random programs, as terms, for properties of the normal form. */
import { checkProgram } from '../../src/elaborate/check.ts';
import type { CheckedProgram } from '../../src/elaborate/scope.ts';
import type { Value } from '../../src/elaborate/world.ts';
import { derivationOf, type Derivation } from '../../src/derive/derivation.ts';
import { standardCatalogue } from '../../src/derive/catalogue.ts';
import { programEngine, type ProgramEngine } from '../../src/derive/program-engine.ts';
import { type Random, randomNumbers } from '../../src/evaluate/points.ts';
import type { Expression, Program, Question } from '../../src/syntax/tree.ts';
import { rename, same } from '../../src/terms/construct.ts';
import type { Index, Term } from '../../src/terms/node.ts';
import { generate, type Kind } from '../fuzz/generate.ts';
import { mapParts } from '../fuzz/parts.ts';
import { programOf } from '../rewrite/given.ts';

export interface Sample {
  readonly text: string;
  readonly program: Program;
  readonly checked: CheckedProgram;
  readonly question: Question;
  readonly engine: ProgramEngine;
}
export function sampleOf(text: string): Sample {
  const program = programOf(text);
  const question = program.statements.at(-1);
  if (question?.kind !== 'question') throw new Error(`${text} asks nothing`);
  const checked = checkProgram(program);
  return { text, program, checked, question, engine: programEngine(checked, standardCatalogue()) };
}
/** Programs in order, those left out that are refused. */
export function* samples(kind: Kind, count: number, seed: number): Generator<Sample> {
  for (let made = 0, n = 0; made < count && n < 3 * count; n++) {
    try {
      yield sampleOf(generate(randomNumbers(seed * 10_007 + n), kind).text);
      made++;
    } catch {
      // Shapes or names that do not fit are the fuzzer's business.
    }
  }
}

export const answerOf = ({ question, engine }: Sample, introduce = true): Derivation =>
  derivationOf(question, engine, { introduce });

/** Over indices that two values of one shape share. */
export function overCommonAxes(a: Value, b: Value): readonly [Term, Term] {
  const [left, right] = [a.axes.flat(), b.axes.flat()];
  const names = new Map<Index, Index>(right.map(({ index }, n) => [index, left[n]?.index ?? index]));
  return [a.term, rename(b.term, names)];
}
export function sameValue(a: Value, b: Value): boolean {
  const [left, right] = overCommonAxes(a, b);
  return same(left, right);
}

const shuffledList = <T>(list: readonly T[], random: Random): readonly T[] =>
  list
    .map((item) => ({ item, rank: random.uniform() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
export { shuffledList as shuffled };

/** The same value written in another order: summands, entrywise and scalar factors change places, bound indices their names. */
export function rewritten(e: Expression, checked: CheckedProgram, random: Random): Expression {
  const isScalar = (part: Expression): boolean => checked.shapeOf(part).kind === 'scalar';
  const visit = (part: Expression): Expression => {
    const inner = mapParts(part, visit);
    if (inner.kind === 'sum') return { ...inner, terms: shuffledList(inner.terms, random) };
    if (inner.kind !== 'binary' || part.kind !== 'binary') return inner;
    const commutes =
      inner.operator === '.*' || (inner.operator === '*' && (isScalar(part.left) || isScalar(part.right)));
    return commutes && random.uniform() < 0.5 ? { ...inner, left: inner.right, right: inner.left } : inner;
  };
  return visit(e);
}
