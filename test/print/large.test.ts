import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toHtml } from '../../src/print/html.ts';
import { toLatex } from '../../src/print/latex.ts';
import { toText, toUnicode } from '../../src/print/text.ts';
import type { Expression } from '../../src/syntax/tree.ts';
import { binary, call, name, number, parsed } from './trees.ts';

const x = name('x');
const layers: Readonly<Record<string, (inside: Expression) => Expression>> = {
  calls: (of) => call('softmax', of),
  norms: (of) => call('norm2', of),
  inverses: (of) => call('inv', of),
  minuses: (of) => ({ kind: 'negation', of }),
  transposes: (of) => ({ kind: 'transpose', of }),
  sums: (of) => ({
    kind: 'sum',
    terms: [
      { negative: true, term: x },
      { negative: true, term: of },
    ],
  }),
  'products to the left': (of) => binary(of, '*', x),
  'products to the right': (of) => binary(x, '.*', of),
  'quotients to the left': (of) => binary(of, '/', x),
  'quotients to the right': (of) => binary(x, '/', of),
  'powers to the left': (of) => binary(of, '^', number(2)),
  'powers to the right': (of) => binary(x, '^', of),
  entries: (of) => ({ kind: 'subscript', of, indices: [x, { kind: 'all' }] }),
  indices: (of) => ({ kind: 'subscript', of: x, indices: [of] }),
  matrices: (of) => ({
    kind: 'matrix',
    rows: [
      [of, x],
      [x, x],
    ],
  }),
  'sums over an index': (body) => ({ kind: 'sum-over', index: 'j', body }),
  indicators: (of) => ({ kind: 'indicator', comparison: '>', left: of, right: x }),
  gradients: (of) => call('grad', of, x),
  jacobians: (of) => call('jacobian', of, x),
};
const nested = (layer: (inside: Expression) => Expression, depth: number): Expression => {
  let tree: Expression = x;
  for (let level = 0; level < depth; level++) tree = layer(tree);
  return tree;
};

describe('large trees', () => {
  test.each(Object.entries(layers))('%s nested 2,000 deep are printed', (_, layer) => {
    const tree = nested(layer, 2000);
    for (const print of [toText, toUnicode, toLatex, toHtml]) expect(print(tree).length).toBeGreaterThan(2000);
  });

  test('a part that is shared is printed once and copied', () => {
    const doubled = nested((of) => binary(of, './', call('f', of)), 14);
    expect(toText(doubled).match(/x/g)).toHaveLength(2 ** 14);
    expect(toLatex(doubled).match(/x/g)).toHaveLength(2 ** 14);
  });
});

describe('HTML', () => {
  test('a formula is drawn by KaTeX', () => {
    expect(toHtml(parsed('(x + y)/tau'))).toMatch(/^<span class="katex-display">/);
  });

  test('what KaTeX cannot draw is shown as a line, and nothing in it is markup', () => {
    const deep = nested((of) => binary(x, '/', of), 5000);
    expect(toHtml(deep)).toMatch(/^<code>x\/\(x\/\(/);
    expect(toHtml({ kind: 'indicator', comparison: '<', left: deep, right: name('<b>') })).not.toContain('<b>');
  });

  test('no other printer loads KaTeX', () => {
    const folder = new URL('../../src/print/', import.meta.url);
    const loading = readdirSync(folder).filter((file) =>
      /from '(?:katex|\.\/html)/.test(readFileSync(new URL(file, folder), 'utf8')),
    );
    expect(loading).toEqual(['html.ts']);
  });
});
