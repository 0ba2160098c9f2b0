/** All that is known of an expression, with the reasons. */
import * as assume from '../../src/assume/assume.ts';
import * as Q from '../../src/basics/rational.ts';
import { rangeOf } from '../../src/terms/sign.ts';
import { matrixOf, valueOf } from './given.ts';

function reasonText(reason: assume.Reason): string {
  switch (reason.kind) {
    case 'fact':
      return `${reason.of} ${reason.fact}`;
    case 'structure':
      return reason.says;
    case 'inference':
      return `${reason.rule} <- ${reason.from.map(reasonText).join(', ')}`;
  }
}

export function told(text: string): readonly string[] {
  const value = valueOf(text);
  const line = (title: string, answer: assume.Answer<unknown>): readonly string[] => {
    if (answer.known === 'unknown') return [];
    const what = answer.known === 'no' ? `not ${title}` : answer.value === true ? title : String(answer.value);
    return [`${what}: ${reasonText(answer.because)}`];
  };
  const never = (title: string, why: string | undefined): readonly string[] => (why ? [`never ${title}: ${why}`] : []);
  const { least, most, isOpenBelow, isOpenAbove } = rangeOf(value.term);
  const ends = [
    ...(least ? [`${Q.toText(least)} ${isOpenBelow ? '<' : '<='}`] : []),
    ...(least || most ? ['it'] : []),
    ...(most ? [`${isOpenAbove ? '<' : '<='} ${Q.toText(most)}`] : []),
  ];
  const entries = [
    ...line('sign', assume.sign(value.term)),
    ...line('nonzero', assume.isNonzero(value.term)),
    ...line('integer', assume.isInteger(value.term)),
    ...never('positive', assume.neverPositive(value)),
    ...never('nonnegative', assume.neverNonnegative(value.term)),
    ...never('nonzero', assume.neverNonzero(value)),
    ...never('between -1 and 1', assume.neverWithin(value.term, { least: Q.minusOne, most: Q.one })),
    ...never(
      'inside 0 and 1',
      assume.neverWithin(value.term, { least: Q.zero, most: Q.one, isOpenBelow: true, isOpenAbove: true }),
    ),
    ...(ends.length > 0 ? [ends.join(' ')] : []),
  ];
  if (value.axes.length !== 2) return entries;
  const m = matrixOf(text);
  return [
    ...line('symmetric', assume.isSymmetric(m)),
    ...line('skew', assume.isSkew(m)),
    ...line('definite', assume.isDefinite(m)),
    ...line('semidefinite', assume.isSemidefinite(m)),
    ...line('invertible', assume.isInvertible(m)),
    ...line('idempotent', assume.isIdempotent(m)),
    `rank at most ${assume
      .rankAtMost(m)
      .map(({ key }) => key)
      .toSorted()
      .join(', ')}`,
    ...entries,
  ];
}
