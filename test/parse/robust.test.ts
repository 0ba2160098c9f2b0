import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderProblem } from '../../src/basics/problem.ts';
import { parseBindings, parseExpression, parseProgram, parseQuestion } from '../../src/parse/parse.ts';

const pieces = [
  ...Array.from("()[]{}+-*/^'.,;:=<>!|‖∇∂Σ∑_#\n\t @\\$²ⁿᵀ∈ℝ→𝟏"),
  'x',
  'A',
  'R',
  'in',
  'at',
  'by',
  'cases',
  'check',
  'sum_j',
  '1[',
  '0',
  '2.',
  '.5',
  '1e9',
  '->',
  '==',
  '.*',
  '‖₂',
];
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(' ')),
);

test('no text makes the parser or the renderer throw, and every problem has a place inside the text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      for (const parse of [parseProgram, parseExpression, parseQuestion, parseBindings]) {
        const result = parse(text);
        if (result.ok) continue;
        const { span } = result.problem;
        expect(span !== undefined && span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
        expect(renderProblem(result.problem, text)).not.toBe('');
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a text is read the same way twice', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(parseProgram(text)).toEqual(parseProgram(text));
    }),
    { numRuns: 200 },
  );
});
