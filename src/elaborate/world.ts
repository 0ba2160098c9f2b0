/**
 * A world maps the names of a program to symbols and its expressions to values.
 *
 * Facts such as `S symmetric` are equations between entries. They hold in answers, and do not hold while single entries
 * are varied: names in `varied` have symbols without them. So a derivative is taken in a world of its own, and its
 * result is read back into the world that asked. There a defined name can be free: a variable that stands wherever its
 * definition was spelled out.
 */
import { native } from '../../rules/native.ts';
import { byFact } from '../assume/assume.ts';
import { axesOf, type Shape } from '../shape/shape.ts';
import { hasEquations, identityBy } from '../syntax/facts.ts';
import type { Call, Expression } from '../syntax/tree.ts';
import { contract, differentialSymbol, same, symbolTerm } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Index, Term, TermSymbol } from '../terms/node.ts';
import { noticing } from '../terms/notice.ts';
import { mentions } from '../terms/substitute.ts';
import { type DerivativeCall, derivativeCall, type DerivativeKind, isLaidOut, turnedBy } from './derivatives.ts';
import { derivativeFunctions } from './functions.ts';
import { type Rearrangement, regrouped, restored, taken } from './taken.ts';
import type { CheckedProgram, DefinedName } from './scope.ts';
import { type Freed } from './spelled.ts';
import { computeValue, type Elaboration, valueParts } from './elaborate.ts';
import type { Identities } from '../rewrite/identity.ts';
import { type Reason, rewriteBy } from '../rewrite/rule.ts';
import { type Reading, readingsOf } from './readings.ts';
import { isExpectation, readExpectation } from './expectation.ts';
import { createReadings, noIdentities, type Readings } from './restate.ts';
import { type Axis, bind, fresh, renamed, type Value } from './values.ts';
import { readWithin, varyingWithin } from './within.ts';
import { bottomUp } from '../syntax/parts.ts';
import { definedValue, type Place, type Symbols, symbolsIn } from './symbols.ts';

export type { Value } from './values.ts';

export interface DerivativeRequest {
  readonly kind: DerivativeKind;
  readonly of: Value;
  /** Absent for a differential. */
  readonly by?: TermSymbol | undefined;
  readonly direction?: Value | undefined;
  readonly shape: Shape;
}
export type Derive = (request: DerivativeRequest, world: World) => Value;

export interface World {
  readonly checked: CheckedProgram;
  /** The names whose facts are dropped. */
  readonly varied: ReadonlySet<string>;
  /** The defined name that is a variable here. */
  readonly free: Freed | undefined;
  /** The world of the same program where these names vary as well, and `free` by itself. */
  readonly beside: (varied: Iterable<string>, free?: string) => World;
  /** All names of the program, in its order. */
  readonly symbols: ReadonlyMap<string, TermSymbol>;
  /** The defined ones among them. */
  readonly definitions: readonly TermSymbol[];
  readonly symbol: (name: string) => TermSymbol | undefined;
  /** A free index name stands for the same index in all worlds of a program. */
  readonly index: (name: string) => Index;
  /** The indices of free index names so far, with their names. */
  readonly indexNames: ReadonlyMap<string, Index>;
  /** The value over fresh indices. */
  readonly evaluate: (e: Expression) => Value;
  /** What its value is due to. Names are looked through where they are differentiated: elsewhere an answer rests on no more than the name. */
  readonly readings: (e: Expression) => readonly Reading[];
  /** The same, names looked through from the start. */
  readonly readingsThrough: (e: Expression) => readonly Reading[];
  /** The same for what a name is defined as, with an axis for each index of its entries. */
  readonly valueOf: (definition: DefinedName) => Pick<Value, 'term' | 'axes'>;
  /** A term of another world of the same program, over this world's symbols. */
  readonly read: (term: Term) => Term;
}

/** What the worlds of a program share. */
interface Family {
  readonly worlds: Map<string, World>;
  readonly indices: Map<string, Index>;
  readonly readings: Readings;
}
const families = new WeakMap<CheckedProgram, WeakMap<Derive, WeakMap<Identities, Family>>>();
const indicesOfProgram = new WeakMap<CheckedProgram, Map<string, Index>>();

