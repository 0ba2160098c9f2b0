/** The stages joined: a checked program and a question in, an answer as a term with its matrix form out. */
import { entrywiseFunctions, vectorFunctions } from '../../rules/functions/index.ts';
import { native } from '../../rules/native.ts';
import type { Catalogue } from './catalogue.ts';
import type { Engine } from './modes.ts';
import { differential, gradient, gradientsBy, hessian, hvp, jacobian, jvp, vjp, type Derived } from './questions.ts';
import { symmetryReason } from './symmetry.ts';
import type { CellStep } from './trace.ts';
import { checkProgram } from '../elaborate/check.ts';
import { derivativeFunctions } from '../elaborate/functions.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import { notesOn } from '../elaborate/taken.ts';
import { createWorld, type Derive, type DerivativeRequest, type Value, type World } from '../elaborate/world.ts';
import { byAdjugates } from '../rewrite/adjugate.ts';
import { rulesOfName } from '../rewrite/names.ts';
import { type Chain, type NativeRule, rewriteBy } from '../rewrite/rule.ts';
import { simplify } from '../rewrite/simplify.ts';
import { type Stability, type Stabilize, stabilizer } from '../rewrite/stable.ts';
import { indexRules, rewriteEverywhere, type RuleIndex } from '../rewrite/strategy.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Expression, Program } from '../syntax/tree.ts';
import { isSymmetricName, same } from '../terms/construct.ts';
import type { Node, Term, TermSymbol } from '../terms/node.ts';
import { symbolsIn } from '../terms/substitute.ts';

export interface Evaluated extends Value {
  readonly steps: readonly CellStep[];
  /** What was rewritten outside of cells; the last one ends at the value. */
  readonly chains: readonly Chain[];
  readonly adjoints: readonly TermSymbol[];
}

/** A program with everything that answering its questions needs. */
export interface ProgramEngine {
  readonly checked: CheckedProgram;
  readonly world: World;
  readonly evaluate: (e: Expression) => Evaluated;
  /** The gradients of a scalar by several variables, from one reverse sweep. */
  readonly gradients: (of: Expression, by: readonly string[]) => readonly Evaluated[];
  /** What a reader of the answer should know: what is held fixed, and what depends on nothing. */
  readonly notes: (e: Expression) => readonly string[];
  readonly simplify: (t: Term) => Chain;
  /** With the program's names for what spells them, and nothing else done. */
  readonly named: (t: Term) => Term;
  /** Another program with the same rules. */
  readonly within: (program: Program) => ProgramEngine;
  /** For code only: forms that do not overflow. */
  readonly stable: Stabilize;
}

export function programEngine(checked: CheckedProgram, catalogue: Catalogue): ProgramEngine {
  const rules = ruleBook(checked, catalogue);
  let stable: Stabilize | undefined;
  let steps: CellStep[] = [];
  let chains: Chain[] = [];
  let adjoints: TermSymbol[] = [];
  const engineFor = (inside: World): Engine => ({
    rules: catalogue.derivatives,
    simplify: (t) => simplify(t, rules.all(inside)),
    nameAdjoint: (of, value) => {
      // A world without some facts is read back by names that both know; an adjoint's is not among them.
      if (inside.varied.size > 0 || inside.free) return undefined;
      const symbol = adjointSymbol(of, value, adjoints, checked);
      adjoints.push(symbol);
      return symbol;
    },
  });
  const derive: Derive = (request, from) => {
    const derived = derivedBy(request, from, engineFor(from));
    steps.push(...derived.steps);
    if (derived.total) chains.push(derived.total);
    if (from !== world) chains.push(readAgain(derived.term, world));
    return derived;
  };
  const world = createWorld(checked, new Set(), derive, catalogue.identities);
  /** Simplified, and without inverses of what has none: the derivative of det(x*y') is written with an adjugate. */
  const settled = (t: Term): readonly Chain[] => {
    const simple = simplify(t, rules.all(world));
    const exists = byAdjugates(simple.term);
    return exists ? [simple, exists, simplify(exists.term, rules.all(world))] : [simple];
  };
  return {
    checked,
    world,
    evaluate: (e) => {
      steps = [];
      chains = [];
      adjoints = [];
      const value = world.evaluate(e);
      const last = settled(value.term);
      return { ...value, term: last.at(-1)!.term, steps, chains: [...chains, ...last], adjoints };
    },
    gradients: (of, by) => {
      adjoints = [];
      const other = world.beside(by);
      const symbols = by.map((name) => other.symbol(name)!);
      const derived = gradientsBy(other.evaluate(of), symbols, engineFor(other));
      return derived.map((d): Evaluated => {
        const read = other === world ? [] : [readAgain(d.term, world)];
        const last = settled(read[0]?.term ?? d.term);
        return { ...d, term: last.at(-1)!.term, chains: [...read, ...last], adjoints };
      });
    },
    notes: (e) => notesOn(e, world),
    simplify: (t) => simplify(t, rules.all(world)),
    named: (t) => rewriteEverywhere(t, rules.names(world), []),
    stable: (t) => (stable ??= stabilizer(indexRules(catalogue.stableForms), stability))(t),
    within: (program) => programEngine(checkProgram(program), catalogue),
  };
}

