/** A derivation as a numbered list. */
import type { AnswerCase, AnswerStep } from '../api/steps.ts';
import { equalities, labelled, wrapped } from './layout.ts';
import { innerWidth, type Page } from './show-answer.ts';

export function stepLines(steps: readonly AnswerStep[], page: Page): string[] {
  const width = innerWidth(page) - 3;
  const lines = steps.flatMap(({ rule, says, unicode, assumptions }, n) => {
    const number = `${n + 1}. `;
    const head = wrapped(rule + (assumptions.length > 0 ? ` (assuming ${assumptions.join(', ')})` : ''), width);
    const told = says === '' ? [] : wrapped(says, width).map(page.paint.dim);
    const formulas = unicode.flatMap((line) => equalities(line, width));
    return [...head, ...told, ...formulas].map((line, k) => (k === 0 ? number : ' '.repeat(number.length)) + line);
  });
  return labelled('steps', lines.length > 0 ? lines : ['none: the answer is what was asked'], page.paint.dim);
}

export function caseLines(cases: readonly AnswerCase[], page: Page): string[] {
  const lines = cases.map(({ whenUnicode, unicode }) => `${whenUnicode}: ${unicode}`);
  return labelled('cases', lines.length > 0 ? lines : ['one: no indices to tell apart'], page.paint.dim);
}
