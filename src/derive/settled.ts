/**
 * What does an answer print when it is asked again? The same: names that it introduced are then names like all others, and
 * with them another form may be the shorter one. So an answer is asked again here until it prints itself.
 */
import { attempt } from '../basics/problem.ts';
import type { NamedPart } from '../form/share.ts';
import { toText } from '../print/text.ts';
import { nameOf } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import { mapParts, namesIn, partsOf as partsOfExpression } from '../syntax/parts.ts';
import type { Definition, Expression, Program, Question } from '../syntax/tree.ts';
import { rename, same } from '../terms/construct.ts';
import type { Index } from '../terms/node.ts';
import type { Evaluated, ProgramEngine } from './program-engine.ts';
import { styleOf } from './style.ts';

/** Answers to questions that share their names. */
export interface Printed {
  readonly expressions: readonly Expression[];
  readonly where: readonly NamedPart[];
}
export type Print = (values: readonly Evaluated[], engine: ProgramEngine) => Printed;

/** Few answers move more than once, long ones in indices a few times. */
const mostRounds = 10;
const longerAtMost = 1.2;

/** `isWhole`: no answer is one entry, with letters that the value does not have. */
export function settled(
  first: Printed,
  values: readonly Evaluated[],
  isWhole: boolean,
  engine: ProgramEngine,
  print: Print,
): Printed {
  const isRead = (): boolean => isWhole && first.expressions.every((e, n) => means(e, values[n]!, engine));
  if (first.where.length === 0 && !changesStyle(first, engine) && isRead()) return first;
  // Mostly the next one is shorter; one that is a little longer is taken where it prints itself.
  const most = Math.max(lengthOfAll(first) * longerAtMost, lengthOfAll(first) + 3);
  let current = first;
  for (let round = 0; round < mostRounds; round++) {
    const again = attempt(() => askedAgain(current, engine, print));
    if (!again.ok || lengthOfAll(again.value) > most) break;
    if (textOf(again.value) === textOf(current)) return again.value;
    current = again.value;
  }
  return lengthOfAll(current) < lengthOfAll(first) ? current : first;
}

/** Is the expression read as the very term that it was printed from? */
function means(e: Expression, value: Evaluated, { world, simplify }: ProgramEngine): boolean {
  const read = attempt(() => world.evaluate(e));
  if (!read.ok) return true;
  const axes = value.axes.flat();
  const moved = new Map(read.value.axes.flat().map(({ index }, n): [Index, Index] => [index, axes[n]?.index ?? index]));
  const term = rename(read.value.term, moved);
  return same(term, value.term) || same(simplify(term).term, value.term);
}

/** An answer that prints norm2(x)^3 says norm2(x)^2 too. */
function changesStyle({ expressions }: Printed, { checked: { program } }: ProgramEngine): boolean {
  const [before, after] = [styleOf(program), styleOf(programWith(expressions, [], program))];
  return before.norms !== after.norms || before.decimals !== after.decimals;
}

function askedAgain({ expressions, where }: Printed, engine: ProgramEngine, print: Print): Printed {
  const again = engine.within(programWith(expressions, where, engine.checked.program));
  const printed = print(expressions.map(again.evaluate), again);
  const used = new Set(
    [...printed.expressions, ...printed.where.map(({ value }) => value)].flatMap((e) => [...namesIn(e)]),
  );
  return withoutSingles({
    expressions: printed.expressions,
    where: [...withThoseBehind(where, used), ...printed.where],
  });
}
/** The declarations and definitions of a program, and answers instead of its questions. */
function programWith(expressions: readonly Expression[], where: readonly NamedPart[], program: Program): Program {
  const given = program.statements.filter(({ kind }) => kind !== 'question' && kind !== 'claim');
  const definitions = where.map(({ name, value }): Definition => ({
    kind: 'definition',
    name: { kind: 'name', name },
    indices: [],
    value,
  }));
  const questions = expressions.map((expression): Question => ({
    kind: 'question',
    expression,
    at: [],
    byCases: false,
  }));
  return { statements: [...given, ...definitions, ...questions] };
}
/** Names that are still spoken of, and those that they are made of. */
function withThoseBehind(where: readonly NamedPart[], used: Set<string>): readonly NamedPart[] {
  for (const { name, value } of where.toReversed())
    if (used.has(name)) for (const other of namesIn(value)) used.add(other);
  return where.filter(({ name }) => used.has(name));
}

/** A name that is used once is not worth its definition. */
function withoutSingles({ expressions, where }: Printed): Printed {
  const [first, ...later] = where;
  if (!first) return { expressions, where };
  const uses = [...expressions, ...later.map(({ value }) => value)].reduce((sum, e) => sum + usesIn(e, first.name), 0);
  const put = (e: Expression): Expression =>
    mapParts(e, (part) => (part.kind === 'name' && part.name === first.name ? first.value : undefined));
  const isSingle = uses < 2;
  const rest = withoutSingles(
    isSingle
      ? { expressions: expressions.map(put), where: later.map(({ name, value }) => ({ name, value: put(value) })) }
      : { expressions, where: later },
  );
  return isSingle ? rest : { ...rest, where: [first, ...rest.where] };
}
function usesIn(root: Expression, name: string): number {
  const known = new Map<Expression, number>();
  const uses = (e: Expression): number => {
    let count = known.get(e);
    if (count === undefined) {
      count = partsOfExpression(e).reduce(
        (sum, part) => sum + uses(part),
        Number(e.kind === 'name' && e.name === name),
      );
      known.set(e, count);
    }
    return count;
  };
  return uses(root);
}

const partsOf = ({ expressions, where }: Printed): readonly Expression[] => [
  ...expressions,
  ...where.flatMap(({ name, value }) => [nameOf(name), value]),
];
const lengthOfAll = (printed: Printed): number => partsOf(printed).reduce((total, e) => total + lengthOf(e), 0);
const textOf = (printed: Printed): string => partsOf(printed).map(toText).join('; ');
