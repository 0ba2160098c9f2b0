/** Which single expressions does a question ask for? grad(f, X, Y) asks for two. */
import type { Expression } from '../syntax/tree.ts';

export function questionParts(e: Expression): readonly Expression[] {
  if (e.kind !== 'call' || e.name !== 'grad' || e.arguments.length < 3) return [e];
  const [of, ...by] = e.arguments;
  return by.map((name) => ({ ...e, arguments: [of!, name] }));
}
