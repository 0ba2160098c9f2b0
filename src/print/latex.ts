/** How would a textbook print it? LaTeX that KaTeX renders without complaint. */
import { type Strength, strength, type Comparison, type Expression } from '../syntax/tree.ts';
import { digitsOf, type Digits, fold, type Handlers } from './fold.ts';
import { entryForm, type Form, formOfName, type Shapes, transposedForm } from './form.ts';
import { call, inverted } from './latex-call.ts';
import { latexName } from './latex-name.ts';
import {
  atLeast,
  base,
  bracketed,
  inBrackets,
  indexList,
  made,
  type Piece,
  stem,
  within,
  fraction,
  product,
} from './latex-product.ts';

const number = (digits: string): Piece => made(digits, strength.primary, [], { form: 'scalar', digit: true });

function size(digits: Digits): Piece {
  if (digits.kind === 'fraction') return fraction(number(digits.top), number(digits.bottom));
  if (digits.kind === 'integer' || digits.exponent === 0) return number(digits.digits);
  const text = `${digits.digits} \\times 10^{${digits.exponent}}`;
  return made(text, strength.product, [], { form: 'scalar', digit: true });
}

const negated = (of: Piece): Piece =>
  made(`-${atLeast(of, strength.product).text}`, strength.negation, [of], {
    form: of.form,
    inline: of.inline === undefined ? undefined : `-${of.inline}`,
  });

const sharedForm = (pieces: readonly Piece[]): Form => pieces.map((p) => p.form).reduce(entryForm, 'scalar');

const comparisons: Record<Comparison, string> = {
  '>': '>',
  '<': '<',
  '>=': '\\ge',
  '<=': '\\le',
  '==': '=',
  '!=': '\\ne',
};

const raise = (base_: Piece, exponent: string, of: readonly Piece[], level: Strength = strength.power): Piece =>
  made(`${base_.text}^{${exponent}}`, level, of, {
    form: base_.form,
    tall: base_.tall,
    raised: true,
    digit: base_.digit,
    roomBefore: base_.roomBefore,
  });

const handlersWith = (shapes: Shapes | undefined): Handlers<Piece> => ({
  number(node) {
    const digits = digitsOf(node);
    return digits.negative ? negated(size(digits)) : size(digits);
  },
  name({ name }) {
    const { text, word, subscripted } = latexName(name);
    return made(text, strength.primary, [], {
      form: formOfName(name, shapes),
      subscripted,
      roomBefore: word,
      roomAfter: word,
      letter: !word && !subscripted,
    });
  },
  all: () => made(':', strength.primary, []),
  sum(terms) {
    const written = terms.map(({ negative, piece }, index) => {
      const sign = index === 0 ? (negative ? '-' : '') : negative ? ' - ' : ' + ';
      return sign + atLeast(piece, strength.product).text;
    });
    const pieces = terms.map((t) => t.piece);
    return made(written.join('') || '0', strength.sum, pieces, { form: sharedForm(pieces) });
  },
  negation: negated,
  product,
  power(operator, of, exponent, node) {
    const raised = exponent.inline ?? exponent.text;
    if (operator === '^') return raised === '-1' ? inverted(of) : raise(base(of), raised, [of, exponent]);
    const simple = exponent.strength === strength.primary || node.right.kind === 'number' || raised === exponent.inline;
    const short = simple || (node.right.kind === 'negation' && node.right.of.kind === 'number');
    return raise(base(of), `\\circ ${short ? raised : inBrackets(exponent)}`, [of, exponent]);
  },
  transpose(of) {
    if (of.inverseOf !== undefined)
      return { ...raise({ ...of, text: of.inverseOf }, '-\\top', [of]), form: transposedForm(of.form) };
    const piece = made(`${base(of).text}^\\top`, strength.postfix, [of], {
      form: transposedForm(of.form),
      raised: true,
    });
    return { ...piece, roomBefore: base(of).roomBefore };
  },
  call: (name, args) => call(name, args),
  subscript(of, indices, node) {
    const isEntry = node.indices.every((i) => i.kind !== 'all');
    return made(`${stem(of).text}_{${indexList(indices)}}`, strength.postfix, [of, ...indices], {
      form: isEntry ? 'scalar' : 'unknown',
      tall: of.tall,
      subscripted: true,
      roomBefore: stem(of).roomBefore,
    });
  },
  matrix(rows) {
    const lines = rows.map((row) => row.map((p) => p.text).join(' & ')).join(' \\\\ ');
    const columns = rows[0]?.length ?? 0;
    return made(`\\begin{bmatrix} ${lines} \\end{bmatrix}`, strength.primary, rows.flat(), {
      form: columns === 1 ? 'column' : rows.length === 1 ? 'row' : 'matrix',
      tall: true,
      block: true,
    });
  },
  sumOver: (index, body) =>
    made(
      `\\sum_{${latexName(index).text}} ${(body.strength < strength.product ? bracketed(body) : body).text}`,
      strength.product,
      [body],
      {
        form: body.form,
        tall: true,
        open: true,
        roomBefore: false,
      },
    ),
  indicator({ comparison }, left, right) {
    const content = `${left.text} ${comparisons[comparison]} ${right.text}`;
    const text = `\\mathbf{1}${within(['[', ']'], content, left.tall || right.tall)}`;
    return made(text, strength.primary, [left, right], {
      form: entryForm(left.form, right.form),
      roomBefore: true,
      roomAfter: true,
    });
  },
});

/** Without `shapes` the letters say what is a matrix: a..g scalars, h..z vectors, A..Z matrices. */
export const toLatex = (e: Expression, shapes?: Shapes): string => fold(e, handlersWith(shapes)).text;
