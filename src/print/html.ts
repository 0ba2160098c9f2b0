/** How does a page show it? KaTeX draws the LaTeX; no other module loads KaTeX. */
import katex from 'katex';
import type { Expression } from '../syntax/tree.ts';
import type { Shapes } from './form.ts';
import { toLatex } from './latex.ts';
import { toUnicode } from './text.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c] ?? c);

/** KaTeX recurses and gives up on trees some hundred levels deep: those are shown as a line. */
export function toHtml(e: Expression, shapes?: Shapes): string {
  try {
    return katex.renderToString(toLatex(e, shapes), { displayMode: true, throwOnError: true, strict: 'error' });
  } catch {
    return `<code>${escaped(toUnicode(e))}</code>`;
  }
}
