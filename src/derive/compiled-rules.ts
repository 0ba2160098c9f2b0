import type { StoredCatalogue } from './store.ts';
export const compiled: StoredCatalogue = undefined as never;
