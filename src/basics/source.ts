/** Places in a text: offsets count UTF-16 units, as JavaScript does; columns count code points, as people do. */

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in code points. */
  readonly column: number;
}

/** The line that holds an offset, without its line break. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const inside = (text: string, offset: number): number => Math.max(0, Math.min(offset, text.length));

export function lineAt(text: string, offset: number): Line {
  const at = inside(text, offset);
  const start = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const found = text.indexOf('\n', at);
  const whole = found === -1 ? text.length : found;
  const end = whole > start && text[whole - 1] === '\r' ? whole - 1 : whole;
  return { start, end, text: text.slice(start, end) };
}

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** `text` is cut behind `count` code points. */
export function firstCodePoints(text: string, count: number): string {
  let end = 0;
  for (let taken = 0; taken < count && end < text.length; taken++) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

export function lineColumn(text: string, offset: number): Place {
  const at = inside(text, offset);
  let line = 1;
  for (let found = text.indexOf('\n'); found !== -1 && found < at; found = text.indexOf('\n', found + 1)) line++;
  return { line, column: codePoints(text.slice(lineAt(text, at).start, at)) + 1 };
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export const cover = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });
