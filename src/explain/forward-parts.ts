/** The differential of a body as a reader takes it apart: rules of products first, linear steps passed over. */
import * as Q from '../basics/rational.ts';
import { applyContribution, type Stage } from '../derive/differential.ts';
import type { Flow } from '../derive/trace.ts';
import type { Telling } from '../rewrite/rule.ts';
import { negate, one, product, sum } from '../terms/construct.ts';
import type { Bound, Node, Summand, Term } from '../terms/node.ts';
import { beginsNegative } from './index-form.ts';

/** sum over `bound` of outer * d(inner). */
export interface Part {
  readonly outer: Term;
  readonly bound: readonly Bound[];
  readonly inner: Term;
  /** What it was made of, from this many stages on. */
  readonly flows: readonly Flow[];
  readonly depth: number;
  /** `inner` has the opposite sign of what the stages speak of. */
  readonly turned?: boolean | undefined;
}

const linearRules: ReadonlySet<string> = new Set(['sum rule', 'linearity']);
export const isLinear = (rules: readonly Telling[]): boolean => rules.every(({ name }) => linearRules.has(name));

/** Linear steps passed over: what is left is a cell, or a part whose rule is not linear. */
export function linearParts(flows: readonly Flow[], depth: number): readonly Part[] {
  const groups = new Map<unknown, Flow[]>();
  for (const flow of flows) {
    const stage = flow.via[depth];
    const key = stage ? (isLinear(stage.rules) ? stage : stage.of) : flow;
    groups.set(key, [...(groups.get(key) ?? []), flow]);
  }
  return [...groups.values()].flatMap((group): readonly Part[] => {
    const [first] = group as [Flow, ...Flow[]];
    const stage = first.via[depth];
    if (!stage) return [{ outer: one, bound: [], inner: { node: first.cell, at: first.at }, flows: group, depth }];
    if (!isLinear(stage.rules)) return [{ outer: one, bound: [], inner: stage.of, flows: group, depth }];
    return linearParts(group, depth + 1).map((part) => within(stage, part));
  });
}
const within = ({ outer, bound }: Stage, part: Part): Part => ({
  ...part,
  outer: product(
    Q.one,
    [
      [outer, Q.one],
      [part.outer, Q.one],
    ],
    [],
  ),
  bound: [...bound, ...part.bound],
});

/** One rule applied to a part: what its factors, or its argument, contribute. */
export function ruleParts({ flows, depth }: Part): readonly Part[] {
  const stages = [...new Set(flows.map(({ via }) => via[depth]!))];
  return stages.map((stage) =>
    upright({
      outer: stage.outer,
      bound: stage.bound,
      inner: stage.inner,
      flows: flows.filter(({ via }) => via[depth] === stage),
      depth: depth + 1,
    }),
  );
}
/** -a*d(c - b) is a*d(b - c). */
function upright(part: Part): Part {
  const { inner, outer } = part;
  if (inner.node.kind !== 'sum' || !beginsNegative(inner)) return part;
  return { ...part, turned: true, inner: negate(inner), outer: negate(outer) };
}
export const rulesOfPart = ({ flows, depth }: Part): readonly Telling[] => [
  ...new Set(flows.flatMap(({ via }) => via[depth]?.rules ?? [])),
];

/** The derivative of a part's inner term, from the derivatives of its cells. */
export function derivativeOfPart({ flows, depth, turned }: Part, known: ReadonlyMap<Node, Term>): Term {
  const sign = turned ? Q.minusOne : Q.one;
  return sum(
    flows.map((flow): Summand => {
      const rest = flow.via.slice(depth);
      const coefficient = product(
        Q.one,
        rest.map(({ outer }) => [outer, Q.one] as const),
        [],
      );
      return [
        sign,
        applyContribution({ ...flow, coefficient, bound: rest.flatMap(({ bound }) => bound) }, known.get(flow.cell)!),
      ];
    }),
  );
}
