/** An expression with its parts replaced. */
import type { Expression, Name } from '../../src/syntax/tree.ts';

export function mapParts(e: Expression, f: (part: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'number':
    case 'name':
    case 'range':
      return e;
    case 'sum':
      return { ...e, terms: e.terms.map(({ negative, term }) => ({ negative, term: f(term) })) };
    case 'negation':
    case 'transpose':
      return { ...e, of: f(e.of) };
    case 'binary':
    case 'indicator':
      return { ...e, left: f(e.left), right: f(e.right) };
    case 'call':
      return { ...e, arguments: e.arguments.map(f) };
    case 'subscript':
      return { ...e, of: f(e.of), indices: e.indices.map((index) => (index.kind === 'all' ? index : f(index))) };
    case 'matrix':
      return { ...e, rows: e.rows.map((row) => row.map(f)) };
    case 'sum-over':
      return { ...e, body: f(e.body) };
  }
}

/** An expression with its names replaced, those of functions and of bound indices left alone. */
export function mapNames(e: Expression, f: (name: Name) => Expression): Expression {
  return e.kind === 'name' ? f(e) : mapParts(e, (part) => mapNames(part, f));
}
