/** Which index names does an expression leave open, and how far does each run? */
import { refuse } from '../basics/problem.ts';
import { type Dim, namesIn } from '../shape/dim.ts';
import type { Sizes } from '../shape/unify.ts';
import type { All, Expression, Indicator, Program, Subscript } from '../syntax/tree.ts';
import { type Checker, type Finding, type FreeIndices, noIndices } from './checker.ts';
import { expressionsOf } from './declare.ts';
import { say } from './say.ts';
import { positionIn, remainingShape, subscriptAxes } from './subscripts.ts';
import { everyPart } from '../syntax/parts.ts';

/** 1[i == k], of two indices. */
export function comparesIndices(
  e: Indicator,
  { indexNames, variables, definitions }: Pick<Checker, 'indexNames' | 'variables' | 'definitions'>,
): boolean {
  if (e.comparison !== '==' && e.comparison !== '!=') return false;
  const isIndex = (side: Expression): boolean =>
    side.kind === 'name' && indexNames.has(side.name) && !variables.has(side.name) && !definitions.has(side.name);
  const isPosition = (side: Expression): boolean => isIndex(side) || side.kind === 'number';
  return (isIndex(e.left) && isPosition(e.right)) || (isIndex(e.right) && isPosition(e.left));
}

export function sumOver(index: string, body: Expression, e: Expression, { find }: Checker): Finding {
  const { shape, free } = find(body);
  if (!free.has(index))
    refuse({
      kind: 'index',
      message: `nothing says how far ${index} runs: it is not used in ${say(body, 'the sum')}`,
      span: e.span,
      hint: `${index} has to be a subscript of something, as in x[${index}]`,
    });
  return { shape, free: new Map([...free].filter(([name]) => name !== index)) };
}

export function subscriptFinding(e: Subscript, checker: Checker): Finding {
  const axes = subscriptAxes(e, checker);
  const own: FreeIndices[] = [checker.find(e.of).free];
  e.indices.forEach((index, n) => {
    if (index.kind === 'all') return;
    const dim = axes[n]!;
    own.push(indexUse(index, dim === 'single' ? undefined : dim, e, checker));
  });
  return { shape: remainingShape(e, checker.shapeOf(e.of)), free: checker.merge(own, e) };
}

/** One index in its place; `dim` is absent along a direction with one entry. */
function indexUse(index: Expression, dim: Dim | undefined, e: Subscript, checker: Checker): FreeIndices {
  const position = positionIn(index, dim ?? 'single', e.of, checker);
  if ('at' in position) return noIndices;
  const known = checker.definitions.get(position.name) ?? checker.variables.get(position.name);
  if (known)
    refuse({
      kind: 'index',
      message: `${position.name} is ${checker.sizes.describe(known.shape)}, not an index`,
      span: index.span,
      hint: 'indices are numbers or names that nothing else has',
    });
  if (!dim)
    refuse({ kind: 'index', message: `${say(e.of)} has one entry in this direction: write 1`, span: index.span });
  if (namesIn(dim).includes(position.name))
    refuse({
      kind: 'index',
      message: `${position.name} is the size of ${say(e.of)}, not an index`,
      span: index.span,
      hint: 'another name for the index',
    });
  return new Map([[position.name, dim]]);
}

/** delta(i, k): both run over the same size. */
export function deltaIndices(positions: readonly Expression[], e: Expression, checker: Checker): FreeIndices {
  const dim = checker.sizes.fresh();
  const own = positions.map((position): FreeIndices => {
    const found = positionIn(position, dim, e, checker);
    if ('at' in found) return noIndices;
    const known = checker.definitions.get(found.name) ?? checker.variables.get(found.name);
    if (known)
      refuse({
        kind: 'index',
        message: `${found.name} is ${checker.sizes.describe(known.shape)}, not an index`,
        span: position.span,
      });
    return new Map([[found.name, dim]]);
  });
  return checker.merge(own, e);
}

export function mergeIndices(sets: readonly FreeIndices[], at: Expression, sizes: Sizes): FreeIndices {
  let merged = noIndices;
  let own: Map<string, Dim> | undefined;
  for (const set of sets) {
    if (set.size === 0 || set === merged) continue;
    if (merged.size === 0) {
      merged = set;
      continue;
    }
    for (const [name, dim] of set) {
      const known = merged.get(name);
      if (known) {
        if (!sizes.unify(known, dim)) clash(name, known, dim, at, sizes);
      } else {
        own ??= new Map(merged);
        own.set(name, dim);
        merged = own;
      }
    }
  }
  return merged;
}
export const clash = (name: string, a: Dim, b: Dim, at: Expression, { write }: Sizes): never =>
  refuse({
    kind: 'shape',
    message: `the index ${name} runs to ${write(a)} in one place and to ${write(b)} in another`,
    span: at.span,
  });

/** Names that stand where an index stands. */
export function indexNamesIn(program: Program): Set<string> {
  const found = new Set<string>();
  for (const statement of program.statements) {
    if (statement.kind === 'definition') for (const { name } of statement.indices) found.add(name);
    if (statement.kind === 'declaration')
      for (const { at } of statement.facts) if (at?.kind === 'name') found.add(at.name);
  }
  for (const root of expressionsOf(program)) addIndexNames(root, found);
  return found;
}
export function addIndexNames(root: Expression, found: Set<string>): void {
  const take = (e: Expression | All): void => {
    if (e.kind === 'name') found.add(e.name);
  };
  everyPart(root, (e) => {
    if (e.kind === 'subscript') e.indices.forEach(take);
    else if (e.kind === 'sum-over') found.add(e.index);
    else if (e.kind === 'call' && e.name === 'delta') e.arguments.forEach(take);
  });
}
