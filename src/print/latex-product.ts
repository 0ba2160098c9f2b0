/** Pieces of LaTeX with their strengths, and how products and quotients are set. */
import type { Factor } from './fold.ts';
import { type Form, entryForm, productForm } from './form.ts';
import { type Strength, strength } from '../syntax/tree.ts';

// ---- pieces

export interface Piece {
  readonly text: string;
  readonly strength: Strength;
  readonly form: Form;
  /** How many symbols a reader has to take in. */
  readonly leaves: number;
  /** Higher than a line: brackets around it grow. */
  readonly tall: boolean;
  /** Written with a fraction bar. */
  readonly fraction: boolean;
  /** A matrix written out. */
  readonly block: boolean;
  readonly subscripted: boolean;
  readonly raised: boolean;
  /** Needs room before or after it when it stands beside a letter. */
  readonly roomBefore: boolean;
  readonly roomAfter: boolean;
  /** Begins with a digit: 2 3 would be read as 23. */
  readonly digit: boolean;
  /** One letter: indices of one letter need no comma. */
  readonly letter: boolean;
  /** Reaches as far to the right as it can, as \sum does: only the last factor goes without brackets. */
  readonly open: boolean;
  /** How the outermost product is written, if it is one. */
  readonly joint: '*' | '.*' | './' | 'kron' | 'cross' | undefined;
  /** A fraction in one line, for exponents. */
  readonly inline: string | undefined;
  /** For X^{-1}, the X: its transpose is X^{-\top}. */
  readonly inverseOf: string | undefined;
}

const plain: Piece = {
  text: '',
  strength: strength.primary,
  form: 'unknown',
  leaves: 1,
  tall: false,
  fraction: false,
  block: false,
  subscripted: false,
  raised: false,
  roomBefore: false,
  roomAfter: false,
  digit: false,
  letter: false,
  open: false,
  joint: undefined,
  inline: undefined,
  inverseOf: undefined,
};

/** A piece made of others is as tall as they are and as long as all of them. */
export const made = (text: string, level: Strength, of: readonly Piece[], more: Partial<Piece> = {}): Piece => ({
  ...plain,
  text,
  strength: level,
  leaves: of.length === 0 ? 1 : of.reduce((sum, p) => sum + p.leaves, 0),
  tall: of.some((p) => p.tall),
  ...more,
});

export type Brackets = readonly [open: string, close: string];
export const round: Brackets = ['(', ')'];

export const within = ([open, close]: Brackets, text: string, grow: boolean): string => {
  if (!grow) return open.startsWith('\\') ? `${open} ${text}${close}` : open + text + close;
  return `\\left${open} ${text} \\right${close}`;
};
export const inBrackets = (piece: Piece): string => within(round, piece.text, piece.tall);

/** The piece in brackets is a primary that nothing can be misread into. */
export const bracketed = (piece: Piece, grow = piece.tall): Piece =>
  made(within(round, piece.text, grow), strength.primary, [piece], { form: piece.form });

export const atLeast = (piece: Piece, level: Strength): Piece => (piece.strength >= level ? piece : bracketed(piece));

/** What a superscript can be put on. */
export const base = (piece: Piece): Piece =>
  piece.strength >= strength.postfix && !piece.raised ? piece : bracketed(piece);
/** What a subscript can be put on. */
export const stem = (piece: Piece): Piece =>
  piece.strength >= strength.postfix && !piece.raised && !piece.subscripted ? piece : bracketed(piece);

/** ij and \tau j, but i,: and 1,2. */
export const indexList = (indices: readonly Piece[]): string =>
  indices.every((i) => i.letter)
    ? indices.map((i) => i.text).reduce((list, i) => list + (/\\[a-z]+$/i.test(list) ? ' ' : '') + i)
    : indices.map((i) => i.text).join(',');

// ---- products

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
