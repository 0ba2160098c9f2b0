/** How is an expression named in a message? */
import { refuse } from '../basics/problem.ts';
import { toText } from '../print/text.ts';
import type { Expression } from '../syntax/tree.ts';

const longest = 40;

/** Its text if that is short, else the words given instead. */
export function say(e: Expression, instead = 'this'): string {
  if (size(e, longest) > longest) return instead;
  const text = toText(e);
  return text.length <= longest ? text : instead;
}
/** A rough count that stops early: messages must not print what is huge. */
function size(e: Expression, most: number): number {
  const stack = [e];
  let count = 0;
  for (let node = stack.pop(); node && count <= most; node = stack.pop()) {
    count++;
    if (node.kind === 'sum') stack.push(...node.terms.map(({ term }) => term));
    else if (node.kind === 'negation' || node.kind === 'transpose' || node.kind === 'subscript') stack.push(node.of);
    else if (node.kind === 'binary' || node.kind === 'indicator') stack.push(node.left, node.right);
    else if (node.kind === 'call') stack.push(...node.arguments);
    else if (node.kind === 'matrix') stack.push(...node.rows.flat());
    else if (node.kind === 'sum-over') stack.push(node.body);
  }
  return count;
}

const isPostfix = (e: Expression): boolean => ['name', 'number', 'call', 'subscript', 'matrix'].includes(e.kind);
/** In brackets where a postfix operator would otherwise bind to its last part only. */
export function sayOperand(e: Expression, instead: string): string {
  const text = say(e, instead);
  return isPostfix(e) || text === instead ? text : `(${text})`;
}

export function misshapen(at: Expression, message: string, hint?: string): never {
  return refuse({ kind: 'shape', message, span: at.span, hint });
}
