/** The characters of the language, cut into tokens. What depends on context (brackets, `R`, `sum_j`) is settled in src/parse/tokenize.ts. */
import moo from 'moo';

const subscriptLetters = 'ₐₑₒₓₕₖₗₘₙₚₛₜᵢᵣᵤᵥⱼ';
// Blocks and not \p{L}: compiling that class, several times over, took most of the time to start. ℝ and ᵀ are no letters here.
const letters = [
  'A-Za-z\\u00b5\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02af\\u1e00-\\u1eff', // Latin
  '\\u0370-\\u0373\\u0376\\u0377\\u037b-\\u037d\\u0386\\u0388-\\u03ff\\u1f00-\\u1fbc', // Greek
  '\\u0400-\\u0481\\u048a-\\u052f\\u05d0-\\u05ea\\u0620-\\u064a', // Cyrillic, Hebrew, Arabic
  '\\u3041-\\u3096\\u30a1-\\u30fa\\u4e00-\\u9fff\\uac00-\\ud7a3', // Japanese, Chinese, Korean
  '\\u2102\\u210a-\\u2113\\u2115\\u2119-\\u211c\\u2124\\u2126\\u212c\\u2130\\u2131\\u2133', // ℂ ℓ ℕ …
].join('');
// moo tries each pattern without the flag u, so that 𝐱 and 𝒩 must be told as two units.
const mathematical = '\\ud835[\\udc00-\\udfcb]';
const nameStart = `(?:[${letters}_]|${mathematical})`;
const nameRest = `(?:[${letters}_0-9₀-₉${subscriptLetters}\\u0300-\\u036f]|${mathematical})`;
const name = `${nameStart}${nameRest}*`;
const names = `\\{[^\\S\\n]*${name}(?:[^\\S\\n]*,[^\\S\\n]*${name})*[^\\S\\n]*\\}`;
const pattern = (source: string): RegExp => new RegExp(source);

/** Commands of LaTeX that stand where A\b might: A\beta is beta under A, or A times β, to people who know the one or the other. */
const commands =
  '(?:var)?(?:[aA]lpha|[bB]eta|[gG]amma|[dD]elta|[eE]psilon|[zZ]eta|[eE]ta|[tT]heta|[iI]ota|[kK]appa|[lL]ambda|[mM]u|[nN]u|' +
  '[xX]i|[pP]i|[rR]ho|[sS]igma|[tT]au|[uU]psilon|[pP]hi|[cC]hi|[pP]si|[oO]mega)|d?frac|cdot|times|odot|otimes|left|right';

/** Earlier rules win. */
export const lexer: moo.Lexer = moo.compile({
  blank: /[^\S\n]+/,
  comment: /#[^\n]*/,
  newline: { match: /\n/, lineBreaks: true },
  indicator: /(?:1|𝟏|𝟙)\[/,
  dots: /\.\./,
  // A point belongs to a number only when a digit follows: 2.*x is 2 .* x.
  number: /(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/,
  sum: pattern(`(?:sum|prod|mean|Σ|∑|Π|∏)(?:_(?:${names}|(?!_)${name})|[${subscriptLetters}]+)`),
  // What is no plain list of names is read by the grammar: sum_{i=1..n}, sum_{i <= j}.
  sum_open: /(?:sum|prod|mean|Σ|∑|Π|∏)_\{/,
  nabla: pattern(`∇(?:_(?:\\{[^\\S\\n]*${name}[^\\S\\n]*\\}|${name})|[${subscriptLetters}]+)`),
  reals: /ℝ/,
  // f'(x): behind a transpose no bracket can stand.
  primed: pattern(`${name}(?:['′’]{1,3}|[″‴])(?=\\()`),
  word: pattern(`${name}|[∑∆]`),
  transpose: /['′’ᵀ⊤]|\^[ᵀ⊤]|\^\{[ᵀ⊤]\}/,
  superscript: /⁻?(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷʸᶻᴮᴰᴷᴸᴹᴺᴾᵂ])/,
  supercross: /ˣ/,
  bar: /(?:‖|∥|\|\|)(?:[₁₂]|_(?:[12F](?![A-Za-z0-9_])|\{[12F]\}))?/,
  arrow: /->|→/,
  stars: /\.?\*\*/,
  multiply: /\.\*|\.\/|[*·⋅∙×⊙∘⊘⊗]/,
  slash: /[/÷]/,
  latex: pattern(`\\\\(?:\\\\|(?:${commands})(?![A-Za-z]))`),
  backslash: /\\/,
  dot_caret: /\.\^/,
  caret: /\^/,
  plus: /\+/,
  minus: /[-−–]/,
  partial: /∂/,
  equals: /==/,
  at_most: /<=|≤/,
  comparison: />=|≥|!=|≠|[<>]/,
  assign: /=/,
  member: /∈/,
  comma: /,/,
  semicolon: /;/,
  colon: /:/,
  lparen: /\(/,
  rparen: /\)/,
  lbracket: /\[/,
  rbracket: /\]/,
  lbrace: /\{/,
  rbrace: /\}/,
  bad: moo.error,
});

/** Every type of token that the grammar may name. */
export const tokenTypes = [
  'word',
  'number',
  'zero',
  'lparen',
  'rparen',
  'lbracket',
  'rbracket',
  'lbrace',
  'rbrace',
  'indicator',
  'bar_open',
  'bar_close',
  'transpose',
  'superscript',
  'supercross',
  'multiply',
  'slash',
  'backslash',
  'caret',
  'dot_caret',
  'plus',
  'minus',
  'partial',
  'nabla',
  'sum_call',
  'sum_prefix',
  'dim',
  'within',
  'sum_open',
  'sum_close',
  'sum_close_call',
  'dots',
  'comma',
  'semicolon',
  'colon',
  'arrow',
  'equals',
  'comparison',
  'at_most',
  'assign',
  'member',
  'at',
  'check',
  'by_cases',
  'reals',
  'cross',
  'separator',
  'end',
] as const;

/** `stars`, `latex` and `bad` occur in texts but in no rule: they are always errors. */
export type TokenType = (typeof tokenTypes)[number] | 'stars' | 'latex' | 'bad';

export interface Token {
  readonly type: TokenType;
  /** Spelled in one way: `⊙` has the value `.*`, `τ` has the value `tau`. */
  readonly value: string;
  readonly text: string;
  readonly offset: number;
}
