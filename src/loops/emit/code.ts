/** What may become program text? Only what this module made: template text of ours, numbers, and names through the sanitiser. */
import { InvariantError } from '../../basics/problem.ts';

class Fragment {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}
/** A piece of program text. Plain strings are not code, and nothing outside this module turns one into it. */
export type Code = Fragment;

function textOf(part: Code | number): string {
  if (typeof part === 'number') return numberText(part);
  if (part instanceof Fragment) return part.toString();
  throw new InvariantError('matgrad broke a promise: only code and numbers may enter code. Please report this.');
}

/** Code with code or numbers in its gaps. A gap that is alone on its line passes its indentation on to every line of what fills it. */
export function code(strings: TemplateStringsArray, ...parts: readonly (Code | number)[]): Code {
  let text = strings[0]!;
  parts.forEach((part, n) => {
    const indentation = /(?:^|\n)([ ]*)$/.exec(text)?.[1] ?? '';
    const filling = textOf(part);
    text += indentation === '' ? filling : filling.replaceAll('\n', `\n${indentation}`);
    text += strings[n + 1]!;
  });
  return new Fragment(text);
}

export const empty: Code = code``;
export const join = (parts: readonly Code[], separator: Code): Code =>
  new Fragment(parts.map(textOf).join(textOf(separator)));
const newline = code`
`;
/** One under the other. */
export const lines = (parts: readonly Code[]): Code => join(parts, newline);
export const list = (parts: readonly Code[]): Code => join(parts, code`, `);

/** Text for a reader: it cannot end the comment it stands in. */
export const remark = (text: string): Code =>
  new Fragment(text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ').replaceAll('*/', '* /'));
/** A string literal. */
export const quoted = (text: string): Code =>
  new Fragment(JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'));

const reserved: ReadonlySet<string> = new Set(
  (
    'abstract arguments as async await boolean break byte case catch char class const continue debugger default delete do double ' +
    'else enum eval export extends false final finally float for from function get goto if implements import in instanceof int ' +
    'interface let long native new null of package private protected public return set short static super switch synchronized this ' +
    'throw throws transient true try typeof undefined var void volatile while with yield ' +
    'NaN Infinity Math Float64Array Object Array Number Function Symbol Error globalThis window self functions constructor prototype __proto__'
  ).split(' '),
);

/** The nearest identifier: letters and digits of any script stay, all else becomes an underscore. */
export function sanitised(name: string): string {
  const letters = name.normalize('NFC').replaceAll(/[^\p{ID_Continue}$]/gu, '_');
  const started = /^[\p{ID_Start}_$]/u.test(letters) ? letters : `_${letters}`;
  return reserved.has(started) ? `${started}_` : started;
}

/** Names that are taken, here and in the scopes around. */
export interface Scope {
  /** A name like this one that nothing visible has. */
  readonly name: (wish: string) => Code;
  readonly inner: () => Scope;
}

export function createScope(isTakenOutside: (name: string) => boolean = () => false): Scope {
  const taken = new Set<string>();
  const next = new Map<string, number>();
  const isTaken = (name: string): boolean => taken.has(name) || isTakenOutside(name);
  return {
    name: (wish) => {
      const base = sanitised(wish);
      let name = base;
      for (let n = next.get(base) ?? 2; isTaken(name); n++) {
        name = `${base}${/\d$/.test(base) ? '_' : ''}${n}`;
        next.set(base, n + 1);
      }
      taken.add(name);
      return new Fragment(name);
    },
    inner: () => createScope(isTaken),
  };
}

// ---- numbers

/** Shortest text that reads back exactly; NaN, the infinities and -0 included. */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return String(value);
}
/** Whether the text starts with a sign, so that a minus before it needs parentheses. */
export const isSigned = (value: number): boolean => value < 0 || Object.is(value, -0);
