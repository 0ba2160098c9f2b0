/** Which functions have a notation of their own on paper? The others are printed as calls. */
import { strength } from '../syntax/tree.ts';
import { aliases, functionNamed, type OwnLayout } from '../../rules/functions/index.ts';
import { formOfCall } from './form.ts';
import { latexFunction } from './latex-name.ts';
import {
  atLeast,
  base,
  bracketed,
  type Brackets,
  indexList,
  inBrackets,
  made,
  type Piece,
  round,
  within,
  fraction,
  times,
} from './latex-product.ts';

type Notation = (...args: readonly [Piece, Piece]) => Piece;

const commaList = (args: readonly Piece[]): string => args.map((a) => a.text).join(', ');
const isTall = (args: readonly Piece[]): boolean => args.some((a) => a.tall);

export const plainCall = (name: string, args: readonly Piece[]): Piece => {
  // exp(z/\tau): a fraction that is the whole argument fits on the line.
  const inline = args.length === 1 ? args[0]?.inline : undefined;
  const text = latexFunction(name) + within(round, inline ?? commaList(args), inline === undefined && isTall(args));
  return made(text, strength.primary, args, {
    leaves: 1 + args.reduce((sum, a) => sum + a.leaves, 0),
    // Operators bring their own room on the left.
    tall: inline === undefined && isTall(args),
    roomAfter: true,
  });
};

const norm = (argument: Piece, [open, close]: Brackets, mark: string): Piece =>
  made(within([open, close], argument.text, argument.tall) + mark, strength.primary, [argument], {
    subscripted: mark !== '',
    roomBefore: true,
    roomAfter: true,
  });
const single: Brackets = ['\\lvert', '\\rvert'];
const double: Brackets = ['\\lVert', '\\rVert'];

const fat = (digit: string, mark: string, args: readonly Piece[]): Piece =>
  made(`\\mathbf{${digit}}${mark}`, strength.primary, args, { subscripted: mark !== '', roomBefore: true });
const onesRow: Piece = made('\\mathbf{1}^\\top', strength.postfix, [], { form: 'row', raised: true, roomBefore: true });
const onesColumn: Piece = made('\\mathbf{1}', strength.primary, [], { form: 'column' });

const before = (sign: string, argument: Piece, others: readonly Piece[] = []): Piece => {
  const operand = argument.strength >= strength.postfix ? argument : bracketed(argument);
  return made(`${sign} ${operand.text}`, strength.product, [argument, ...others], { open: true, roomBefore: true });
};

export const inverted = (of: Piece): Piece => {
  const { text } = base(of);
  return made(`${text}^{-1}`, strength.postfix, [of], { form: of.form, raised: true, inverseOf: text });
};

function derivative(of: Piece, by: Piece): Piece {
  const bottom = made(`\\partial ${atLeast(by, strength.postfix).text}`, strength.product, [by]);
  if (of.strength >= strength.postfix && !of.tall)
    return fraction(made(`\\partial ${of.text}`, strength.product, [of]), bottom);
  const operator = fraction(made('\\partial', strength.primary, []), bottom);
  return made(`${operator.text} ${bracketed(of).text}`, strength.product, [of, operator], { open: true });
}

const determinant = (x: Piece): string =>
  x.strength >= strength.postfix && !x.tall ? `\\det ${x.text}` : `\\det${inBrackets(x)}`;

/** What a record calls a layout of its own. */
const layouts: Readonly<Record<OwnLayout, Notation>> = {
  inv: (x) => inverted(x),
  logdet: (x) => made(`\\log${within(single, determinant(x), x.tall)}`, strength.power, [x], { roomAfter: true }),
  norm2: (x) => norm(x, double, x.form === 'matrix' ? '_F' : '_2'),
  dot: (x, y) => made(within(['\\langle', '\\rangle'], commaList([x, y]), isTall([x, y])), strength.primary, [x, y]),
  kron: (a, b) =>
    made(`${atLeast(a, strength.power).text} \\otimes ${atLeast(b, strength.power).text}`, strength.product, [a, b], {
      form: 'matrix',
      joint: 'kron',
    }),
  transpose: (x) => made(`${atLeast(x, strength.postfix).text}^\\top`, strength.postfix, [x], { raised: true }),
};

/** By name and number of arguments, of what is no function: eye/1. */
const notations: ReadonlyMap<string, Notation> = new Map<string, Notation>(
  Object.entries({
    'eye/1': (n: Piece) => made(`I_{${n.text}}`, strength.primary, [n], { subscripted: true }),
    'ones/1': (n: Piece) => fat('1', `_{${n.text}}`, [n]),
    'ones/2': (m: Piece, n: Piece) => fat('1', `_{${size(m)} \\times ${size(n)}}`, [m, n]),
    'zeros/1': (n: Piece) => fat('0', '', [n]),
    'zeros/2': (m: Piece, n: Piece) => fat('0', '', [m, n]),
    'delta/2': (i: Piece, k: Piece) =>
      made(`\\delta_{${indexList([i, k])}}`, strength.primary, [i, k], { subscripted: true }),
    'grad/2': (f: Piece, x: Piece) => before(`\\nabla_{${x.text}}`, f, [x]),
    'hessian/2': (f: Piece, x: Piece) => before(`\\nabla^2_{${x.text}}`, f, [x]),
    'jacobian/2': derivative,
    'd/1': (x: Piece) =>
      made(`\\mathrm{d}${x.strength >= strength.postfix ? ` ${x.text}` : inBrackets(x)}`, strength.power, [x], {
        roomBefore: true,
        roomAfter: true,
      }),
  }),
);
const size = (piece: Piece): string => atLeast(piece, strength.product).text;

/** sum(X, 1) are the column sums, sum(X, 2) the row sums. */
function along(x: Piece, axis: Piece): Piece | undefined {
  if (axis.text === '1') return { ...times(onesRow, x), form: 'row' };
  return axis.text === '2' ? { ...times(x, onesColumn), form: 'column' } : undefined;
}

function inItsNotation(name: string, args: readonly Piece[]): Piece | undefined {
  const pieces = args as readonly [Piece, Piece];
  const record = functionNamed(name, args.length);
  if (!record) return notations.get(`${name}/${args.length}`)?.(...pieces);
  if (record.arguments.length !== args.length) return undefined;
  const { latex } = record;
  if (latex === 'own') return layouts[(aliases.get(name) ?? name) as OwnLayout](...pieces);
  if (latex === 'name') return undefined;
  switch (latex.kind) {
    case 'command':
      return undefined;
    case 'fences':
      return norm(pieces[0], [latex.open, latex.close], latex.mark);
    case 'braces':
      return made(latex.before + pieces[0].text + latex.after, strength.primary, [pieces[0]]);
  }
}

export function call(name: string, args: readonly Piece[]): Piece {
  const [first, second] = args;
  if (name === 'sum' && first && second && args.length === 2) {
    const written = along(first, second);
    if (written) return written;
  }
  const form = formOfCall(
    name,
    args.map((a) => a.form),
  );
  const piece = inItsNotation(name, args) ?? plainCall(name, args);
  return form === 'unknown' ? piece : { ...piece, form };
}
