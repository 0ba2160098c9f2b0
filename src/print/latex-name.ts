/** How is a name set in LaTeX? No character of it may reach LaTeX with a meaning of its own. */
import { functionNamed } from '../../rules/functions/index.ts';
import { greekLetters, greekNames } from '../syntax/greek.ts';

const escapes: ReadonlyMap<string, string> = new Map([
  ...['_', '$', '#', '%', '&', '{', '}'].map((character) => [character, `\\${character}`] as const),
  ...['+', '-', '=', '<', '>', '(', ')', '[', ']', '/', '*', '.', ',', ':', ';', '!', '?', '|'].map(
    (character) => [character, `{${character}}`] as const,
  ),
  ['\\', '\\backslash '],
  [' ', '\\ '],
]);

const accents: ReadonlyMap<string, string> = new Map([
  ['\u0302', '\\hat'],
  ['\u0303', '\\tilde'],
  ['\u0304', '\\bar'],
  ['\u0305', '\\bar'],
  ['\u0307', '\\dot'],
  ['\u0308', '\\ddot'],
  ['\u030c', '\\check'],
  ['\u0306', '\\breve'],
  ['\u0301', '\\acute'],
  ['\u0300', '\\grave'],
  ['\u20d7', '\\vec'],
]);

const greekCommand = (name: string): string => (name === 'omicron' ? 'o' : `\\${name}`);
/** The replacement character, for control characters and what is no character at all. */
const unprintable = 0xfffd;

function character(c: string): string {
  if (/^[A-Za-z0-9]$/.test(c)) return c;
  const greek = greekNames.get(c);
  if (greek !== undefined && greekLetters.has(greek)) return greekCommand(greek);
  const code = /\p{C}/u.test(c) ? unprintable : (c.codePointAt(0) ?? unprintable);
  return escapes.get(c) ?? `\\text{\\char"${code.toString(16).toUpperCase()}}`;
}

/** Every character as itself; an accent goes over the letter before it. */
function escaped(text: string): string {
  const written: string[] = [];
  for (const c of text.normalize('NFD')) {
    const accent = accents.get(c);
    const letter = accent === undefined ? undefined : written.pop();
    written.push(letter === undefined ? character(c) : `${accent}{${letter}}`);
  }
  // A command swallows the blank after it; without one it would swallow the next letter.
  return written
    .map((w, i) => (/\\[a-zA-Z]+$/.test(w) && /^[a-zA-Z]/.test(written[i + 1] ?? '') ? `${w} ` : w))
    .join('');
}

export interface LatexName {
  readonly text: string;
  /** Several letters that belong together: they need room beside other letters. */
  readonly word: boolean;
  readonly subscripted: boolean;
}

const isWord = (stem: string): boolean => /^.{2}/su.test(stem.normalize('NFD').replace(/\p{M}/gu, ''));

/** `alphabet` sets whole words: \mathit as a variable, \mathrm as a label. */
function symbol(stem: string, alphabet: string): { readonly text: string; readonly word: boolean } {
  const [, letters = stem, marks = ''] = /^(.*?)(\p{M}*)$/su.exec(stem.normalize('NFD')) ?? [];
  const greek = greekLetters.has(letters) ? letters : greekNames.get(letters);
  if (greek !== undefined && greekLetters.has(greek)) {
    let text = greekCommand(greek);
    for (const mark of marks) text = accents.has(mark) ? `${accents.get(mark)}{${text}}` : text + character(mark);
    return { text, word: false };
  }
  return isWord(stem) ? { text: `${alphabet}{${escaped(stem)}}`, word: true } : { text: escaped(stem), word: false };
}

const accentWords = new Set(['hat', 'bar', 'tilde', 'dot', 'vec']);
const label = (part: string): string => (/^\d+$/.test(part) ? part : symbol(part, '\\mathrm').text);

interface NameParts {
  readonly stem: string;
  readonly labels: readonly string[];
}
/** W_1, W2 and b_out have subscripts; y_hat is a word of its own, and so is what underscores do not divide: __proto__. */
function partsOf(name: string): NameParts {
  const [head = '', ...tail] = name.split('_');
  if (head === '' || tail.includes('') || tail.some((t) => accentWords.has(t))) return { stem: name, labels: [] };
  const [, stem = head, digits] = /^([^\d]+)(\d+)$/.exec(head) ?? [];
  return { stem, labels: digits === undefined ? tail : [digits, ...tail] };
}

const withLabels = (text: string, labels: readonly string[]): string =>
  labels.length === 0 ? text : `${text}_{${labels.map(label).join(',')}}`;

export function latexName(name: string): LatexName {
  const { stem, labels } = partsOf(name);
  const { text, word } = symbol(stem, '\\mathit');
  return { text: withLabels(text, labels), word, subscripted: labels.length > 0 };
}

/** A letter is set as a letter, f(s); a word upright, as sin is. */
export function latexFunction(name: string): string {
  const latex = functionNamed(name, 1)?.latex;
  if (typeof latex === 'object' && latex.kind === 'command') return latex.text;
  // D3_f: the third derivatives of f.
  const [, order, of] = /^D([3-9])_(.+)$/su.exec(name) ?? [];
  if (order !== undefined) return withLabels(`D^{${order}}`, of!.split('_'));
  const { stem, labels } = partsOf(name);
  return withLabels(symbol(stem, '\\operatorname').text, labels);
}
