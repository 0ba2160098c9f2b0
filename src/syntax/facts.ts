/** What follows from facts that are stated of one name. The facts themselves are records in rules/. */
import { type Fact, factNames, factRecords, factsOfIdentity, type FactRecord } from '../../rules/fact-records.ts';

export { type Fact, factNames, factRecords, type FactRecord } from '../../rules/fact-records.ts';

const known = new WeakMap<ReadonlySet<Fact>, ReadonlySet<Fact>>();

/** These facts and all that they imply. */
export function implied(facts: ReadonlySet<Fact>): ReadonlySet<Fact> {
  let all = known.get(facts);
  if (!all) {
    const found = new Set(facts);
    // A set's members are visited in the order of insertion, new ones too.
    for (const fact of found) for (const next of factRecords[fact].implies) found.add(next);
    known.set(facts, (all = found));
  }
  return all;
}
export const follows = (fact: Fact, facts: ReadonlySet<Fact>): boolean => facts.size > 0 && implied(facts).has(fact);

/** Facts among these that nothing but the identity satisfies: a definite orthogonal matrix has no other eigenvalue than 1. */
export function identityBy(facts: ReadonlySet<Fact>): readonly Fact[] | undefined {
  if (facts.size < 2) return undefined;
  const all = implied(facts);
  return factsOfIdentity.find((together) => together.every((fact) => all.has(fact)));
}
export const onlyIdentity = (facts: ReadonlySet<Fact>): boolean => identityBy(facts) !== undefined;

/** Is it so by one of these facts? `someFact(facts, ({ definite }) => definite === true)`. */
export const someFact = (facts: ReadonlySet<Fact>, holds: (record: FactRecord) => boolean): boolean =>
  facts.size > 0 && [...implied(facts)].some((fact) => holds(factRecords[fact]));

/** The one of these facts that says so; for reasons. */
export const factThat = (facts: ReadonlySet<Fact>, holds: (record: FactRecord) => boolean): Fact | undefined =>
  [...facts].find((fact) => someFact(new Set([fact]), holds));

/** Two facts that cannot hold together, of which the first is stated and the second would follow. */
export function contradiction(facts: ReadonlySet<Fact>, next: Fact): Fact | undefined {
  const follow = implied(new Set([next]));
  return [...facts].find((stated) =>
    [...implied(new Set([stated]))].some((a) =>
      [...follow].some((b) => factRecords[a].contradicts.includes(b) || factRecords[b].contradicts.includes(a)),
    ),
  );
}

/** Is a fact an equation between entries, which no longer holds once a single entry moves? */
const isEquation = (fact: Fact): boolean => !factRecords[fact].nearby.includes(fact);
export const hasEquations = (facts: ReadonlySet<Fact>): boolean => [...facts].some(isEquation);

/** What stays true while entries are varied one by one. */
export function factsWhenVaried(facts: ReadonlySet<Fact>): ReadonlySet<Fact> {
  const left = new Set([...facts].flatMap((fact) => factRecords[fact].nearby));
  return new Set(factNames.filter((fact) => left.has(fact)));
}

/** The same facts, away from their boundaries. */
export const factsInside = (facts: ReadonlySet<Fact>): ReadonlySet<Fact> =>
  new Set([...facts].flatMap((fact) => [fact, ...(factRecords[fact].inside ? [factRecords[fact].inside] : [])]));

/** Where does a matrix with these facts have zeros, whatever its values? */
export const zerosOf = (facts: ReadonlySet<Fact>): ReadonlySet<NonNullable<FactRecord['zeros']>> =>
  new Set([...implied(facts)].flatMap((fact) => factRecords[fact].zeros ?? []));
export const isSymmetric = (facts: ReadonlySet<Fact>): boolean => someFact(facts, ({ symmetry }) => symmetry === 1);
