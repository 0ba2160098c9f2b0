/** What stands in for src/derive/compiled-rules.ts while mutants of rules are tried: the rules compiled as they are now. */
export const rulesAtStart = `
import { derivatives } from '../../rules/derivatives.ts';
import { facts } from '../../rules/facts.ts';
import { folds } from '../../rules/folds.ts';
import { stableForms } from '../../rules/stable-forms.ts';
import { storeCatalogue } from './store.ts';

export const compiled = storeCatalogue({ derivatives, folds, facts, stableForms });
`;
