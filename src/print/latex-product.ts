/** How do factors stand beside each other on paper? Juxtaposed, over a fraction bar, or with ⊙ between them. */
import { strength } from '../syntax/precedence.ts';
import type { Factor } from './fold.ts';
import { entryForm, productForm } from './form.ts';
import { atLeast, bracketed, made, type Piece } from './latex-piece.ts';

/** A numerator with more symbols than this goes beside the fraction. */
const longNumerator = 25;

const gap = (left: Piece, right: Piece): string =>
  right.digit ? ' \\cdot ' : left.roomAfter || (right.roomBefore && !left.fraction) ? ' \\, ' : ' ';

export function times(left: Piece, right: Piece): Piece {
  const clear = left.joint === undefined || left.joint === '*';
  const first = clear && !left.open ? atLeast(left, strength.product) : bracketed(left);
  const fits = right.strength >= strength.power || (right.open && right.strength === strength.product);
  const last = fits ? right : bracketed(right, right.tall || left.fraction);
  return made(first.text + gap(first, last) + last.text, strength.product, [left, right], {
    form: productForm(left.form, right.form),
    joint: '*',
    open: last.open,
    roomBefore: first.roomBefore,
    roomAfter: last.roomAfter,
    digit: first.digit,
  });
}

export const fraction = (top: Piece, bottom: Piece, more: Partial<Piece> = {}): Piece =>
  made(`\\frac{${top.text}}{${bottom.text}}`, strength.power, [top, bottom], {
    form: top.form,
    tall: true,
    fraction: true,
    digit: top.digit && bottom.digit,
    inline:
      top.strength >= strength.postfix && bottom.strength === strength.primary
        ? `${top.text}/${bottom.text}`
        : undefined,
    ...more,
  });

const numberOne: Piece = made('1', strength.primary, [], { form: 'scalar', digit: true });

/** Sums of vectors, fractions and what is long or high stand beside the fraction, not in it; exp(a/b) may stand in it. */
const fitsAbove = (top: Piece): boolean =>
  top.leaves <= longNumerator &&
  (top.strength > strength.sum || top.form === 'scalar') &&
  (!top.tall || (top.strength >= strength.postfix && !top.block));

function over(top: Piece, bottom: Piece): Piece {
  if (fitsAbove(top)) return fraction(top, bottom);
  const inverse = fraction(numberOne, bottom);
  if (top.joint !== '*') return times(inverse, top);
  // A product goes beside the fraction without brackets: a number may stand anywhere in it.
  return { ...top, text: inverse.text + gap(inverse, top) + top.text, leaves: top.leaves + inverse.leaves, tall: true };
}

function entryTimes(left: Piece, right: Piece): Piece {
  const first =
    left.joint === './' || left.joint === 'kron' || left.open ? bracketed(left) : atLeast(left, strength.product);
  return entries(first, right, '\\odot', '.*', left);
}
function entryOver(left: Piece, right: Piece): Piece {
  const clear = (left.joint === undefined || left.joint === '*') && !left.open;
  return entries(clear ? atLeast(left, strength.product) : bracketed(left), right, '\\oslash', './', left);
}
const entries = (first: Piece, right: Piece, sign: string, joint: '.*' | './', left: Piece): Piece =>
  made(`${first.text} ${sign} ${atLeast(right, strength.power).text}`, strength.product, [left, right], {
    form: entryForm(left.form, right.form),
    joint,
    digit: first.digit,
  });

const joints: Record<Factor<Piece>['operator'], (left: Piece, right: Piece) => Piece> = {
  '*': times,
  '/': over,
  '.*': entryTimes,
  './': entryOver,
};

export const product = (first: Piece, rest: readonly Factor<Piece>[]): Piece =>
  rest.reduce((left, { operator, piece }) => joints[operator](left, piece), first);
