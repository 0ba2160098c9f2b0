/** The one constant with a name. */
import { scalar } from '../shape/shape.ts';
import type { TermSymbol } from './node.ts';

export const piSymbol: TermSymbol = {
  name: 'pi',
  role: 'constant',
  shape: scalar,
  dims: [],
  facts: new Set(['positive']),
  order: -1,
};