function familyOf(checked: CheckedProgram, derive: Derive, identities: Identities): Family {
  const byDerive = families.get(checked) ?? new WeakMap<Derive, WeakMap<Identities, Family>>();
  families.set(checked, byDerive);
  const byIdentities = byDerive.get(derive) ?? new WeakMap<Identities, Family>();
  byDerive.set(derive, byIdentities);
  const indices = indicesOfProgram.get(checked) ?? new Map<string, Index>();
  indicesOfProgram.set(checked, indices);
  const known = byIdentities.get(identities);
  if (known) return known;
  const readings = createReadings(checked, identities, () => createWorld(checked, new Set(), derive, identities));
  const family = { worlds: new Map<string, World>(), indices, readings };
  byIdentities.set(identities, family);
  return family;
}

/** Worlds that drop the same facts and free the same name are the same world. */
export function createWorld(
  checked: CheckedProgram,
  varied: ReadonlySet<string>,
  derive: Derive,
  identities: Identities = noIdentities,
  free?: string,
): World {
  const dropped = [...varied].filter((name) => losesFacts(checked, name)).toSorted();
  const family = familyOf(checked, derive, identities);
  const key = JSON.stringify([free ?? null, ...dropped]);
  const known = family.worlds.get(key);
  if (known) return known;
  const world = makeWorld(checked, new Set(dropped), free, derive, family, (others, name) =>
    createWorld(checked, others, derive, identities, name),
  );
  family.worlds.set(key, world);
  return world;
}
function losesFacts(checked: CheckedProgram, name: string): boolean {
  const definition = checked.definitions.get(name);
  // A definition may make its name symmetric; that is known once it is evaluated, and then it is too late.
  if (definition) return definition.shape.kind === 'matrix' || hasEquations(definition.facts);
  return hasEquations(checked.variables.get(name)?.facts ?? new Set());
}

function makeWorld(
  checked: CheckedProgram,
  varied: ReadonlySet<string>,
  freeName: string | undefined,
  derive: Derive,
  { indices, readings }: Family,
  worldWith: (varied: ReadonlySet<string>, free?: string) => World,
): World {
  const index = (name: string): Index => {
    const known = indices.get(name) ?? freshIndex();
    indices.set(name, known);
    return known;
  };
  const evaluate = (e: Expression): Value => fresh(valueIn(inside, e));
  const place: Place = {
    checked,
    varied,
    freeName,
    index,
    valueOf: evaluate,
    definitionOf: (name) => worldWith(varied).symbol(name)!.definition!,
  };
  const symbols = symbolsIn(place);
  const elaboration: Elaboration = {
    checked,
    valueOf: evaluate,
    atom: symbols.atom,
    index,
    differentiated: (e) => (derivativeFunctions.has(e.name) ? differentiated(inside, e, derive) : undefined),
  };
  const world: World = {
    checked,
    varied,
    get free() {
      return symbols.free();
    },
    beside: (names, name) => worldWith(new Set([...varied, ...names]), name),
    get symbols() {
      return symbols.all();
    },
    get definitions() {
      return [...symbols.all().values()].filter(({ role }) => role === 'name');
    },
    symbol: symbols.symbol,
    index,
    indexNames: indices,
    evaluate,
    readings: (e) => readingsIn(inside, e, false),
    readingsThrough: (e) => readingsIn(inside, e, true),
    valueOf: (definition) => definedValue(definition, place),
    read: symbols.read,
  };
  const inside: Inside = {
    world,
    symbols,
    elaboration,
    readings,
    values: new WeakMap(),
    bound: freeName === undefined ? undefined : () => worldWith(varied),
  };
  return world;
}

/** A world seen from inside. */
interface Inside {
  readonly world: World;
  readonly symbols: Symbols;
  readonly elaboration: Elaboration;
  readonly readings: Readings;
  /** What has been found so far. */
  readonly values: WeakMap<Expression, Value>;
  /** Where a name is free: the world where it is not. */
  readonly bound: (() => World) | undefined;
}

// ---- values

