/**
 * Which indices does sum_{j <= i}(…) sum over? Those that its conditions name and that nothing outside has bound. The text
 * alone does not say what is bound: a whole statement does, or a whole program.
 */
import { binary } from './build.ts';
import { everyPart, mapParts, namesIn } from './parts.ts';
import type { Binary, Expression, Indicator, Program, Range, Space, Statement, SumOver } from './tree.ts';

/** The index of a sum whose indices are yet to be found. */
export const unnamed = '';

/**
 * Every sum with the indices that it runs over, and every index with the range that is written for it; `bound`: names that are no
 * indices here, or open ones, some with a range.
 */
export function nameSums(root: Expression, bound: ReadonlySet<string>, ranges: Ranges = new Map()): Expression {
  let isPlain = ranges.size === 0;
  everyPart(root, (e) => {
    isPlain &&= e.kind !== 'sum-over' || (e.index !== unnamed && !e.range && !e.conditions);
    isPlain &&= e.kind !== 'indicator';
  });
  if (isPlain) return root;
  const within =
    (known: ReadonlySet<string>, ranged: Ranges) =>
    (e: Expression): Expression | undefined => {
      if (e.kind === 'name') {
        const range = ranged.get(e.name);
        return range && { ...e, within: range };
      }
      if (e.kind === 'binary' && (isTimes(e) || isQuotient(e))) {
        const visit = within(known, ranged);
        const [left, right] = [mapParts(e.left, visit), mapParts(e.right, visit)];
        return {
          ...e,
          left: isTimes(e) ? guarded(left, indicatorsIn(right)) : left,
          right: guarded(right, indicatorsIn(left)),
        };
      }
      if (e.kind !== 'sum-over') return undefined;
      const indices = e.index === unnamed ? indicesOf(e).filter((name) => !known.has(name)) : [e.index];
      const inner = new Map([...ranged].filter(([name]) => !indices.includes(name)));
      if (e.range) inner.set(e.index, e.range);
      const inside = within(new Set([...known, ...indices]), inner);
      const conditions = e.conditions?.map((c) => mapParts(c, inside) as Indicator);
      const plain = mapParts(e.body, inside);
      const body = guarded(plain, conditions ?? []);
      if (e.index !== unnamed) return { ...e, conditions, body };
      const [first, ...others] = indices.toReversed();
      if (first === undefined)
        return (conditions ?? []).reduceRight<Expression>((product, c) => binary('*', c, product), body);
      const innermost: SumOver = { ...e, index: first, conditions, body };
      return others.reduce<Expression>(
        (sum, index) => ({ kind: 'sum-over', how: e.how, index, body: sum, span: e.span }),
        innermost,
      );
    };
  return mapParts(root, within(bound, ranges));
}
type Ranges = ReadonlyMap<string, Range>;

/** The conditions among the factors: 1[i >= 2]*x[i-1], 1[i != j]/(x[i] - x[j]). */
export function indicatorsIn(e: Expression): readonly Indicator[] {
  if (e.kind === 'indicator') return [e];
  if (e.kind === 'negation') return indicatorsIn(e.of);
  if (e.kind !== 'binary') return [];
  if (isQuotient(e)) return indicatorsIn(e.left);
  return isTimes(e) ? [e.left, e.right].flatMap(indicatorsIn) : [];
}
const isTimes = ({ operator }: Binary): boolean => operator === '*' || operator === '.*';
const isQuotient = ({ operator }: Binary): boolean => operator === '/' || operator === './';
/** Every subscript with the conditions that stand beside it; a sum that binds a name of theirs has another index of that name. */
function guarded(root: Expression, guards: readonly Indicator[]): Expression {
  if (guards.length === 0) return root;
  return mapParts(root, (e) => {
    if (e.kind === 'subscript') return { ...e, of: guarded(e.of, guards), guards: [...(e.guards ?? []), ...guards] };
    if (e.kind !== 'sum-over') return undefined;
    const left = guards.filter((g) => !namesIn(g).has(e.index));
    return left.length === guards.length ? undefined : guarded(e, left);
  });
}

/** Names of the conditions that stand where an index stands, in the order in which they are met. */
function indicesOf({ conditions = [], body }: SumOver): readonly string[] {
  const named = new Set<string>();
  for (const { left, right } of conditions)
    for (const side of [left, right]) everyPart(side, (e) => e.kind === 'name' && named.add(e.name));
  const used = new Set<string>();
  everyPart(body, (e) => {
    if (e.kind === 'subscript')
      for (const index of e.indices)
        if (index.kind !== 'all') everyPart(index, (part) => part.kind === 'name' && used.add(part.name));
  });
  return [...named].filter((name) => used.has(name));
}

/** The same for all statements of a program, whose sizes, variables and names are no indices. */
export function withNamedSums(program: Program): Program {
  const declared = new Set<string>();
  const inSpace = ({ sizes }: Space): void => {
    for (const size of sizes) everyPart(size, (e) => e.kind === 'name' && declared.add(e.name));
  };
  for (const s of program.statements) {
    if (s.kind === 'declaration') {
      for (const { name } of s.names) declared.add(name);
      if (s.space) inSpace(s.space);
      for (const { at } of s.facts) if (at?.kind === 'name') declared.add(at.name);
    } else if (s.kind === 'function-declaration') [...s.from, s.to].forEach(inSpace);
    else if (s.kind === 'definition') declared.add(s.name.name);
  }
  return { statements: program.statements.map((s) => named(s, declared)) };
}

function named(s: Statement, declared: ReadonlySet<string>): Statement {
  switch (s.kind) {
    case 'definition': {
      const ranges = new Map(s.indices.flatMap(({ name }, n) => (s.ranges?.[n] ? [[name, s.ranges[n]] as const] : [])));
      return { ...s, value: nameSums(s.value, new Set([...declared, ...s.indices.map(({ name }) => name)]), ranges) };
    }
    case 'function-definition':
      return { ...s, value: nameSums(s.value, new Set([...declared, ...s.parameters.map(({ name }) => name)])) };
    case 'question':
      return { ...s, expression: nameSums(s.expression, declared) };
    case 'claim':
      return { ...s, left: nameSums(s.left, declared), right: nameSums(s.right, declared) };
    case 'declaration':
    case 'function-declaration':
    case 'setting':
      return s;
  }
}
