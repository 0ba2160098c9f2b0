/** jacobian(y, z)[i,k] names its own indices. */
import type { Expression } from '../syntax/tree.ts';

export function presetLetters(e: Expression): readonly string[] {
  if (e.kind !== 'subscript' || e.of.kind !== 'call') return [];
  const names = e.indices.flatMap((i) => (i.kind === 'name' ? [i.name] : []));
  return names.length === e.indices.length && new Set(names).size === names.length ? names : [];
}
