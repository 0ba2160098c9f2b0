/** An expression with some of its parts replaced. */
import type { All, Expression } from '../syntax/tree.ts';

/** `replace` looks at each part from the outside in; undefined goes on inside. */
export function mapParts(e: Expression, replace: (e: Expression) => Expression | undefined): Expression {
  const visit = (e: Expression): Expression => replace(e) ?? inside(e, visit);
  return visit(e);
}

function inside(e: Expression, visit: (e: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'number':
    case 'name':
      return e;
    case 'sum':
      return { kind: 'sum', terms: e.terms.map(({ negative, term }) => ({ negative, term: visit(term) })) };
    case 'negation':
    case 'transpose':
      return { kind: e.kind, of: visit(e.of) };
    case 'binary':
    case 'indicator':
      return { ...e, left: visit(e.left), right: visit(e.right) };
    case 'call':
      return { ...e, arguments: e.arguments.map(visit) };
    case 'subscript':
      return {
        ...e,
        of: visit(e.of),
        indices: e.indices.map((i): Expression | All => (i.kind === 'all' ? i : visit(i))),
      };
    case 'matrix':
      return { kind: 'matrix', rows: e.rows.map((row) => row.map(visit)) };
    case 'sum-over':
      return { ...e, body: visit(e.body) };
  }
}
