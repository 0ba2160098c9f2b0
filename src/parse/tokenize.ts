/** Text to tokens: a moo lexer wrapped once, which deals with blanks, brackets and Unicode spelling. */
import type moo from 'moo';
import { lexer, type Token, type TokenType } from '../../grammar/tokens.ts';
import { structureNames } from '../../rules/structures.ts';
import { refuse } from '../basics/problem.ts';
import { closest } from '../basics/words.ts';
import { limits } from '../syntax/tree.ts';
import { derivativeName } from '../syntax/unknown.ts';

// ---- Unicode spelled out

const letters = (pairs: string): ReadonlyMap<string, string> =>
  new Map(pairs.split(' ').map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]));

const greek = letters(
  'α:alpha β:beta γ:gamma δ:delta ε:epsilon ϵ:epsilon ζ:zeta η:eta θ:theta ϑ:theta ι:iota κ:kappa λ:lambda μ:mu µ:mu ν:nu ' +
    'ξ:xi ο:omicron π:pi ρ:rho ϱ:rho σ:sigma ς:sigma τ:tau υ:upsilon φ:phi ϕ:phi χ:chi ψ:psi ω:omega ' +
    'Α:Alpha Β:Beta Γ:Gamma Δ:Delta ∆:Delta Ε:Epsilon Ζ:Zeta Η:Eta Θ:Theta Ι:Iota Κ:Kappa Λ:Lambda Μ:Mu Ν:Nu Ξ:Xi ' +
    'Ο:Omicron Π:Pi Ρ:Rho Σ:Sigma Τ:Tau Υ:Upsilon Φ:Phi Χ:Chi Ψ:Psi Ω:Omega ∑:sum',
);
const lowered = letters(
  '₀:0 ₁:1 ₂:2 ₃:3 ₄:4 ₅:5 ₆:6 ₇:7 ₈:8 ₉:9 ₐ:a ₑ:e ₒ:o ₓ:x ₕ:h ₖ:k ₗ:l ₘ:m ₙ:n ₚ:p ₛ:s ₜ:t ᵢ:i ᵣ:r ᵤ:u ᵥ:v ⱼ:j',
);
const raised = letters(
  '⁻:- ⁰:0 ¹:1 ²:2 ³:3 ⁴:4 ⁵:5 ⁶:6 ⁷:7 ⁸:8 ⁹:9 ᵃ:a ᵇ:b ᶜ:c ᵈ:d ᵉ:e ᶠ:f ᵍ:g ʰ:h ⁱ:i ʲ:j ᵏ:k ˡ:l ᵐ:m ⁿ:n ᵒ:o ᵖ:p ʳ:r ˢ:s ' +
    'ᵗ:t ᵘ:u ᵛ:v ʷ:w ʸ:y ᶻ:z ᴮ:B ᴰ:D ᴷ:K ᴸ:L ᴹ:M ᴺ:N ᴾ:P ᵂ:W',
);
const operators = letters('·:* ⋅:* ∙:* ×:* ⊙:.* ∘:.* ⊘:./ ÷:/ ≥:>= ≤:<= ≠:!=');

const ascii = /^\w*$/;
const letter = /\p{L}/u;
const mark = /\p{Mn}/u;

/** τ is tau, Δx is Delta_x, x₁ is x_1; ŷ stays, and so does θ̂: a hat belongs to its letter. */
export function spellName(text: string): string {
  if (ascii.test(text)) return text;
  const characters = Array.from(text.normalize('NFC'));
  let name = '';
  characters.forEach((character, i) => {
    const next = characters[i + 1] ?? '';
    const low = lowered.get(character);
    const word = mark.test(next) ? undefined : greek.get(character);
    if (low !== undefined) name += lowered.has(characters[i - 1] ?? '') || name.endsWith('_') ? low : `_${low}`;
    else if (word !== undefined) name += letter.test(next) && !lowered.has(next) ? `${word}_` : word;
    else name += character;
  });
  return name;
}

export const spellSuperscript = (text: string): string =>
  Array.from(text, (character) => raised.get(character) ?? character).join('');

export const spellOperator = (text: string): string => operators.get(text) ?? text;

