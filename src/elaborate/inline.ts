/** f(s) = … is used by writing its value with the arguments in place of the parameters. How, without one index catching another? */
import { refuse } from '../basics/problem.ts';
import type { Call, Expression } from '../syntax/tree.ts';
import type { FunctionBody } from './scope.ts';
import { bottomUp, everyPart, partsOf, withParts } from '../syntax/parts.ts';

/** Definitions that call each other several times grow exponentially: refused beyond this. */
const mostParts = 200_000;

export type Inline = (call: Call, body: FunctionBody) => Expression;

export function createInline(): Inline {
  let made = 0;
  return (call, body) => {
    const taken = new Set<string>();
    for (const argument of call.arguments)
      everyPart(argument, (e) => {
        if (e.kind === 'name') taken.add(e.name);
      });
    const values = new Map(body.parameters.map((name, n) => [name, call.arguments[n]!]));
    return transform(sumsKeptApart(body.value, taken), (e, rebuilt) => {
      if (++made > mostParts)
        refuse({
          kind: 'limit',
          message: `${body.name} grows too large when its calls are written out`,
          span: call.span,
        });
      return e.kind === 'name' ? (values.get(e.name) ?? e) : rebuilt();
    });
  };
}

/** Every part once, inner ones first; `make` may ask for the node with its new parts. */
function transform(
  root: Expression,
  make: (e: Expression, rebuilt: () => Expression) => Expression,
  childrenOf: (e: Expression) => readonly Expression[] = partsOf,
): Expression {
  const done = new Map<Expression, Expression>();
  bottomUp(
    root,
    childrenOf,
    (e) => done.has(e),
    (e) =>
      done.set(
        e,
        make(e, () => withParts(e, (part) => done.get(part) ?? part)),
      ),
  );
  return done.get(root)!;
}

/** Sums over an index whose name the arguments mention get another one. */
function sumsKeptApart(root: Expression, taken: ReadonlySet<string>): Expression {
  return transform(root, (_, rebuilt) => {
    const e = rebuilt();
    if (e.kind !== 'sum-over' || !taken.has(e.index)) return e;
    let n = 1;
    while (taken.has(`${e.index}_${n}`)) n++;
    const index = `${e.index}_${n}`;
    return { ...e, index, body: renameIndex(e.body, e.index, index) };
  });
}

/** Renames an index where it stands free. */
function renameIndex(root: Expression, from: string, to: string): Expression {
  const binds = (e: Expression): boolean => e.kind === 'sum-over' && e.index === from;
  const position = (e: Expression): Expression => (e.kind === 'name' && e.name === from ? { ...e, name: to } : e);
  return transform(
    root,
    (e, rebuilt) => {
      if (binds(e)) return e;
      const changed = rebuilt();
      if (changed.kind === 'subscript')
        return {
          ...changed,
          indices: changed.indices.map((index) => (index.kind === 'all' ? index : position(index))),
        };
      if (changed.kind === 'call' && changed.name === 'delta')
        return { ...changed, arguments: changed.arguments.map(position) };
      if (changed.kind === 'indicator')
        return { ...changed, left: position(changed.left), right: position(changed.right) };
      return changed;
    },
    (e) => (binds(e) ? [] : partsOf(e)),
  );
}
