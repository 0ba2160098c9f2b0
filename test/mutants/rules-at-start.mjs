/** What stands in for src/derive/compiled-rules.ts while mutants of rules are tried: the rules compiled as they are now. */
export const rulesAtStart = `
import { ruleSets } from '../../rules/sets.ts';
import { storeCatalogue } from './store.ts';

export const compiled = storeCatalogue(ruleSets);
`;
