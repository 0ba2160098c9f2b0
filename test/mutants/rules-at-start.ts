/** Stands in for src/derive/compiled-rules.ts while mutants of rules are tried: the rules compiled as they are now. */
import { derivatives } from '../../rules/derivatives.ts';
import { facts } from '../../rules/facts.ts';
import { folds } from '../../rules/folds.ts';
import { stableForms } from '../../rules/stable-forms.ts';
import { type StoredCatalogue, storeCatalogue } from './store.ts';

export const compiled: StoredCatalogue = storeCatalogue({ derivatives, folds, facts, stableForms });
