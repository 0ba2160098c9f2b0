/** What came out of a claim, in lines. */
import type { ClaimVerdict, Counterexample } from '../api/claims.ts';
import type { Nested } from '../api/given.ts';
import { exitCodes, type ExitCode } from './usage.ts';
import { labelled, wrapped, wrappedList } from './terminal.ts';
import { innerWidth, type Page, numberText } from './show-answer.ts';

export function verdictCode({ verdict }: ClaimVerdict): ExitCode {
  return verdict === 'proved' ? exitCodes.ok : verdict === 'refuted' ? exitCodes.wrong : exitCodes.undecided;
}

export function verdictLines(verdict: ClaimVerdict, page: Page): string[] {
  const { paint } = page;
  const width = innerWidth(page);
  const heading = (word: string): string[] => [`${paint.bold(verdict.claim)}: ${word}`, ''];
  switch (verdict.verdict) {
    case 'proved':
      return [
        ...heading(paint.good('proved')),
        ...labelled(
          'where',
          verdict.conditions.flatMap(({ text }) => wrapped(text, width)),
          paint.dim,
        ),
        ...labelled('by', wrappedList(verdict.how, ';', width), paint.dim),
      ];
    case 'refuted':
      return [...heading(paint.bad('refuted')), ...counterexampleLines(verdict.counterexample, page)];
    case 'undecided':
      return [...heading(paint.doubtful('undecided')), ...labelled('why', wrapped(verdict.why, width), paint.dim)];
  }
}

function counterexampleLines({ values, indices, functions, left, right }: Counterexample, page: Page): string[] {
  const given = [
    ...Object.entries(values).map(([name, value]) => `${name} = ${nestedText(value)}`),
    ...Object.entries(indices).map(([name, position]) => `${name} = ${position}`),
    ...Object.values(functions),
  ];
  const { dim } = page.paint;
  return [
    ...labelled('at', given.length > 0 ? given : ['every point'], dim),
    ...labelled('left', [nestedText(left)], dim),
    ...labelled('right', [nestedText(right)], dim),
  ];
}

const nestedText = (value: Nested): string =>
  typeof value === 'number' ? numberText(value) : `[${value.map(nestedText).join(', ')}]`;
