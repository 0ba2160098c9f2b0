/** How is a tree written on one line? The language itself; `text.ts` and `unicode.ts` choose the signs. */
import { type ProductOperator, type Strength, strength } from '../syntax/precedence.ts';
import { digitsOf } from './digits.ts';
import type { Factor, Handlers } from './fold.ts';

export interface Piece {
  readonly text: string;
  readonly strength: Strength;
}

export interface Signs {
  readonly minus: string;
  readonly times: string;
  readonly entryTimes: string;
  readonly entryOver: string;
  readonly transpose: string;
  /** ⊙ always stands between spaces; .* only where the factors are not all short. */
  readonly alwaysSpaced: boolean;
}

export const at =
  (level: Strength) =>
  (text: string): Piece => ({ text, strength: level });
export const primary = at(strength.primary);
export const bracketed = (text: string): string => `(${text})`;
export const atLeast = (piece: Piece, level: Strength): string =>
  piece.strength >= level ? piece.text : bracketed(piece.text);
export const listed = (pieces: readonly Piece[], separator = ', '): string => pieces.map((p) => p.text).join(separator);

/** delta(i,k) is read like a pair of subscripts, so it is set as tightly. */
const separatorIn = (name: string): string => (name === 'delta' ? ',' : ', ');
export const plainCall = (name: string, args: readonly Piece[], separator = separatorIn(name)): Piece =>
  primary(`${name}(${listed(args, separator)})`);

function product(first: Piece, rest: readonly Factor<Piece>[], signs: Signs): Piece {
  const factors = [first, ...rest.map((r) => r.piece)];
  const spaced = signs.alwaysSpaced || factors.length > 2 || factors.some((f) => f.strength < strength.postfix);
  const signOf: Record<Factor<Piece>['operator'], string> = {
    '*': signs.times,
    '/': '/',
    '.*': spaced ? ` ${signs.entryTimes} ` : signs.entryTimes,
    './': spaced ? ` ${signs.entryOver} ` : signs.entryOver,
  };
  let text = atLeast(first, strength.product);
  for (const [index, { operator, piece }] of rest.entries()) {
    if (isMisread(operator, first, rest, index)) text = bracketed(text);
    text += signOf[operator] + atLeast(piece, strength.power);
  }
  return at(strength.product)(text);
}

const isNumber = (piece: Piece): boolean => /^[\d.]+$/.test(piece.text);

/** (1/tau)*x, (h .* k)*W: the same trees without the brackets, but easily misread. */
function isMisread(operator: ProductOperator, first: Piece, rest: readonly Factor<Piece>[], index: number): boolean {
  const last = rest[index - 1];
  if (last === undefined || (operator !== '*' && operator !== '/')) return false;
  if (last.operator === '.*' || last.operator === './') return true;
  return (
    operator === '*' &&
    last.operator === '/' &&
    index === 1 &&
    first.strength >= strength.postfix &&
    !isNumber(last.piece)
  );
}

export const lineHandlers = (signs: Signs): Handlers<Piece> => ({
  number(node) {
    const digits = digitsOf(node);
    const size =
      digits.kind === 'integer'
        ? primary(digits.digits)
        : digits.kind === 'decimal'
          ? primary(digits.exponent === 0 ? digits.digits : `${digits.digits}e${digits.exponent}`)
          : at(strength.product)(`${digits.top}/${digits.bottom}`);
    return digits.negative ? at(strength.negation)(signs.minus + size.text) : size;
  },
  name: (node) => primary(node.name),
  all: () => primary(':'),
  sum(terms) {
    if (terms.length === 0) return primary('0');
    const written = terms.map(({ negative, piece }, index) => {
      const sign = index === 0 ? (negative ? signs.minus : '') : negative ? ` ${signs.minus} ` : ' + ';
      return sign + atLeast(piece, strength.product);
    });
    return at(strength.sum)(written.join(''));
  },
  negation: (of) => at(strength.negation)(signs.minus + atLeast(of, strength.product)),
  product: (first, rest) => product(first, rest, signs),
  power: (operator, base, exponent) =>
    at(strength.power)(atLeast(base, strength.postfix) + operator + atLeast(exponent, strength.power)),
  transpose: (of) => at(strength.postfix)(atLeast(of, strength.postfix) + signs.transpose),
  call: (name, args) => plainCall(name, args),
  subscript(of, indices, node) {
    // 1[z > 0] is an indicator: a number that is indexed keeps its brackets.
    const base = node.of.kind === 'number' ? bracketed(of.text) : atLeast(of, strength.postfix);
    return at(strength.postfix)(`${base}[${listed(indices, ',')}]`);
  },
  matrix: (rows) => primary(`[${rows.map((row) => listed(row)).join('; ')}]`),
  sumOver: (index, body) => primary(`sum_${index}(${body.text})`),
  indicator: (node, left, right) => primary(`1[${left.text} ${node.comparison} ${right.text}]`),
});
