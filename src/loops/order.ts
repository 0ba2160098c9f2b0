/** In which order are the summed indices of a product eliminated? Each step multiplies what touches an index and sums over it. */
import type { Counter } from './program.ts';

/** Up to this many summed indices every order is tried, by subsets. */
const mostExhaustive = 9;

type Indices = ReadonlySet<Counter>;

/** Groups of summed counters, in the order in which they are eliminated; those of one group go together. */
export function eliminationOrder(
  operands: readonly Indices[],
  summed: readonly Counter[],
): readonly (readonly Counter[])[] {
  return summed.length <= mostExhaustive ? bestOrder(operands, summed) : greedyOrder(operands, summed);
}

interface Step {
  readonly group: readonly Counter[];
  readonly cost: number;
  readonly operands: readonly Indices[];
}

/** Eliminates a counter, and with it every other summed one that occurs nowhere else. */
export function eliminate(operands: readonly Indices[], counter: Counter, summed: readonly Counter[]): Step {
  const touching = operands.filter((operand) => operand.has(counter));
  const others = operands.filter((operand) => !operand.has(counter));
  const union = new Set(touching.flatMap((operand) => [...operand]));
  const group = summed.filter((s) => union.has(s) && (s === counter || !others.some((operand) => operand.has(s))));
  const cost = [...union].reduce((product, { extent }) => product * extent, 1);
  for (const s of group) union.delete(s);
  return { group, cost, operands: [...others, union] };
}

interface Plan {
  readonly cost: number;
  readonly groups: readonly (readonly Counter[])[];
}

function bestOrder(operands: readonly Indices[], summed: readonly Counter[]): readonly (readonly Counter[])[] {
  const known = new Map<string, Plan>();
  const search = (now: readonly Indices[], left: readonly Counter[]): Plan => {
    if (left.length === 0) return { cost: 0, groups: [] };
    const key = left.map(({ id }) => id).join();
    const memo = known.get(key);
    if (memo) return memo;
    let best: Plan | undefined;
    for (const counter of left) {
      const step = eliminate(now, counter, left);
      const rest = search(
        step.operands,
        left.filter((s) => !step.group.includes(s)),
      );
      const cost = step.cost + rest.cost;
      if (!best || cost < best.cost) best = { cost, groups: [step.group, ...rest.groups] };
    }
    known.set(key, best!);
    return best!;
  };
  return search(operands, summed).groups;
}

/** The cheapest step each time. */
function greedyOrder(operands: readonly Indices[], summed: readonly Counter[]): readonly (readonly Counter[])[] {
  const groups: (readonly Counter[])[] = [];
  let [now, left] = [operands, summed];
  while (left.length > 0) {
    const steps = left.map((counter) => eliminate(now, counter, left));
    const best = steps.reduce((a, b) => (b.cost < a.cost ? b : a));
    groups.push(best.group);
    now = best.operands;
    left = left.filter((s) => !best.group.includes(s));
  }
  return groups;
}
