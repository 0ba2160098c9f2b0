/** The differential of every function, from its record: one rule per function, whatever the shape it is applied to. */
export { functionDerivatives as derivatives } from './functions/index.ts';
