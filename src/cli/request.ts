/** The shape of a batch request, and `vars` as declarations. */
import { refuse } from '../diagnostics/problem.ts';
import type { Nested } from '../engine/sizes.ts';
import { parseExpression } from '../parse/parse.ts';
import type { Declaration, Fact } from '../syntax/tree.ts';

export interface BatchRequest {
  readonly id?: unknown;
  readonly program?: string;
  readonly ask?: string;
  readonly vars?: Readonly<Record<string, { readonly shape: readonly (string | number)[]; readonly domain?: string }>>;
  readonly expr?: string;
  readonly wrt?: string;
  readonly kind?: 'gradient' | 'jacobian' | 'hessian';
  readonly let?: readonly (readonly [name: string, text: string])[];
  readonly sizes?: Readonly<Record<string, number>>;
  readonly values?: Readonly<Record<string, Nested>>;
  readonly want?: readonly string[];
}

/** Where values come from, as facts that identities may use. */
const factsOfDomain: Readonly<Record<string, readonly Fact[]>> = {
  real: [],
  positive: ['positive'],
  unit: ['positive'],
  nonneg: ['nonnegative'],
  small: [],
  nonsingular: ['invertible'],
  symmetric: ['symmetric'],
  spd: ['spd'],
  skew: ['skew'],
  onehot: ['onehot'],
  simplex: ['simplex'],
  binary: ['binary'],
  pm1: ['pm1'],
  count: ['nonnegative'],
  sqdist: ['symmetric'],
};

export function declarationsFrom(vars: NonNullable<BatchRequest['vars']>): readonly Declaration[] {
  return Object.entries(vars).map(([name, { shape, domain = 'real' }]): Declaration => {
    if (!Object.hasOwn(factsOfDomain, domain)) return refuse({ kind: 'request', message: `unknown domain ${domain}`, hint: `one of ${Object.keys(factsOfDomain).join(', ')}` });
    const sizes = shape.map((size) => {
      const parsed = parseExpression(String(size));
      return parsed.ok ? parsed.value : refuse(parsed.problem);
    });
    return { kind: 'declaration', names: [{ kind: 'name', name }], space: { sizes }, facts: factsOfDomain[domain]!.map((fact) => ({ fact })) };
  });
}