/** `Σ_{j, k}`, `sum_j` and `∑ⱼ` name their indices behind the first letters. */
export function spellIndices(text: string): string {
  const names = text.replace(/^(?:sum|prod|mean|[Σ∑Π∏∇])_?\{?/u, '').replace('}', '');
  return names
    .split(',')
    .map((name) => spellName(name.trim()).replace(/^_/, ''))
    .join(',');
}

// ---- tokens

/** Words that cannot name a variable. */
export const reservedWords: ReadonlyMap<string, TokenType> = new Map([
  ['in', 'member'],
  ['at', 'at'],
  ['check', 'check'],
]);

const closers: ReadonlyMap<TokenType, TokenType> = new Map([
  ['lparen', 'rparen'],
  ['lbracket', 'rbracket'],
  ['indicator', 'rbracket'],
  ['lbrace', 'rbrace'],
  ['sum_open', 'sum_close'],
  ['bar_open', 'bar_close'],
]);
const closing: ReadonlySet<TokenType> = new Set(closers.values());

/** What can follow `sum_j` so that it is a sum and not a name. */
const startsOperand: ReadonlySet<string> = new Set([
  'word',
  'number',
  'indicator',
  'bar',
  'nabla',
  'partial',
  'sum',
  'sum_open',
  'reals',
]);
/** What an operand can end with. */
export const endsOperand: ReadonlySet<TokenType> = new Set([
  'word',
  'number',
  'zero',
  'rparen',
  'rbracket',
  'bar_close',
  'transpose',
  'superscript',
]);
/** What ends the reading of a text. */
const unread: ReadonlySet<TokenType> = new Set(['bad', 'latex']);
/** A set of numbers is named behind these, and nowhere else. */
const beforeSpace: ReadonlySet<TokenType> = new Set(['member', 'colon', 'arrow']);

interface Bracket {
  readonly token: Token;
  /** The brackets of R^(m x n), in which `x` is no name. */
  readonly ofSpace: boolean;
}

const norms: ReadonlyMap<string, string> = new Map([
  ['₁', 'norm1'],
  ['_1', 'norm1'],
  ['_{1}', 'norm1'],
]);

const unclosed = ({ token }: Bracket) =>
  refuse({
    kind: 'syntax',
    message: `\`${token.text}\` is never closed`,
    span: { start: token.offset, end: token.offset + token.text.length },
  });

/** φ″ is DD_phi. */
function spellPrimed(text: string): string {
  const [, name = '', marks = ''] = /^(.*?)(['′’″‴]+)$/su.exec(text) ?? [];
  const order = marks === '″' ? 2 : marks === '‴' ? 3 : marks.length;
  return derivativeName(
    spellName(name),
    Array.from({ length: order }, () => 1),
    1,
    true,
  );
}

class Tokenizer {
  readonly tokens: Token[] = [];
  private readonly open: Bracket[] = [];
  private readonly startsInSpace: boolean;
  /** Behind the colon of f : R^m x R^n -> R, where `x` is no name. */
  private inDomain = false;

  constructor(startsInSpace: boolean) {
    this.startsInSpace = startsInSpace;
  }

  finish(length: number): readonly Token[] {
    const bracket = this.open.at(-1);
    // Behind what is none of ours nothing was read: what it might have closed is unknown.
    if (bracket !== undefined && !unread.has(this.last()?.type ?? 'end')) unclosed(bracket);
    if (this.last()?.type === 'separator') this.tokens.pop();
    this.push('end', '', { text: '', offset: length });
    return this.tokens;
  }

  /** `next` is the type of the raw token behind this one. */
  take(raw: moo.Token, next: string | undefined): void {
    switch (raw.type ?? 'bad') {
      case 'word':
        return this.word(raw, next);
      case 'primed':
        return this.push('word', spellPrimed(raw.text), raw);
      case 'reals':
        return this.push(this.expectsSpace() ? 'reals' : 'word', 'R', raw);
      case 'number':
        return this.number(raw);
      case 'sum':
        return this.sum(raw, next);
      case 'nabla':
        return this.push('nabla', spellIndices(raw.text), raw);
      case 'superscript':
        return this.push('superscript', spellSuperscript(raw.text), raw);
      case 'rbrace':
        return this.brace(raw, next);
      case 'multiply':
        return this.push(raw.text === '×' && this.isCross() ? 'cross' : 'multiply', spellOperator(raw.text), raw);
      case 'bar':
        return this.bar(raw);
      case 'newline':
      case 'semicolon':
        return this.separator(raw);
      default:
        return this.plain(raw);
    }
  }

  private last(): Token | undefined {
    return this.tokens.at(-1);
  }

  private push(
    type: TokenType,
    value: string,
    { text, offset }: { readonly text: string; readonly offset: number },
  ): void {
    const token = { type, value, text, offset };
    if (type === 'reals' && this.last()?.type === 'colon' && this.open.length === 0) this.inDomain = true;
    if (type === 'arrow' || type === 'separator') this.inDomain = false;
    if (closing.has(type) || type === 'sum_close_call') this.close(token);
    if (closers.has(type)) this.open.push({ token, ofSpace: this.opensSpace() });
    this.tokens.push(token);
  }

  private close(token: Token): void {
    const bracket = this.open.pop();
    const span = { start: token.offset, end: token.offset + token.text.length };
    if (bracket === undefined) return refuse({ kind: 'syntax', message: `\`${token.text}\` closes nothing`, span });
    if (closers.get(bracket.token.type) !== (token.type === 'sum_close_call' ? 'sum_close' : token.type))
      refuse({
        kind: 'syntax',
        message: `\`${bracket.token.text}\` is closed by \`${token.text}\``,
        span: { start: bracket.token.offset, end: bracket.token.offset + bracket.token.text.length },
      });
  }

  private opensSpace(): boolean {
    return this.last()?.type === 'caret' && this.tokens.at(-2)?.type === 'reals';
  }

  /** Between sizes, or between spaces. */
  private isCross(): boolean {
    const bracket = this.open.at(-1);
    return bracket ? bracket.ofSpace : this.inDomain && this.last()?.type !== 'caret';
  }

  private expectsSpace(): boolean {
    const previous = this.last();
    if (previous === undefined) return this.startsInSpace;
    return beforeSpace.has(previous.type) || (previous.type === 'cross' && this.open.length === 0);
  }

  private word(raw: moo.Token, next: string | undefined): void {
    const previous = this.last();
    if (raw.text === 'dim' && next === 'assign' && this.open.at(-1)?.token.type === 'lparen')
      return this.push('dim', 'dim', raw);
    if (raw.text === 'R' && this.expectsSpace()) return this.push('reals', 'R', raw);
    if (raw.text === 'x' && this.isCross()) return this.push('cross', 'x', raw);
    if (raw.text === 'cases' && previous?.text === 'by' && this.tokens.length > 1) {
      this.tokens.pop();
      const gap = ' '.repeat(raw.offset - previous.offset - 'by'.length);
      return this.push('by_cases', 'by cases', { text: `by${gap}cases`, offset: previous.offset });
    }
    if (previous?.text === 'within' && previous.type === 'word' && endsOperand.has(this.tokens.at(-2)?.type ?? 'end'))
      return this.within(raw, previous);
    this.push(reservedWords.get(raw.text) ?? 'word', spellName(raw.text), raw);
  }

  /** Two words behind an operand mean nothing else: `within symmetric` is one token. */
  private within(raw: moo.Token, previous: Token): void {
    if (!structureNames.some((name) => name === raw.text))
      refuse({
        kind: 'question',
        message: `${raw.text} is no structure that a derivative is taken within`,
        span: { start: raw.offset, end: raw.offset + raw.text.length },
        hint: closest(raw.text, structureNames) ?? structureNames.join(', '),
      });
    this.tokens.pop();
    const gap = ' '.repeat(raw.offset - previous.offset - 'within'.length);
    this.push('within', raw.text, { text: `within${gap}${raw.text}`, offset: previous.offset });
  }

  private number(raw: moo.Token): void {
    const [mantissa = '', exponent = '0'] = raw.text.toLowerCase().split('e');
    if (mantissa.length > limits.digits || Math.abs(Number(exponent)) > limits.digits)
      refuse({
        kind: 'limit',
        message: `a number may have ${limits.digits} digits`,
        span: { start: raw.offset, end: raw.offset + raw.text.length },
      });
    this.push(raw.text === '0' ? 'zero' : 'number', raw.text, raw);
  }

  private sum(raw: moo.Token, next: string | undefined): void {
    const isSum = /^[∑∏]/u.test(raw.text) || raw.text.includes('{');
    if (next === 'lparen') this.push('sum_call', spellIndices(raw.text), raw);
    else if (isSum || (next !== undefined && startsOperand.has(next)))
      this.push('sum_prefix', spellIndices(raw.text), raw);
    else this.push('word', spellName(raw.text), raw);
  }

  /** Behind sum_{…} brackets hold the whole body, or the rest of the product is it. */
  private brace(raw: moo.Token, next: string | undefined): void {
    if (this.open.at(-1)?.token.type !== 'sum_open') return this.plain(raw);
    this.push(next === 'lparen' ? 'sum_close_call' : 'sum_close', '}', raw);
  }

  private bar(raw: moo.Token): void {
    // Behind an operator there is nothing to close yet: ‖a + ‖b‖‖ nests.
    const closes = this.open.at(-1)?.token.type === 'bar_open' && endsOperand.has(this.last()?.type ?? 'end');
    const subscript = raw.text.replace(/^(?:\|\||.)/u, '');
    this.push(closes ? 'bar_close' : 'bar_open', norms.get(subscript) ?? 'norm2', raw);
  }

  private separator(raw: moo.Token): void {
    const inside = this.open.at(-1)?.token.type;
    if (inside !== undefined && raw.type === 'newline') return;
    if (inside === 'lbracket' || inside === 'indicator') return this.push('semicolon', ';', raw);
    const previous = this.last()?.type;
    if (previous !== undefined && previous !== 'separator') this.push('separator', ';', raw);
  }

  private plain(raw: moo.Token): void {
    this.push(raw.type as TokenType, spellOperator(raw.text), raw);
  }
}

/** `startsInSpace`: the text is a space, so a leading R is no name. */
export function tokenize(text: string, startsInSpace = false): readonly Token[] {
  // The lexer holds its position, and is read to its end before anything else can run.
  const raw = [...lexer.reset(text)].filter(({ type }) => type !== 'blank' && type !== 'comment');
  const end = raw.findIndex(({ type }) => type === 'latex');
  const tokenizer = new Tokenizer(startsInSpace);
  raw.slice(0, end < 0 ? raw.length : end + 1).forEach((token, i) => tokenizer.take(token, raw[i + 1]?.type));
  return tokenizer.finish(text.length);
}
