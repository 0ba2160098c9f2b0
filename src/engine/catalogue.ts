/** The rules that come with matgrad, compiled once. */
import { derivatives } from '../../rules/derivatives.ts';
import { facts } from '../../rules/facts.ts';
import { folds } from '../../rules/folds.ts';
import { type Catalogue, compileCatalogue } from '../catalogue/catalogue.ts';

let compiled: Catalogue | undefined;
export const standardCatalogue = (): Catalogue => (compiled ??= compileCatalogue({ derivatives, folds, facts }));
