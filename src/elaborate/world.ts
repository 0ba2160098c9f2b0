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
import { invariant } from '../basics/problem.ts';
import { axesOf, type Shape } from '../shape/shape.ts';
import { factsWhenVaried, follows, hasEquations } from '../syntax/facts.ts';
import type { Call, Expression, Fact } from '../syntax/tree.ts';
import { delta, rename, same, symbolTerm } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Index, Term, TermSymbol } from '../terms/node.ts';
import { noticing } from '../terms/notice.ts';
import { signOf } from '../terms/sign.ts';
import { mentions, substitute } from '../terms/substitute.ts';
import { derivativeCall, type DerivativeKind } from './derivatives.ts';
import { derivativeFunctions } from './functions.ts';
import { integerIn } from './operators.ts';
import { type Rearrangement, regrouped, restored, taken } from './taken.ts';
import type { CheckedProgram, DefinedName, Variable } from './scope.ts';
import { type Freed, freed, through } from './spelled.ts';
import { computeValue, type Elaboration, valueParts } from './elaborate.ts';
import type { Identities } from '../rewrite/identity.ts';
import { type NativeRule, rewriteBy } from '../rewrite/rule.ts';
import { type Reading, readingsOf } from './readings.ts';
import { createReadings, noIdentities, type Readings } from './restate.ts';
import { type Axis, boundsOf, fresh, joined, type Value } from './values.ts';
import { bottomUp, everyPart } from '../syntax/parts.ts';

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
  { indices, readings: { plain, meaning: meaningOf, restatement } }: Family,
  worldWith: (varied: ReadonlySet<string>, free?: string) => World,
): World {
  const symbols = new Map<string, TermSymbol>();
  const values = new WeakMap<Expression, Value>();
  const factsOf = (name: string, facts: ReadonlySet<Fact>): ReadonlySet<Fact> =>
    varied.has(name) ? factsWhenVaried(facts) : facts;
  const index = (name: string): Index => {
    const known = indices.get(name) ?? freshIndex();
    indices.set(name, known);
    return known;
  };

  /** Definitions are evaluated when they are first needed, the ones they rest on first. */
  function symbol(name: string): TermSymbol | undefined {
    const known = symbols.get(name);
    if (known) return known;
    if (name === freeName) return free().symbol;
    const definition = checked.definitions.get(name);
    if (definition) {
      for (const needed of definitionsBehind(definition, checked))
        if (!symbols.has(needed.name) && needed.name !== freeName) define(needed);
      return symbols.get(name);
    }
    const variable = checked.variables.get(name);
    if (!variable) return undefined;
    const made = variableSymbol(variable, factsOf(name, variable.facts));
    symbols.set(name, made);
    return made;
  }
  function define(definition: DefinedName): void {
    const { name, shape, order } = definition;
    symbols.set(name, {
      name,
      role: 'name',
      shape,
      dims: axesOf(shape),
      facts: factsOf(name, definition.facts),
      definition: overSlots(definition, elaboration, index),
      written: definition.value,
      ...(varied.has(name) && { entriesVary: true as const }),
      order,
    });
  }

  let made: Freed | undefined;
  function free(): Freed {
    if (made) return made;
    const { name, shape, order, facts } = checked.definitions.get(freeName!)!;
    const value = writtenOut(bound().symbol(name)!.definition!);
    const sign = signOf(value);
    const own = new Set(factsOf(name, facts));
    if (sign === 'positive' || sign === 'nonnegative' || sign === 'negative') own.add(sign);
    made = freed({ name, role: 'variable', shape, dims: axesOf(shape), facts: own, order }, value);
    symbols.set(name, made.symbol);
    return made;
  }
  /** A term of the world where the name is bound, in variables only. */
  const writtenOut = (t: Term): Term =>
    substitute(t, {
      symbol: (from, at) => {
        if (from.definition) return through(writtenOut(from.definition), at);
        return from.role === 'variable' ? atom(from.name, at) : undefined;
      },
    });
  /** Where the free name is bound. */
  const bound = (): World => worldWith(varied);

  /** A name at some indices, with what its facts say. */
  function atom(name: string, at: readonly Index[]): Term {
    const found = symbol(name);
    invariant(found, `${name} is known once it has been checked`);
    const position = checked.variables.get(name)?.at;
    if (position && follows('onehot', found.facts)) return delta(at[0]!, positionOf(position, index), found.dims[0]!);
    return symbolTerm(found, at);
  }

  const evaluate = (e: Expression): Value => fresh(freeName === undefined ? known(e) : knownSpelled(e));
  function known(root: Expression): Value {
    const meaning = meaningOf(root);
    bottomUp(
      meaning,
      (e) => (meaningOf(e) === e ? valueParts(e, checked) : [meaningOf(e)]),
      (e) => values.has(e),
      (e) => {
        const stands = meaningOf(e);
        values.set(e, stands === e ? computeValue(e, elaboration) : values.get(stands)!);
      },
    );
    return values.get(meaning)!;
  }
  /** Where a name is free, an identity about what it stands for would hide it: with P = A*B, inv(A*B) is inv(P), not inv(B)*inv(A). */
  function knownSpelled(root: Expression): Value {
    const { inValue } = free();
    const first = plain(root);
    bottomUp(
      first,
      (e) => (plain(e) === e ? valueParts(e, checked) : [plain(e)]),
      (e) => values.has(e),
      (e) => {
        if (plain(e) !== e) return values.set(e, values.get(plain(e))!);
        const stands = saysFree(e) ? e : meaningOf(e);
        const value = stands === e ? computeValue(e, elaboration) : knownSpelled(stands);
        return values.set(e, e.kind === 'name' || e.kind === 'number' ? value : inValue(value).value);
      },
    );
    return values.get(first)!;
  }
  const saysFree = (e: Expression): boolean =>
    freeName !== undefined &&
    valueParts(e, checked).some((part) => mentions(evaluate(part).term, new Set([free().symbol])));
  const read = (term: Term): Term =>
    substitute(term, {
      symbol: (from, at) => (symbols.get(from.name) !== from && belongs(from) ? atom(from.name, at) : undefined),
    });
  const belongs = (from: TermSymbol): boolean =>
    (from.role === 'variable' || from.role === 'name') &&
    (checked.variables.has(from.name) || checked.definitions.has(from.name));

  function differentiated(e: Call): Value {
    if (freeName !== undefined) {
      // What moves in here is another name: the derivative is found where this one is bound.
      const value = bound().evaluate(e);
      return { ...value, term: read(value.term) };
    }
    const call = derivativeCall(e);
    const { world: other, of, by } = taken(call, world);
    const direction = call.direction && other.evaluate(call.direction);
    const shape = checked.shapeOf(e);
    const request: DerivativeRequest = {
      kind: call.kind,
      of,
      by: by?.of,
      direction: direction && by && call.kind !== 'vjp' ? restored(direction, by) : direction,
      shape,
    };
    const result = derive(request, other);
    const axes = by ? withSlots(call.kind, result.axes, by) : result.axes;
    return { shape, axes, term: other === world ? result.term : read(result.term) };
  }

  function readings(root: Expression, isThrough: boolean): readonly Reading[] {
    const isFree = (e: Expression): boolean => e.kind === 'name' && e.name === freeName;
    const definitionOf = (e: Expression): readonly Expression[] => {
      const definition = isThrough && e.kind === 'name' && !isFree(e) ? checked.definitions.get(e.name) : undefined;
      return definition ? [definition.value] : [];
    };
    const isDerivative = (e: Expression): e is Call => e.kind === 'call' && derivativeFunctions.has(e.name);
    return readingsOf(root, {
      stands: (e) => {
        const as = plain(e) === e && saysFree(e) ? e : meaningOf(e);
        return as === e ? undefined : { as, by: restatement(e) };
      },
      partsOf: (e) => (isDerivative(e) ? [] : [...definitionOf(e), ...valueParts(e, checked)]),
      own: (e) => (isDerivative(e) ? insideDerivative(e) : readingsAt(e)),
    });
  }
  function insideDerivative(e: Call): readonly Reading[] {
    if (freeName !== undefined) return bound().readingsThrough(e);
    const call = derivativeCall(e);
    const { world: other } = taken(call, world);
    return [call.of, ...(call.direction ? [call.direction] : [])].flatMap(other.readingsThrough);
  }
  function readingsAt(e: Expression): readonly Reading[] {
    if (e.kind === 'number') return [];
    if (e.kind === 'name') return checked.variables.has(e.name) ? factsAt(e.name) : [];
    const { made, notices } = noticing(() => computeValue(e, elaboration));
    const spelled = freeName === undefined ? [] : free().inValue(made).rewrites;
    return [
      ...notices.map((by): Reading => ({ kind: 'normal form', by })),
      ...spelled.map((by): Reading => ({ kind: 'rule', by })),
    ];
  }
  /** A one-hot vector whose position is known is written as a delta wherever it stands. */
  function factsAt(name: string): readonly Reading[] {
    const found = symbol(name)!;
    const at = found.dims.map(() => freshIndex());
    const [before, after] = [symbolTerm(found, at), atom(name, at)];
    if (same(before, after)) return [];
    const rule: NativeRule = { ...native['a one-hot vector at its position'], apply: () => after };
    return [
      {
        kind: 'rule',
        by: rewriteBy(rule, before, after, [{ of: before, needs: 'onehot', because: byFact('onehot', name) }]),
      },
    ];
  }

  const elaboration: Elaboration = {
    checked,
    valueOf: evaluate,
    atom,
    index,
    differentiated: (e) => (derivativeFunctions.has(e.name) ? differentiated(e) : undefined),
  };
  const all = (): ReadonlyMap<string, TermSymbol> => {
    for (const name of [...checked.variables.keys(), ...checked.definitions.keys()]) symbol(name);
    return new Map([...symbols].toSorted(([, a], [, b]) => a.order - b.order));
  };
  const world: World = {
    checked,
    varied,
    get free() {
      return freeName === undefined ? undefined : free();
    },
    beside: (names, name) => worldWith(new Set([...varied, ...names]), name),
    get symbols() {
      return all();
    },
    get definitions() {
      return [...all().values()].filter(({ role }) => role === 'name');
    },
    symbol,
    index,
    indexNames: indices,
    evaluate,
    readings: (e) => readings(e, false),
    readingsThrough: (e) => readings(e, true),
    valueOf: (definition) => definedValue(definition, elaboration, index),
    read,
  };
  return world;
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

const variableSymbol = ({ name, shape, order }: Variable, facts: ReadonlySet<Fact>): TermSymbol => ({
  name,
  role: 'variable',
  shape,
  dims: axesOf(shape),
  facts,
  order,
});

const positionOf = (e: Expression, index: (name: string) => Index): Index => {
  const at = integerIn(e);
  if (at !== undefined) return -at;
  invariant(e.kind === 'name', 'a position is a number or a name');
  return index(e.name);
};

/** y[i] = … has an axis for each of its own indices. */
function definedValue(
  { value, indices, shape }: DefinedName,
  { valueOf }: Elaboration,
  index: (name: string) => Index,
): Pick<Value, 'term' | 'axes'> {
  const { term, axes } = valueOf(value);
  const dims = axesOf(shape);
  return {
    term,
    axes: indices.length === 0 ? axes : indices.map((name, n) => [{ index: index(name), dim: dims[n]! }]),
  };
}
/** The value of a defined name over the slots 0, 1, …. */
function overSlots({ value, indices }: DefinedName, { valueOf }: Elaboration, index: (name: string) => Index): Term {
  const whole = joined(valueOf(value));
  if (indices.length > 0) return rename(whole.term, new Map(indices.map((name, slot) => [index(name), slot])));
  return rename(whole.term, new Map(boundsOf(whole).map((bound, slot) => [bound.index, slot])));
}

/** This definition and those it rests on, in an order in which they can be evaluated. */
function definitionsBehind(definition: DefinedName, checked: CheckedProgram): readonly DefinedName[] {
  const needed = new Set<DefinedName>();
  const stack = [definition];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (needed.has(next)) continue;
    needed.add(next);
    for (const name of namesUsed(next, checked)) {
      const other = checked.definitions.get(name);
      if (other) stack.push(other);
    }
  }
  return [...checked.definitions.values()].filter((d) => needed.has(d));
}
const usedNames = new WeakMap<Expression, ReadonlySet<string>>();
function namesUsed({ value }: DefinedName, checked: CheckedProgram): ReadonlySet<string> {
  const known = usedNames.get(value);
  if (known) return known;
  const found = new Set<string>();
  const look = (root: Expression): void =>
    everyPart(root, (e) => {
      if (e.kind === 'name') found.add(e.name);
      if (e.kind === 'call') {
        const body = checked.functionDefinitions.get(e.name);
        if (body) look(body.value);
      }
    });
  look(value);
  usedNames.set(value, found);
  return found;
}
