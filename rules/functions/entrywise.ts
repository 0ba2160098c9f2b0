/** The functions of one to three numbers, applied entry by entry. */
import { elementary } from './elementary.ts';
import { kinked } from './kinked.ts';
import { special } from './special.ts';
import { squashing } from './squashing.ts';

export const entrywise = { ...elementary, ...kinked, ...squashing, ...special } as const;
