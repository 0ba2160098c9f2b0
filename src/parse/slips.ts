/** What could stand at the place of an error, and what was probably meant? */
import type { TokenType, Token } from '../../grammar/tokens.ts';
import { firstCodePoints } from '../basics/source.ts';
import { endsOperand, reservedWords } from './tokenize.ts';

// ---- what could stand there, from the types of token that the parser was waiting for

/** The most telling first: only a few are shown. */
const words: readonly (readonly [TokenType, string])[] = [
  ['number', 'a number'],
  ['reals', 'R'],
  ['rparen', '`)`'],
  ['rbracket', '`]`'],
  ['rbrace', '`}`'],
  ['bar_close', '`‖`'],
  ['multiply', 'an operator'],
  ['slash', '`/`'],
  ['cross', '`x`'],
  ['equals', '`==`'],
  ['arrow', '`->`'],
  ['word', 'a name'],
  ['lparen', '`(`'],
  ['zero', '0'],
  ['assign', '`=`'],
  ['separator', 'the end of the line'],
  ['end', 'the end'],
  ['comma', '`,`'],
  ['dots', '`..`'],
  ['member', '`in`'],
];
const shown = 3;

/** Whatever is only one case of something said already. */
function covered(types: ReadonlySet<TokenType>): ReadonlySet<TokenType> {
  const left = new Set<TokenType>();
  if (types.has('number') && types.has('lparen'))
    for (const type of ['word', 'zero', 'lparen'] as const) left.add(type);
  if (types.has('multiply')) for (const type of ['slash', 'backslash'] as const) left.add(type);
  if (types.has('transpose')) left.add('lparen');
  if (types.has('separator')) left.add('end');
  return left;
}

export function expectedWords(types: ReadonlySet<TokenType>): string | undefined {
  const left = covered(types);
  const startsExpression = types.has('number') && types.has('minus');
  const named = words
    .filter(([type]) => types.has(type) && !left.has(type))
    .map(([type, word]) => (type === 'number' && startsExpression ? 'an expression' : word))
    .slice(0, shown);
  return named.length < 2 ? named[0] : `${named.slice(0, -1).join(', ')} or ${named.at(-1)}`;
}

// ---- what was probably meant

export interface Slip {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Index of the token that fits nowhere. */
  readonly at: number;
  readonly expected: ReadonlySet<TokenType>;
}
interface Context {
  readonly token: Token;
  readonly previous: Token | undefined;
  readonly next: Token | undefined;
  /** The operand before the token, as it would be typed. */
  readonly before: string;
  /** Two and three tokens back. */
  readonly earlier: readonly (Token | undefined)[];
  /** The text from the token on. */
  readonly rest: string;
  readonly expected: ReadonlySet<TokenType>;
  /** The first token of the statement, and the bracket we are in. */
  readonly first: Token | undefined;
  readonly bracket: TokenType | undefined;
}
type Guess = (context: Context) => string | undefined;

const startsOperand: ReadonlySet<TokenType> = new Set([
  'word',
  'number',
  'zero',
  'lparen',
  'lbracket',
  'indicator',
  'bar_open',
  'nabla',
  'partial',
  'sum_call',
  'sum_prefix',
  'sum_open',
]);
const opens: ReadonlySet<TokenType> = new Set(['lparen', 'lbracket', 'indicator', 'lbrace', 'sum_open', 'bar_open']);
const closes: ReadonlySet<TokenType> = new Set([
  'rparen',
  'rbracket',
  'rbrace',
  'sum_close',
  'sum_close_call',
  'bar_close',
]);

const short = (token: Token | undefined): string => firstCodePoints(token?.text ?? '', 20);
/** The token as an operand in a suggestion: a bracket stands for what it holds. */
const operand = (token: Token | undefined): string =>
  token === undefined || token.type === 'end' || token.type === 'separator'
    ? 'b'
    : opens.has(token.type)
      ? '(…)'
      : short(token);
