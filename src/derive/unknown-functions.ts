/** Functions known by name only: f(x) has the Jacobian J_f(x). Further derivatives have no name, and are refused. */
import { refuse } from '../basics/problem.ts';
import { contract, operation, symbolTerm } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Bound, OperationNode, Term, TermSymbol } from '../terms/node.ts';
import { calculusRule, type OperationDerivative } from './derivative-rules.ts';

const patternSymbol = (name: string, dims: TermSymbol['dims']): TermSymbol => ({
  name,
  role: 'pattern',
  shape: { kind: 'tensor', axes: dims },
  dims,
  facts: new Set(),
  order: 0,
});

/** call:f -> jacobian:f, with one more index. */
export function derivedOperation({ node }: Term & { readonly node: OperationNode }): OperationDerivative | undefined {
  const [kind, name] = node.op.split(':');
  if (!name) return undefined;
  if (kind !== 'call')
    return refuse({
      kind: 'rule',
      message: `${name} is known by name only: J_${name} is its Jacobian, and there is no rule for the derivative of J_${name}`,
      hint: `define it: ${name}(x) = …`,
    });
  const dims = node.bound;
  const argument = patternSymbol('x', dims);
  const differential = patternSymbol('dx', dims);
  const outs = node.slots.slice(0, node.outs).map(() => freshIndex());
  const outDims = node.slots.slice(0, node.outs);
  const inner: readonly Bound[] = dims.map((dim) => ({ index: freshIndex(), dim }));
  const along: readonly Bound[] = dims.map((dim) => ({ index: freshIndex(), dim }));
  const at = (bound: readonly Bound[]): readonly number[] => bound.map(({ index }) => index);
  const derivative = operation(
    `jacobian:${name}`,
    symbolTerm(argument, at(inner)),
    inner,
    [...outs, ...at(along)],
    [...outDims, ...dims],
  );
  return {
    rule: calculusRule('Jacobian of an unknown function'),
    argument,
    differential,
    outs,
    value: contract([derivative, symbolTerm(differential, at(along))], along),
  };
}
