/** d(y[i])/d(z[k]): how a derivative that is not worked out yet stands in a formula. */
import { binary, call } from '../syntax/build.ts';
import type { Binary, Expression } from '../syntax/tree.ts';

/** Along a direction there is nothing to divide by: d(y[i]). */
export const derivativeSign = (of: Expression, by: Expression | undefined): Expression =>
  by ? binary('/', call('d', of), call('d', by)) : call('d', of);

const isDifferential = (e: Expression): boolean => e.kind === 'call' && e.name === 'd' && e.arguments.length === 1;
export const isDerivativeSign = (e: Expression): e is Binary =>
  e.kind === 'binary' && e.operator === '/' && isDifferential(e.left) && isDifferential(e.right);

export const mentionsDerivative = (e: Expression, parts: (e: Expression) => readonly Expression[]): boolean =>
  isDifferential(e) || parts(e).some((part) => mentionsDerivative(part, parts));
