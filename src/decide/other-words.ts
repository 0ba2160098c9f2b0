/**
 * In which other words can a claim be said? With defined names written out, so that M is seen to be A*B; and with an identity
 * applied that answers have no use for, such as Sylvester's or Woodbury's. Those lead in circles when they are followed for long:
 * each is tried at one place, and one more after it.
 */
import { createReadings, settingFor } from '../elaborate/restate.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import type { World } from '../elaborate/world.ts';
import { valueParts } from '../elaborate/elaborate.ts';
import { derivativeFunctions } from '../elaborate/functions.ts';
import { applyIdentity, headOf, type Identities, type Setting } from '../rewrite/identity.ts';
import { toText } from '../print/text.ts';
import { everyPart, withParts } from '../syntax/parts.ts';
import type { Call, Expression } from '../syntax/tree.ts';

export interface Wording {
  readonly left: Expression;
  readonly right: Expression;
  /** The definitions and identities that it is due to. */
  readonly how: readonly string[];
}
/** What wordings are made by: what answers are read by too, and what only claims are. */
export interface WordingRules {
  readonly everywhere: Identities;
  readonly claims: Identities;
}

const mostWordings = 40;
const mostApplied = 2;

/** The claim itself is not among them, unless names in it were written out. */
export function otherWordings(
  claim: { readonly left: Expression; readonly right: Expression },
  world: World,
  rules: WordingRules,
): readonly Wording[] {
  const { checked } = world;
  const used = new Set<string>();
  const plain: Wording = {
    left: unfolded(claim.left, checked, used),
    right: unfolded(claim.right, checked, used),
    how: [...used].map((name) => `definition of ${name}`),
  };
  const wordings = used.size > 0 ? [plain] : [];
  const restate = restatedBy(world, rules.everywhere);
  const start: Wording = { ...plain, left: restate(plain.left), right: restate(plain.right) };
  const setting = claimSetting(world, [claim.left, claim.right, start.left, start.right]);
  const seen = new Set([textOf(start)]);
  let open: readonly Wording[] = [start];
  for (let n = 0; n < mostApplied; n++) {
    const next: Wording[] = [];
    for (const wording of open)
      for (const variant of variantsOf(wording, rules.claims, setting, checked)) {
        if (seen.has(textOf(variant))) continue;
        seen.add(textOf(variant));
        if (wordings.length + next.length < mostWordings) next.push(variant);
      }
    wordings.push(...next);
    open = next;
  }
  return wordings;
}
const textOf = ({ left, right }: Wording): string => `${toText(left)} == ${toText(right)}`;

// ---- names

/** Only what has no open indices; what is varied by a name keeps that name. No sum can catch a name: the language forbids it. */
function unfolded(root: Expression, checked: CheckedProgram, used: Set<string>): Expression {
  const visit = (e: Expression): Expression => {
    if (e.kind === 'name') {
      const definition = checked.definitions.get(e.name);
      if (!definition || definition.indices.length > 0 || checked.freeIndices(definition.value).size > 0) return e;
      used.add(e.name);
      return visit(definition.value);
    }
    const by = isDerivative(e) ? e.arguments[1] : undefined;
    if (by?.kind === 'name' && !checked.variables.has(by.name)) return e;
    return withValues(e, checked, visit);
  };
  return visit(root);
}

const isDerivative = (e: Expression): e is Call => e.kind === 'call' && derivativeFunctions.has(e.name);
/** The parts that have values; what a derivative is taken by, positions and sizes are none. */
const valuesIn = (e: Expression, checked: CheckedProgram): readonly Expression[] =>
  isDerivative(e) ? e.arguments.filter((_, n) => n !== 1) : valueParts(e, checked);
function withValues(e: Expression, checked: CheckedProgram, change: (part: Expression) => Expression): Expression {
  const values = valuesIn(e, checked);
  return withParts(e, (part) => (values.includes(part) ? change(part) : part));
}

// ---- identities

/** Everything as answers would be read. */
function restatedBy(world: World, identities: Identities): (e: Expression) => Expression {
  const { checked } = world;
  const { meaning } = createReadings(checked, identities, () => world);
  const visit = (e: Expression): Expression => {
    const stands = meaning(e);
    if (stands !== e) return visit(stands);
    return withValues(e, checked, visit);
  };
  return visit;
}

/** A matrix is invertible if that is known, or if the claim speaks of its inverse: it holds only where both sides exist. */
function claimSetting(world: World, sides: readonly Expression[]): Setting {
  const setting = settingFor(world.checked, () => world);
  const inverted = new Set<string>();
  for (const side of sides)
    everyPart(side, (e) => {
      if (e.kind === 'call' && e.name === 'inv') inverted.add(toText(e.arguments[0]!));
    });
  return {
    ...setting,
    holds: (needs, of) => setting.holds(needs, of) || (needs === 'invertible' && inverted.has(toText(of))),
  };
}

function* variantsOf(
  wording: Wording,
  identities: Identities,
  setting: Setting,
  checked: CheckedProgram,
): Generator<Wording> {
  for (const side of ['left', 'right'] as const)
    for (const { e, rule } of appliedOnce(wording[side], identities, setting, checked))
      yield { ...wording, [side]: e, how: [...wording.how, rule] };
}
function* appliedOnce(
  e: Expression,
  identities: Identities,
  setting: Setting,
  checked: CheckedProgram,
): Generator<{ readonly e: Expression; readonly rule: string }> {
  for (const identity of identities(headOf(e))) {
    const after = applyIdentity(identity, e, setting);
    if (after) yield { e: after, rule: identity.name };
  }
  for (const part of new Set(valuesIn(e, checked)))
    for (const inner of appliedOnce(part, identities, setting, checked))
      yield { e: withValues(e, checked, (other) => (other === part ? inner.e : other)), rule: inner.rule };
}
