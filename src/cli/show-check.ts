/** The numeric check of an answer, in one line. */
import type { CheckResult } from '../api/check/check.ts';
import { labelled, wrapped } from './layout.ts';
import { innerWidth, type Page } from './show-answer.ts';

export function checkLines({ ok, largestError, points, reason }: CheckResult, page: Page): string[] {
  const tried = `${points} random point${points === 1 ? '' : 's'}`;
  if (ok)
    return labelled(
      'check',
      [`${page.paint.good('passed')} at ${tried}, largest relative error ${errorText(largestError)}`],
      page.paint.dim,
    );
  const why =
    points === 0
      ? (reason ?? 'nothing could be tried')
      : `${reason ?? 'the numbers disagree'}: relative error ${errorText(largestError)} at ${tried}`;
  const [first = '', ...rest] = wrapped(`${points === 0 ? 'not possible' : 'FAILED'}: ${why}`, innerWidth(page));
  return labelled('check', [page.paint.bad(first), ...rest], page.paint.dim);
}

export const errorText = (error: number): string => (error === 0 ? '0' : error.toExponential(1));