/** The operand that ends before a token, as far as it is short. */
function operandBefore(tokens: readonly Token[], at: number): string {
  let from = at - 1;
  while (tokens[from]?.type === 'transpose' || tokens[from]?.type === 'superscript') from--;
  const base = tokens[from];
  if (base === undefined || !endsOperand.has(base.type)) return 'a';
  return [closes.has(base.type) ? '(…)' : short(base), ...tokens.slice(from + 1, at).map(short)].join('');
}

const greekCommand =
  /^\\(?:var)?(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|upsilon|phi|chi|psi|omega)\b/i;
const commands: readonly (readonly [RegExp, string])[] = [
  [/^\\d?frac\b/, 'LaTeX is not read here: write a/b'],
  [/^\\(?:cdot|times)\b/, 'LaTeX is not read here: write *'],
  [/^\\odot\b/, 'LaTeX is not read here: write .*'],
  [/^\\sqrt\b/, 'LaTeX is not read here: write sqrt(x)'],
  [/^\\sum\b/, 'LaTeX is not read here: write sum_j(…)'],
  [/^\\(?:nabla|partial)\b/, 'LaTeX is not read here: write grad(f, x) or jacobian(y, x)'],
  [/^\\[a-zA-Z]/, 'LaTeX is not read here: write the formula in plain text'],
];

function latex({ rest, before, previous }: Context): string | undefined {
  if (rest.startsWith('\\\\')) return 'write , between entries and ; between rows';
  const greek = greekCommand.exec(rest)?.[1];
  if (greek !== undefined)
    return previous && endsOperand.has(previous.type)
      ? `write ${before}*${greek} for a product, ${before} \\ ${greek} for inv(${before})*${greek}`
      : `LaTeX is not read here: write ${greek}`;
  return commands.find(([pattern]) => pattern.test(rest))?.[1];
}

