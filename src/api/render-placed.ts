/** A problem with its text, as people read it. */
import { renderProblem } from '../basics/render.ts';
import type { PlacedProblem } from './outcome.ts';

/**
 * Message, line with carets, and hint, on several lines without a final line break.
 *
 * @param name Stands in front of the line number instead of the text's own name: a file's, say.
 * @example
 * // program:1:16: unknown name w
 * // 1 | x in R^n; y = w*x
 * //   |               ^
 */
export function renderPlaced(problem: PlacedProblem, name?: string): string {
  return renderProblem(problem, problem.source?.text ?? '', problem.source && (name ?? problem.source.name));
}
