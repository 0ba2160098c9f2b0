/** How would a textbook print it? LaTeX that KaTeX renders without complaint. */
import { aliases, functionNamed, type OwnLayout } from '../../rules/functions/index.ts';
import { digitsOf, type Digits, fold, type Handlers, type Over } from './fold.ts';
import { entryForm, type Form, formOfName, type Shapes, transposedForm, formOfCall } from './form.ts';
import { latexName, latexFunction } from './latex-name.ts';
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
  type Brackets,
  round,
  times,
} from './latex-product.ts';
import { type Strength, strength, type Comparison, type Expression, type SumOver } from '../syntax/tree.ts';
import { primed } from '../syntax/unknown.ts';

const number = (digits: string): Piece => made(digits, strength.primary, [], { form: 'scalar', digit: true });

function size(digits: Digits): Piece {
  if (digits.kind === 'fraction') return fraction(number(digits.top), number(digits.bottom));
  if (digits.kind === 'integer' || digits.exponent === 0) return number(digits.digits);
  const power = `10^{${digits.exponent}}`;
  const text = digits.digits === '1' ? power : `${digits.digits} \\times ${power}`;
  return made(text, strength.product, [], { form: 'scalar', digit: true });
}

const negated = (of: Piece): Piece =>
  made(`-${atLeast(of, strength.product).text}`, strength.negation, [of], {
    form: of.form,
    inline: of.inline === undefined ? undefined : `-${of.inline}`,
  });

