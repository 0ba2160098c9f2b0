/**
 * What are the derivatives of an unknown function f called? J_f and H_f; D_f and DD_f where a number comes from a number; D3_f and
 * further; behind them the arguments by which they are taken, where there are several: J_f_1, H_f_12.
 */

/** `by`: the arguments by which the function is differentiated, counted from 1; none for its value. */
export interface Derived {
  readonly of: string;
  readonly by: readonly number[];
}

const orders: Readonly<Record<string, number>> = { J: 1, D: 1, H: 2, DD: 2 };

/** What a name says, if it speaks of one of these functions; `argumentsOf` says how many arguments a function has. */
export function derivedIn(name: string, argumentsOf: (name: string) => number | undefined): Derived | undefined {
  const [, prefix = '', rest = ''] = /^(J|H|D|DD|D[3-9])_(.+)$/su.exec(name) ?? [];
  const order = orders[prefix] ?? Number(prefix.slice(1));
  if (rest === '') return undefined;
  if (argumentsOf(rest) === 1) return { of: rest, by: Array.from({ length: order }, () => 1) };
  const [, of = '', digits = ''] = /^(.+)_([1-9]+)$/su.exec(rest) ?? [];
  const by = Array.from(digits, Number);
  const count = argumentsOf(of);
  if (count === undefined || by.length !== order || by.some((argument) => argument > count)) return undefined;
  return { of, by };
}

/** `ofNumbers`: a number comes from numbers. */
export function derivativeName(of: string, by: readonly number[], count: number, ofNumbers: boolean): string {
  if (by.length === 0) return of;
  const few = ofNumbers && count === 1 ? ['D', 'DD'] : ['J', 'H'];
  const prefix = few[by.length - 1] ?? `D${by.length}`;
  return `${prefix}_${of}${count === 1 ? '' : `_${by.join('')}`}`;
}

/** f′, f″, f‴ on paper; further ones, and those by several arguments, have no primes. */
export function primed(name: string, count: number): { readonly of: string; readonly order: number } | undefined {
  const [, prefix = '', of = ''] = /^(D|DD|D3)_(.+)$/su.exec(name) ?? [];
  return prefix === '' || count !== 1 ? undefined : { of, order: orders[prefix] ?? 3 };
}

/** Higher derivatives have no name. */
export const highestOrder = 9;

// ---- handed to code

/** What a caller hands in: the value, the Jacobian, the Hessian, derivative3; by arguments jacobian_1, hessian_12. */
export type ResultName = 'value' | `${'jacobian' | 'hessian' | 'derivative'}${string}`;

export function resultName(by: readonly number[], count: number): ResultName {
  if (by.length === 0) return 'value';
  const order = by.length === 1 ? 'jacobian' : by.length === 2 ? 'hessian' : (`derivative${by.length}` as const);
  return count === 1 ? order : `${order}_${by.join('')}`;
}