/** Every part once, inner ones first; `meaningOf` says what stands for a part. */
function valueIn(inside: Inside, root: Expression): Value {
  const free = inside.symbols.free();
  return free ? spelledValue(inside, root, free) : plainValue(inside, root);
}
function plainValue(
  { world: { checked }, values, elaboration, readings: { meaning } }: Inside,
  root: Expression,
): Value {
  const first = meaning(root);
  bottomUp(
    first,
    (e) => (meaning(e) === e ? valueParts(e, checked) : [meaning(e)]),
    (e) => values.has(e),
    (e) => {
      const stands = meaning(e);
      values.set(e, stands === e ? computeValue(e, elaboration) : values.get(stands)!);
    },
  );
  return values.get(first)!;
}
/** Where a name is free, an identity about what it stands for would hide it: with P = A*B, inv(A*B) is inv(P), not inv(B)*inv(A). */
function spelledValue(inside: Inside, root: Expression, free: Freed): Value {
  const {
    world: { checked },
    values,
    elaboration,
    readings: { plain, meaning },
  } = inside;
  const first = plain(root);
  bottomUp(
    first,
    (e) => (plain(e) === e ? valueParts(e, checked) : [plain(e)]),
    (e) => values.has(e),
    (e) => {
      if (plain(e) !== e) return values.set(e, values.get(plain(e))!);
      const stands = saysFree(inside, e) ? e : meaning(e);
      const value = stands === e ? computeValue(e, elaboration) : spelledValue(inside, stands, free);
      return values.set(e, e.kind === 'name' || e.kind === 'number' ? value : free.inValue(value).value);
    },
  );
  return values.get(first)!;
}
/** Is the free name said in what the expression is made of? */
function saysFree({ world: { checked, evaluate }, symbols }: Inside, e: Expression): boolean {
  const free = symbols.free();
  return (
    free !== undefined && valueParts(e, checked).some((part) => mentions(evaluate(part).term, new Set([free.symbol])))
  );
}

// ---- derivatives

function differentiated({ world, bound }: Inside, e: Call, derive: Derive): Value {
  if (bound) {
    // What moves in here is another name: the derivative is found where this one is bound.
    const value = bound().evaluate(e);
    return { ...value, term: world.read(value.term) };
  }
  const call = derivativeCall(e);
  const { world: other, of, by } = taken(call, world);
  const direction = call.direction && other.evaluate(call.direction);
  const shape = world.checked.shapeOf(e);
  if (by && isLaidOut(e) && world.checked.layout === 'differential') {
    const value = alongDifferential(call.kind, of, by.of, (request) => derive(request, other));
    return { ...value, shape, term: other === world ? value.term : world.read(value.term) };
  }
  const request: DerivativeRequest = {
    kind: call.kind,
    of,
    by: by?.of,
    direction: direction && by && call.kind !== 'vjp' ? restored(direction, by) : direction,
    shape,
  };
  const result = derive(request, other);
  const axes = by ? withSlots(call.kind, result.axes, by) : result.axes;
  const value = { shape, axes, term: other === world ? result.term : world.read(result.term) };
  const varied = call.within ? varyingWithin(call.within, call, value, world) : value;
  return by && isLaidOut(e) && call.kind !== 'hessian' ? laidOut(varied, call, world) : varied;
}

/** The entries as the layout of the program has them. */
function laidOut(value: Value, { of, by }: DerivativeCall, { checked }: World): Value {
  const [y, x] = [checked.shapeOf(of), checked.shapeOf(by!)];
  switch (turnedBy(checked.layout, y, x)) {
    case 'x':
    case 'y':
      return { ...value, axes: value.axes.toReversed() };
    case 'both': {
      const own = axesOf(y).length;
      return { ...value, axes: [...value.axes.slice(own), ...value.axes.slice(0, own)] };
    }
    case undefined:
      return value;
  }
}

/** The derivative applied to d(x), twice for a hessian: tr(G'*d(X)) of a scalar with the gradient G, J*d(x) of a vector. */
function alongDifferential(
  kind: DerivativeKind,
  of: Value,
  by: TermSymbol,
  derive: (request: DerivativeRequest) => Value,
): Value {
  const change = (): Value => {
    const axes = by.dims.map((dim) => [bind(dim)]);
    const indices = axes.map(([bound]) => bound!.index);
    return { shape: by.shape, term: symbolTerm(differentialSymbol(by), indices), axes };
  };
  if (of.axes.length > 0) return derive({ kind: 'jvp', of, by, direction: change(), shape: of.shape });
  const { term, axes } = derive({ kind: kind === 'hessian' ? 'hessian' : 'grad', of, by, shape: of.shape });
  const count = by.dims.length;
  const parts = kind === 'hessian' ? [axes.slice(0, count), axes.slice(count)] : [axes];
  const changes = parts.map((own) => {
    const dx = change();
    return renamed(dx.term, dx.axes.flat(), own.flat());
  });
  return { shape: of.shape, term: contract([term, ...changes], axes.flat()), axes: [] };
}