function badCharacter({ rest, before }: Context): string | undefined {
  if (/^\.(?:T|t)\b/.test(rest)) return `write ${before}' for the transpose`;
  if (/^\.[a-zA-Z]/.test(rest)) return `write ${/^\.(\w{1,20})/.exec(rest)?.[1] ?? 'f'}(${before})`;
  if (rest.startsWith('.')) return 'a point belongs to a number only when a digit follows it';
  if (rest.startsWith('@')) return 'write * for the matrix product';
  if (rest.startsWith('%')) return 'a comment starts with #';
  if (rest.startsWith('|')) return 'write abs(x) for an absolute value, norm2(x) for a norm, det(A) for a determinant';
  if (rest.startsWith('√')) return 'write sqrt(x)';
  if (rest.startsWith('∇')) return 'name the variable: ∇_x f, or grad(f, x)';
  if (rest.startsWith('&')) return 'write , between entries and ; between rows';
  if (/^[$"`]/.test(rest)) return 'write the formula alone, without quotes or dollar signs';
  return undefined;
}

const reserved = (token: Token): string => `${token.text} is a word of the language: choose another name`;

function assignment({ previous, first, bracket, expected }: Context): string | undefined {
  if (previous?.type === 'assign' || previous?.type === 'equals')
    return 'write == for equality, without a space between';
  if (previous?.type === 'colon') return 'write = to define a name';
  if (first?.type === 'check' || expected.has('equals')) return 'write == for equality';
  if (bracket === 'indicator') return 'write == to compare';
  if (first !== undefined && reservedWords.has(first.text)) return reserved(first);
  if (/^(?:dim|axis)$/.test(previous?.text ?? '')) return 'an axis is named last, in a call: softmax(X, dim=1)';
  if (expected.has('multiply')) return 'before = stands a name, a name with indices y[i], or a function of names f(s)';
  return undefined;
}

function word({ token, earlier, expected }: Context): string | undefined {
  if (expected.has('cross')) return 'write x between two sizes: R^(m x n)';
  const afterSpace = earlier.some((token) => token?.type === 'reals');
  return token.text === 'x' && afterSpace && !expected.has('multiply') ? 'write R^(m x n)' : undefined;
}

const partialHint = 'a derivative is written ∂y/∂x';

const byType: Partial<Readonly<Record<TokenType, Guess>>> = {
  bad: badCharacter,
  latex,
  backslash: latex,
  stars: ({ before, next }) =>
    `write ${before}^${operand(next)} for a power, ${before}.^${operand(next)} entry by entry`,
  assign: assignment,
  equals: ({ expected }) =>
    expected.has('separator') ? 'write a = b to define a name, check a == b to state a claim' : undefined,
  at_most: ({ expected }) => (expected.has('comparison') ? 'a sign is one of > 0, >= 0, < 0, != 0' : undefined),
  word,
  member: ({ token, first, expected }) =>
    expected.has('comma') && first?.type === 'word'
      ? 'start a new statement on a new line, or behind `;`'
      : expected.has('word')
        ? reserved(token)
        : undefined,
  at: ({ token, expected }) => (expected.has('word') ? reserved(token) : undefined),
  check: ({ token, expected }) => (expected.has('word') ? reserved(token) : undefined),
  comma: ({ expected }) => (expected.has('cross') ? 'write x between two sizes: R^(m x n)' : undefined),
  separator: ({ token, bracket, first }) => {
    if (token.text === ';' && bracket !== undefined) return 'write , between arguments; `;` stands between rows in [ ]';
    return first?.type === 'partial' ? partialHint : undefined;
  },
  end: ({ previous, earlier }) =>
    [previous, ...earlier].some((token) => token?.type === 'partial') ? partialHint : undefined,
  lbrace: ({ previous }) =>
    /^(?:sum|[Σ∑])_$/u.test(previous?.text ?? '')
      ? rangeHint
      : 'group with parentheses: braces belong to R^{m x n} and Σ_{j,k}',
  sum_close: () => rangeHint,
  sum_close_call: () => rangeHint,
  caret: ({ previous }) => (previous?.type === 'sum_prefix' || previous?.type === 'sum_close' ? rangeHint : undefined),
  slash: ({ previous }) => (previous?.type === 'slash' ? 'a comment starts with #' : undefined),
  plus: ({ expected }) => (expected.has('minus') ? 'leave the + out' : undefined),
};

const rangeHint = 'a range is written Σ_{j=1..n}, a condition Σ_{j <= i}';

/** Two operands side by side. */
function juxtaposition({ token, previous, next, before, expected, bracket }: Context): string | undefined {
  const adjacent = previous !== undefined && endsOperand.has(previous.type) && startsOperand.has(token.type);
  if (!adjacent || !expected.has('multiply') || next?.type === 'assign') return undefined;
  const written = `${before}*${operand(token)}`;
  return bracket === 'lbracket' ? `write , between entries, or ${written} for a product` : `write ${written}`;
}

function place({ expected, token }: Context): string | undefined {
  if (token.type === 'end' || token.type === 'separator') return undefined;
  if (expected.has('reals')) return 'spaces are R, R^n and R^(m x n)';
  if (expected.has('zero') && !expected.has('lparen'))
    return 'a declaration compares with 0, as in tau > 0; 1[a > b] is an indicator';
  return undefined;
}

/** The bracket around a place, and the statement that it is in. */
function surroundings(tokens: readonly Token[], at: number): Pick<Context, 'first' | 'bracket'> {
  const open: TokenType[] = [];
  let first = tokens[0];
  for (let i = 0; i < at; i++) {
    const token = tokens[i];
    if (token === undefined) break;
    if (opens.has(token.type)) open.push(token.type);
    if (closes.has(token.type)) open.pop();
    if (token.type === 'separator') first = tokens[i + 1];
  }
  return { first, bracket: open.at(-1) };
}

export function hintFor({ text, tokens, at, expected }: Slip): string | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  const context = {
    token,
    previous: tokens[at - 1],
    next: tokens[at + 1],
    before: operandBefore(tokens, at),
    earlier: [tokens[at - 2], tokens[at - 3]],
    rest: text.slice(token.offset, token.offset + 50),
    expected,
    ...surroundings(tokens, at),
  };
  return byType[token.type]?.(context) ?? juxtaposition(context) ?? place(context);
}
