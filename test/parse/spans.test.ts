import { expect, test } from 'vitest';
import { parseProgram } from '../../src/parse/parse.ts';

/** Every node with a span, outermost first, as the text it covers. */
function covered(node: unknown, text: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own =
    'span' in node
      ? [node.span as { readonly start: number; readonly end: number }].map(({ start, end }) => text.slice(start, end))
      : [];
  return [
    ...own,
    ...Object.entries(node).flatMap(([key, child]) =>
      key === 'span' || key === 'nameSpan' ? [] : covered(child, text),
    ),
  ];
}

const spans = (text: string): string[] => {
  const result = parseProgram(text);
  return result.ok ? covered(result.value, text) : [result.problem.message];
};

test('sums, signs and parentheses are covered whole', () => {
  expect(spans("-a*b + (c - 1)'")).toEqual([
    "-a*b + (c - 1)'",
    "-a*b + (c - 1)'",
    'a*b',
    'a',
    'b',
    "(c - 1)'",
    '(c - 1)',
    'c',
    '1',
  ]);
});

test('powers cover their base and exponent', () => {
  expect(spans('x^-y^2')).toEqual(['x^-y^2', 'x^-y^2', 'x', '-y^2', 'y^2', 'y', '2']);
});

test('calls, subscripts, literals, sums and indicators cover their brackets', () => {
  expect(spans('f([a; 1[b > 0]])[i, :] + Σ_j x')).toEqual([
    'f([a; 1[b > 0]])[i, :] + Σ_j x',
    'f([a; 1[b > 0]])[i, :] + Σ_j x',
    'f([a; 1[b > 0]])[i, :]',
    'f([a; 1[b > 0]])',
    '[a; 1[b > 0]]',
    'a',
    '1[b > 0]',
    'b',
    '0',
    'i',
    ':',
    'Σ_j x',
    'x',
  ]);
});

test('statements cover everything that belongs to them', () => {
  const text = 'A, B in R^(m x n), spd; f : R -> R^n; y[i] = 1; a by cases; tau > 0';
  const statements = text.split('; ');
  expect(spans(text).filter((piece) => statements.includes(piece))).toEqual(statements);
});