/** The rules of a world: all of them, and those that write the program's names alone. */
interface RuleBook {
  readonly all: (world: World) => RuleIndex;
  readonly names: (world: World) => RuleIndex;
}
function ruleBook(checked: CheckedProgram, catalogue: Catalogue): RuleBook {
  const general = indexRules(catalogue.rewrites);
  // Later names first: they are defined by earlier ones, and say more.
  const ofNames = perWorld((world) =>
    plainNames(checked)
      .flatMap((name) => rulesOfName(world.symbol(name)!, (t) => simplify(t, general)))
      .toReversed(),
  );
  return {
    all: perWorld((world) => indexRules([...ofNames(world), ...catalogue.rewrites])),
    names: perWorld((world) => indexRules(ofNames(world).filter(({ proof }) => proof === undefined))),
  };
}
function perWorld<Found>(make: (world: World) => Found): (world: World) => Found {
  const known = new WeakMap<World, { readonly found: Found }>();
  return (world) => {
    const entry = known.get(world) ?? { found: make(world) };
    known.set(world, entry);
    return entry.found;
  };
}

/** The name of a large adjoint: g_y for the name y, else by number. */
function adjointSymbol(of: Node, value: Term, others: readonly TermSymbol[], checked: CheckedProgram): TermSymbol {
  const wanted = `g_${of.kind === 'symbol' ? of.symbol.name : others.length + 1}`;
  return {
    name: unusedName(wanted, (name) => isTaken(name, checked) || others.some((other) => other.name === name)),
    role: 'adjoint',
    shape: shapeOfSlots(of),
    dims: of.slots,
    facts: new Set(),
    definition: value,
    order: -1 - others.length,
  };
}

const stabilityOf = (name: string): string =>
  entrywiseFunctions.get(name)?.stability ?? vectorFunctions.get(name)?.stability ?? 'plain';
const stability: Stability = {
  isSquashing: (name) => ['squashing', 'both'].includes(stabilityOf(name)),
  isFragile: (name) => ['fragile', 'both'].includes(stabilityOf(name)),
};

/** A derivative was taken without the facts that are equations; the answer is read with them. */
function readAgain(start: Term, world: World): Chain {
  const rule: NativeRule = { ...native['what is declared holds again'], apply: world.read };
  const term = world.read(start);
  const because = [...symbolsIn(term)].filter((symbol) => isSymmetricName(symbol) && !symbolsIn(start).has(symbol));
  return {
    start,
    term,
    rewrites: same(term, start) ? [] : [rewriteBy(rule, start, term, because.map(symmetryReason))],
  };
}

const isTaken = (
  name: string,
  { variables, definitions, functions, functionDefinitions, sizes }: CheckedProgram,
): boolean => [variables, definitions, functions, functionDefinitions, sizes].some((names) => names.has(name));
function unusedName(wanted: string, taken: (name: string) => boolean): string {
  let name = wanted;
  for (let n = 2; taken(name); n++) name = `${wanted}_${n}`;
  return name;
}

function shapeOfSlots({ slots }: Node): TermSymbol['shape'] {
  const [a, b] = slots;
  if (!a) return { kind: 'scalar' };
  if (!b) return { kind: 'column', size: a };
  return slots.length === 2 ? { kind: 'matrix', rows: a, columns: b } : { kind: 'tensor', axes: slots };
}

function derivedBy({ kind, of, by, direction, shape }: DerivativeRequest, world: World, engine: Engine): Derived {
  switch (kind) {
    case 'grad':
      return gradient(of, by!, shape, engine);
    case 'jacobian':
      return jacobian(of, by!, shape, engine);
    case 'hessian':
      return hessian(of, by!, shape, engine);
    case 'jvp':
      return jvp(of, by!, direction!, shape, engine);
    case 'vjp':
      return vjp(of, by!, direction!, shape, engine);
    case 'hvp':
      return hvp(of, by!, direction!, shape, engine);
    case 'differential':
      return differential(
        of,
        [...world.checked.variables.keys()].map((name) => world.symbol(name)!),
        shape,
        engine,
      );
  }
}

// ---- plain names
// Which defined names rest on no derivative? Only their values are known before anything is derived, and can serve as
// rules.

const known = new WeakMap<CheckedProgram, readonly string[]>();

export function plainNames(checked: CheckedProgram): readonly string[] {
  let plain = known.get(checked);
  if (!plain) {
    plain = find(checked);
    known.set(checked, plain);
  }
  return plain;
}

function find({ definitions, functionDefinitions }: CheckedProgram): readonly string[] {
  const derived = new Set<string>();
  // A body can use names that stand above it only, so one look at each in order is enough.
  for (const { name, value } of [...functionDefinitions.values(), ...definitions.values()])
    everyPart(value, (e) => {
      if (
        (e.kind === 'call' && derivativeFunctions.has(e.name)) ||
        ((e.kind === 'name' || e.kind === 'call') && derived.has(e.name))
      )
        derived.add(name);
    });
  return [...definitions.keys()].filter((name) => !derived.has(name));
}
