/** Which symbols do the names of a program have in a world? Definitions are evaluated when they are first needed. */
import { invariant } from '../basics/problem.ts';
import { axesOf } from '../shape/shape.ts';
import { factsWhenVaried, follows, identityBy } from '../syntax/facts.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Expression, Fact } from '../syntax/tree.ts';
import { delta, rename, symbolTerm } from '../terms/construct.ts';
import type { Index, Term, TermSymbol } from '../terms/node.ts';
import { signOf } from '../terms/sign.ts';
import { substitute, through } from '../terms/substitute.ts';
import { integerIn } from './operators.ts';
import type { CheckedProgram, DefinedName, Variable } from './scope.ts';
import { type Freed, freed } from './spelled.ts';
import { boundsOf, joined, type Value } from './values.ts';

/** What tells one world of a program from another, and how it finds values. */
export interface Place {
  readonly checked: CheckedProgram;
  /** The names whose facts are dropped. */
  readonly varied: ReadonlySet<string>;
  /** The defined name that is a variable here. */
  readonly freeName: string | undefined;
  readonly index: (name: string) => Index;
  readonly valueOf: (e: Expression) => Value;
  /** What a name stands for where no name is free. */
  readonly definitionOf: (name: string) => Term;
}

export interface Symbols {
  readonly symbol: (name: string) => TermSymbol | undefined;
  /** In the order of the program. */
  readonly all: () => ReadonlyMap<string, TermSymbol>;
  readonly free: () => Freed | undefined;
  /** A name at some indices, with what its facts say. */
  readonly atom: (name: string, at: readonly Index[]) => Term;
  /** A term of another world of the same program, over these symbols. */
  readonly read: (term: Term) => Term;
}

export function symbolsIn(place: Place): Symbols {
  const { checked, freeName, index } = place;
  const symbols = new Map<string, TermSymbol>();
  const made = (name: string, symbol: TermSymbol): TermSymbol => {
    symbols.set(name, symbol);
    return symbol;
  };
  function symbol(name: string): TermSymbol | undefined {
    const known = symbols.get(name);
    if (known) return known;
    if (name === freeName) return free()!.symbol;
    const definition = checked.definitions.get(name);
    if (definition) {
      for (const needed of definitionsBehind(definition, checked))
        if (!symbols.has(needed.name) && needed.name !== freeName) made(needed.name, definedSymbol(needed, place));
      return symbols.get(name);
    }
    const variable = checked.variables.get(name);
    return variable && made(name, variableSymbol(variable, factsIn(place, name, variable.facts)));
  }
  function atom(name: string, at: readonly Index[]): Term {
    const found = symbol(name);
    invariant(found, `${name} is known once it has been checked`);
    const position = checked.variables.get(name)?.at;
    if (position && follows('onehot', found.facts)) return delta(at[0]!, positionOf(position, index), found.dims[0]!);
    if (identityBy(found.facts)) return delta(at[0]!, at[1]!, found.dims[0]!);
    return symbolTerm(found, at);
  }
  let known: Freed | undefined;
  function free(): Freed | undefined {
    if (known || freeName === undefined) return known;
    known = freedIn(place, checked.definitions.get(freeName)!, writtenOut(place.definitionOf(freeName)));
    made(freeName, known.symbol);
    return known;
  }
  /** A term of the world where the name is bound, in variables only. */
  const writtenOut = (t: Term): Term =>
    substitute(t, {
      symbol: (from, at) => {
        if (from.definition) return through(writtenOut(from.definition), at);
        return from.role === 'variable' ? atom(from.name, at) : undefined;
      },
    });
  const isNamed = ({ role, name }: TermSymbol): boolean =>
    (role === 'variable' || role === 'name') && (checked.variables.has(name) || checked.definitions.has(name));
  return {
    symbol,
    all: () => {
      for (const name of [...checked.variables.keys(), ...checked.definitions.keys()]) symbol(name);
      return new Map([...symbols].toSorted(([, a], [, b]) => a.order - b.order));
    },
    free,
    atom,
    read: (term) =>
      substitute(term, {
        symbol: (from, at) => (symbols.get(from.name) !== from && isNamed(from) ? atom(from.name, at) : undefined),
      }),
  };
}

const factsIn = ({ varied }: Place, name: string, facts: ReadonlySet<Fact>): ReadonlySet<Fact> =>
  varied.has(name) ? factsWhenVaried(facts) : facts;

const variableSymbol = ({ name, shape, order }: Variable, facts: ReadonlySet<Fact>): TermSymbol => ({
  name,
  role: 'variable',
  shape,
  dims: axesOf(shape),
  facts,
  order,
});

const definedSymbol = (definition: DefinedName, place: Place): TermSymbol => ({
  name: definition.name,
  role: 'name',
  shape: definition.shape,
  dims: axesOf(definition.shape),
  facts: factsIn(place, definition.name, definition.facts),
  definition: overSlots(definition, place),
  written: definition.value,
  ...(place.varied.has(definition.name) && { entriesVary: true as const }),
  order: definition.order,
});

/** A defined name that varies by itself. `value`: what it stands for, in variables; its sign is a fact of the name. */
function freedIn(place: Place, { name, shape, order, facts }: DefinedName, value: Term): Freed {
  const sign = signOf(value);
  const own = new Set(factsIn(place, name, facts));
  if (sign === 'positive' || sign === 'nonnegative' || sign === 'negative') own.add(sign);
  return freed({ name, role: 'variable', shape, dims: axesOf(shape), facts: own, order }, value);
}

const positionOf = (e: Expression, index: (name: string) => Index): Index => {
  const at = integerIn(e);
  if (at !== undefined) return -at;
  invariant(e.kind === 'name', 'a position is a number or a name');
  return index(e.name);
};

/** y[i] = … has an axis for each of its own indices. */
export function definedValue(
  { value, indices, shape }: DefinedName,
  { valueOf, index }: Place,
): Pick<Value, 'term' | 'axes'> {
  const { term, axes } = valueOf(value);
  const dims = axesOf(shape);
  return {
    term,
    axes: indices.length === 0 ? axes : indices.map((name, n) => [{ index: index(name), dim: dims[n]! }]),
  };
}
/** The value of a defined name over the slots 0, 1, …. */
function overSlots({ value, indices }: DefinedName, { valueOf, index }: Place): Term {
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
