/** The rules that come with matgrad, as the build compiled them. */
import { compiled } from '../../rules/compiled.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { loadCatalogue } from '../catalogue/store.ts';

let loaded: Catalogue | undefined;
export const standardCatalogue = (): Catalogue => (loaded ??= loadCatalogue(compiled));
