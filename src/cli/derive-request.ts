/** What the options of a derive command ask for. */
import type { Kind } from './asked.ts';

export interface DeriveRequest {
  readonly by: readonly string[];
  readonly kind: Kind | undefined;
  readonly steps: 'main' | 'detail' | undefined;
  readonly cases: boolean;
  /** Values as the command line has them: `z=[1,2,3], tau=0.5`. */
  readonly at: readonly string[];
  readonly style: 'page' | 'latex' | 'json';
  /** Absent: no check. */
  readonly check: { readonly points: number; readonly seed: number } | undefined;
}