/** The axes of the result that belong to what it is derived by come last; arranged as the question has them. */
function withSlots(kind: DerivativeKind, axes: readonly Axis[], { of, slots }: Rearrangement): readonly Axis[] {
  const count = kind === 'jvp' ? 0 : (kind === 'hessian' ? 2 : 1) * of.dims.length;
  const own = axes.slice(0, axes.length - count);
  const first = axes.slice(axes.length - count, axes.length - count + of.dims.length);
  const second = axes.slice(axes.length - count + of.dims.length);
  return [
    ...own,
    ...(count > 0 ? regrouped(first, slots) : []),
    ...(kind === 'hessian' ? regrouped(second, slots) : []),
  ];
}

// ---- what values are due to

function readingsIn(inside: Inside, root: Expression, isThrough: boolean): readonly Reading[] {
  const { world, symbols, readings } = inside;
  const { checked } = world;
  const definitionOf = (e: Expression): readonly Expression[] => {
    const isLooked = isThrough && e.kind === 'name' && e.name !== symbols.free()?.symbol.name;
    const definition = isLooked ? checked.definitions.get(e.name) : undefined;
    return definition ? [definition.value] : [];
  };
  const isDerivative = (e: Expression): boolean => e.kind === 'call' && derivativeFunctions.has(e.name);
  return readingsOf(root, {
    stands: (e) => {
      const as = readings.plain(e) === e && saysFree(inside, e) ? e : readings.meaning(e);
      return as === e ? undefined : { as, by: readings.restatement(e) };
    },
    partsOf: (e) => (isDerivative(e) ? [] : [...definitionOf(e), ...valueParts(e, checked)]),
    own: (e) => {
      if (e.kind !== 'call') return readingsAt(inside, e);
      if (isDerivative(e)) return insideDerivative(inside, e);
      return isExpectation(e, checked) ? [readExpectation(e, checked)] : readingsAt(inside, e);
    },
  });
}
function insideDerivative({ world, bound }: Inside, e: Call): readonly Reading[] {
  if (bound) return bound().readingsThrough(e);
  const call = derivativeCall(e);
  const { world: other } = taken(call, world);
  const within = call.within ? [readWithin(call.within, e, call, world)] : [];
  return [...within, ...[call.of, ...(call.direction ? [call.direction] : [])].flatMap(other.readingsThrough)];
}
function readingsAt({ world: { checked }, symbols, elaboration }: Inside, e: Expression): readonly Reading[] {
  if (e.kind === 'number') return [];
  if (e.kind === 'name') return checked.variables.has(e.name) ? factsAt(e.name, symbols) : [];
  const { made, notices } = noticing(() => computeValue(e, elaboration));
  const spelled = symbols.free()?.inValue(made).rewrites ?? [];
  return [
    ...notices.map((by): Reading => ({ kind: 'normal form', by })),
    ...spelled.map((by): Reading => ({ kind: 'rule', by })),
  ];
}
/** A one-hot vector whose position is known is written as a delta wherever it stands, as is a matrix that can only be I. */
function factsAt(name: string, { symbol, atom }: Symbols): readonly Reading[] {
  const found = symbol(name)!;
  const at = found.dims.map(() => freshIndex());
  const [before, after] = [symbolTerm(found, at), atom(name, at)];
  if (same(before, after)) return [];
  const together = identityBy(found.facts);
  const said = native[together ? 'facts that only the identity has' : 'a one-hot vector at its position'];
  const because = (together ?? ['onehot']).map((needs): Reason => ({
    of: before,
    needs,
    because: byFact(needs, name),
  }));
  return [{ kind: 'rule', by: rewriteBy({ ...said, apply: () => after }, before, after, because) }];
}