const bigOperators = { sum: '\\sum', prod: '\\prod', mean: '\\operatorname*{mean}' } as const;
/** _{j}, _{j=1}^{n}, _{j \\le i}. */
function summedOver(index: string, { range, conditions }: Over<Piece>, node: SumOver): string {
  const where = conditions.map(
    ([left, right], n) => `${left.text} ${comparisons[node.conditions![n]!.comparison]} ${right.text}`,
  );
  if (range && where.length === 0) return `_{${index}=${range[0].text}}^{${range[1].text}}`;
  const named = range ? [`${range[0].text} \\le ${index} \\le ${range[1].text}`] : where.length > 0 ? [] : [index];
  return `_{${[...named, ...where].join(', ')}}`;
}

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
  call(name, args, { within }, dim) {
    const called = dim ? callAlong(name, args, dim) : call(name, args);
    return within
      ? made(`${called.text} \\text{ within ${within}}`, strength.range, [called], { form: called.form })
      : called;
  },
  subscript(of, indices, node) {
    const isEntry = node.indices.every((i) => i.kind !== 'all' && i.kind !== 'range');
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
  range: (from, to) => made(`${from.text}:${to.text}`, strength.range, [from, to], { form: 'row' }),
  sumOver: (index, body, over, node) =>
    made(
      `${bigOperators[node.how ?? 'sum']}${summedOver(latexName(index).text, over, node)} ${(body.strength < strength.product ? bracketed(body) : body).text}`,
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

// ---- calls
// Which functions have a notation of their own on paper? The others are printed as calls.

type Notation = (...args: readonly [Piece, Piece, ...Piece[]]) => Piece;

const commaList = (args: readonly Piece[]): string => args.map((a) => a.text).join(', ');
const isTall = (args: readonly Piece[]): boolean => args.some((a) => a.tall);

export const plainCall = (name: string, args: readonly Piece[], mark = ''): Piece => {
  // exp(z/\tau): a fraction that is the whole argument fits on the line.
  const inline = args.length === 1 ? args[0]?.inline : undefined;
  const derived = primed(name, args.length);
  const called = derived ? latexFunction(derived.of) + "'".repeat(derived.order) : latexFunction(name);
  const text = called + mark + within(round, inline ?? commaList(args), inline === undefined && isTall(args));
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
  normp: (x, p) => norm(x, double, `_{${p.text}}`),
  dot: (x, y) => made(within(['\\langle', '\\rangle'], commaList([x, y]), isTall([x, y])), strength.primary, [x, y]),
  kron: (a, b) =>
    made(`${atLeast(a, strength.power).text} \\otimes ${atLeast(b, strength.power).text}`, strength.product, [a, b], {
      form: 'matrix',
      joint: 'kron',
    }),
  unvec: (v, m, n) =>
    made(`\\operatorname{unvec}_{${factor(m)} \\times ${factor(n)}}${inBrackets(v)}`, strength.postfix, [v, m, n], {
      form: 'matrix',
    }),
  duplication: (n) => made(`D_{${n.text}}`, strength.primary, [n], { form: 'matrix', subscripted: true }),
  elimination: (n) => made(`L_{${n.text}}`, strength.primary, [n], { form: 'matrix', subscripted: true }),
  commutation: (m, n) =>
    made(`K_{${m.text},${n.text}}`, strength.primary, [m, n], { form: 'matrix', subscripted: true }),
  cross: (x, y) =>
    made(`${atLeast(x, strength.power).text} \\times ${atLeast(y, strength.power).text}`, strength.product, [x, y], {
      joint: 'cross',
    }),
  skew: (x) =>
    made(`${within(['[', ']'], x.text, x.tall)}_\\times`, strength.postfix, [x], {
      form: 'matrix',
      subscripted: true,
      roomBefore: true,
    }),
  transpose: (x) => made(`${atLeast(x, strength.postfix).text}^\\top`, strength.postfix, [x], { raised: true }),
};

/** By name and number of arguments, of what is no function: eye/1. */
const notations: ReadonlyMap<string, Notation> = new Map<string, Notation>(
  Object.entries({
    'eye/1': (n: Piece) => made(`I_{${n.text}}`, strength.primary, [n], { subscripted: true }),
    'ones/1': (n: Piece) => fat('1', `_{${n.text}}`, [n]),
    'ones/2': (m: Piece, n: Piece) => fat('1', `_{${factor(m)} \\times ${factor(n)}}`, [m, n]),
    'zeros/1': (n: Piece) => fat('0', '', [n]),
    'zeros/2': (m: Piece, n: Piece) => fat('0', '', [m, n]),
    'delta/2': (i: Piece, k: Piece) =>
      made(`\\delta_{${indexList([i, k])}}`, strength.primary, [i, k], { subscripted: true }),
    'levicivita/3': (...args: readonly Piece[]) =>
      made(`\\varepsilon_{${indexList(args)}}`, strength.primary, args, { subscripted: true }),
    'grad/2': (f: Piece, x: Piece) => before(`\\nabla_{${x.text}}`, f, [x]),
    'hessian/2': (f: Piece, x: Piece) => before(`\\nabla^2_{${x.text}}`, f, [x]),
    'jacobian/2': derivative,
    'E/1': (x: Piece) =>
      made(`\\mathbb{E}${within(['[', ']'], x.text, x.tall)}`, strength.primary, [x], { form: x.form }),
    'd/1': (x: Piece) =>
      made(`\\mathrm{d}${x.strength >= strength.postfix ? ` ${x.text}` : inBrackets(x)}`, strength.power, [x], {
        roomBefore: true,
        roomAfter: true,
      }),
  }),
);
const factor = (piece: Piece): string => atLeast(piece, strength.product).text;

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

/** softmax(X, dim=1) is softmax of the columns: \\operatorname{softmax}_{cols}(X), \\lVert X \\rVert_{2, rows}. */
function callAlong(name: string, args: readonly Piece[], dim: Piece): Piece {
  const which = dim.text === '1' ? '\\mathrm{cols}' : dim.text === '2' ? '\\mathrm{rows}' : dim.text;
  const form: Piece['form'] =
    functionNamed(name, args.length)?.kind === 'vector' && formOfCall(name, ['column']) === 'column'
      ? args[0]!.form
      : dim.text === '1'
        ? 'row'
        : 'column';
  const order = name === 'norm1' || name === 'norm2' ? name.slice(-1) : undefined;
  const piece = order ? norm(args[0]!, double, `_{${order},${which}}`) : plainCall(name, args, `_{${which}}`);
  return { ...piece, form };
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
