/** Text to trees. Bad input gives a Problem with its place; nothing is thrown for it. */
import nearley from 'nearley';
import grammar from '../../grammar/matrix-calculus.ts';
import type { Token, TokenType } from '../../grammar/tokens.ts';
import { invariant, attempt, refuse, Refusal, type Outcome } from '../basics/problem.ts';
import { firstCodePoints } from '../basics/source.ts';
import {
  type Binding,
  type Claim,
  type Declaration,
  type Expression,
  type Program,
  type Question,
  type Space,
  limits,
} from '../syntax/tree.ts';
import { expectedWords, hintFor } from './slips.ts';
import { tokenize } from './tokenize.ts';

/** The start symbols of the grammar. */
export interface Texts {
  readonly program_text: Program;
  readonly expression_text: Expression;
  readonly question_text: Question | Claim;
  readonly declaration_text: Declaration;
  readonly space_text: Space;
  readonly bindings_text: readonly Binding[];
}

const grammars = new Map<keyof Texts, nearley.Grammar>();

function grammarOf(start: keyof Texts): nearley.Grammar {
  const known = grammars.get(start);
  if (known !== undefined) return known;
  const made = nearley.Grammar.fromCompiled({ ...grammar, Lexer: undefined, ParserStart: start });
  grammars.set(start, made);
  return made;
}

/** Hands tokens that are already there to nearley. */
function replay(tokens: readonly Token[]): nearley.Lexer {
  let next = 0;
  return {
    reset: () => undefined,
    next: () => tokens[next++],
    save: () => ({}),
    formatError: () => '',
  };
}

/** What nearley keeps, and does not declare. */
interface Chart {
  readonly table: readonly ({ readonly scannable: readonly Waiting[] } | undefined)[];
  reportError(token: unknown): string;
  reportLexerError(error: unknown): string;
}
interface Waiting {
  readonly rule: { readonly symbols: readonly { readonly type?: TokenType }[] };
  readonly dot: number;
}

const shownLength = 20;

function unexpected(token: Token): string {
  if (token.type === 'end') return 'the text ends too early';
  if (token.type === 'separator' && token.text === '\n') return 'the line ends too early';
  const length = token.type === 'bad' ? 1 : shownLength;
  const shown = firstCodePoints(token.text, length);
  return `unexpected \`${shown}${token.type !== 'bad' && shown.length < token.text.length ? '…' : ''}\``;
}

function refuseToken(text: string, tokens: readonly Token[], at: number, chart: Chart): never {
  const token = tokens[at];
  invariant(token !== undefined, 'a syntax error stands at a token');
  const expected = new Set<TokenType>();
  for (const { rule, dot } of chart.table[at]?.scannable ?? []) {
    const type = rule.symbols[dot]?.type;
    if (type !== undefined) expected.add(type);
  }
  const words = expectedWords(expected);
  const length = token.type === 'bad' ? firstCodePoints(token.text, 1).length : token.text.length;
  return refuse({
    kind: 'syntax',
    message: words === undefined ? unexpected(token) : `${unexpected(token)}; expected ${words}`,
    span: { start: token.offset, end: token.offset + length },
    hint: hintFor({ text, tokens, at, expected }),
  });
}

/** Every reading of a text; the grammar is meant to leave one. */
export function readings<Start extends keyof Texts>(start: Start, text: string): readonly Texts[Start][] {
  if (text.length > limits.characters)
    refuse({
      kind: 'limit',
      message: `the text has ${text.length} characters, and ${limits.characters} are the limit`,
      span: { start: limits.characters, end: limits.characters },
    });
  const tokens = tokenize(text, start === 'space_text');
  if (tokens.length === 1)
    refuse({ kind: 'syntax', message: 'there is nothing to read', span: { start: 0, end: 0 }, hint: emptyHint });
  const parser = new nearley.Parser(grammarOf(start), { lexer: replay(tokens) });
  const chart = parser as unknown as Chart;
  // nearley's own reports unfold the whole chart: megabytes, and a stack overflow for deep texts.
  chart.reportError = () => '';
  chart.reportLexerError = () => '';
  try {
    parser.feed('');
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error) || !('offset' in error)) throw error;
    refuseToken(text, tokens, Number(error.offset), chart);
  }
  return parser.results as Texts[Start][];
}

const emptyHint = "declare names, as in x in R^n, and ask, as in grad(x'*x, x)";

function parse<Start extends keyof Texts>(start: Start, text: string): Outcome<Texts[Start]> {
  return attempt(() => {
    const [tree, ...others] = readings(start, text);
    invariant(tree !== undefined && others.length === 0, `one reading of ${JSON.stringify(text.slice(0, 200))}`);
    return tree;
  });
}

export const parseProgram = (text: string): Outcome<Program> => parse('program_text', text);
export const parseExpression = (text: string): Outcome<Expression> => parse('expression_text', text);
/** `grad(f, A)`, `… at s = [1; 2]`, `… by cases`, `check a == b`, `a == b`. */
export const parseQuestion = (text: string): Outcome<Question | Claim> => parse('question_text', text);
export const parseDeclaration = (text: string): Outcome<Declaration> => parse('declaration_text', text);
/** `R^(m x n)`. */
export const parseSpace = (text: string): Outcome<Space> => parse('space_text', text);
/** `z = [1, 2, 3], tau = 0.5`. */
export const parseBindings = (text: string): Outcome<readonly Binding[]> => parse('bindings_text', text);
