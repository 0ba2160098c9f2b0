/** The rules that come with matgrad, as the build compiled them. */
import { identities } from '../../rules/identities.ts';
import { compiled } from './compiled-rules.ts';
import { answeringIdentities } from './identities.ts';
import type { Catalogue } from './rule-sets.ts';
import { loadCatalogue } from './store.ts';

let loaded: Catalogue | undefined;
export const standardCatalogue = (): Catalogue =>
  (loaded ??= {
    ...loadCatalogue(compiled),
    identities: answeringIdentities(identities),
  });
