/** What must be known about a printed part of a LaTeX formula to put it beside others? */
import { type Strength, strength } from '../syntax/precedence.ts';
import type { Form } from './form.ts';

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
  readonly joint: '*' | '.*' | './' | 'kron' | undefined;
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
