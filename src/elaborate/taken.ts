/**
 * By what is a derivative taken, what moves with it, and what is held fixed?
 *
 * A variable moves by itself, and a rearrangement of a name, such as vec(X), with that name. Another defined name becomes a
 * variable of its own: the expression is read in a world where the name has no definition and stands wherever its definition
 * was spelled out. What is left of the variables behind it is held fixed there. A derivative is zero without more ado only
 * where nothing depends on the name, nor on what the name is made of; everything else is refused.
 */
import { refuse } from '../basics/problem.ts';
import { type DerivativeCall, derivativeCall, nameBehind, turnedBy } from './derivatives.ts';
import { axesOf, type Shape } from '../shape/shape.ts';
import { derivativeFunctions } from './functions.ts';
import { say } from './scope.ts';
import { type Value, align, type Axis, bind } from './values.ts';
import { noteWithin } from './within.ts';
import type { World } from './world.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import type { TermSymbol } from '../terms/node.ts';
import { mentions } from '../terms/substitute.ts';

export interface Taken {
  /** Where the expression is evaluated and differentiated. */
  readonly world: World;
  readonly of: Value;
  /** What varies; its axes are arranged as `slots` says. Absent for a differential. */
  readonly by?: Rearrangement | undefined;
  /** For the reader of the answer. */
  readonly notes: readonly string[];
}

export function taken(call: DerivativeCall, world: World): Taken {
  if (!call.by) {
    const all = world.beside(world.checked.variables.keys());
    return { world: all, of: all.evaluate(call.of), notes: [] };
  }
  const name = nameBehind(call.by)!.name;
  const { of, slots } = baseOf(call.by, world);
  const isDefined = world.checked.definitions.has(of);
  const isStacked = !isDefined && slots.some((axis) => axis.length > 1);
  const alone = isStacked ? sayingNothingElse(call, name, world) : undefined;
  if (alone) return alone;
  const other = world.beside([name, of], isDefined ? of : undefined);
  const value = other.evaluate(call.of);
  const by: Rearrangement = { of: other.symbol(of)!, slots };
  return { world: other, of: value, by, notes: notesFor(call, call.by, value, by.of, other) };
}

/** With u = vec(X), B*u has derivatives by u as it stands: through the entries of X they would come out as blocks of B. */
function sayingNothingElse({ by, of }: DerivativeCall, name: string, world: World): Taken | undefined {
  if (by?.kind !== 'name' || !world.checked.definitions.has(name)) return undefined;
  const own = world.beside([name], name);
  const value = own.evaluate(of);
  const { symbol, madeOf } = own.free!;
  if (!mentions(value.term, new Set([symbol])) || mentions(value.term, madeOf)) return undefined;
  return { world: own, of: value, by: { of: symbol, slots: symbol.dims.map((_, slot) => [slot]) }, notes: [] };
}

/** The name whose rearrangement this is. */
function baseOf(by: Expression, world: World): { readonly of: string; readonly slots: Slots } {
  // Without facts: of a symmetric S nobody could tell the transpose.
  const loose = world.beside([...world.checked.variables.keys(), ...world.checked.definitions.keys()]);
  const whole = rearrangementIn(loose.evaluate(by))!;
  const definition = world.checked.definitions.get(whole.of.name);
  const inner = definition && rearrangementIn(loose.valueOf(definition));
  if (!inner) return { of: whole.of.name, slots: whole.slots };
  const base = baseOf({ kind: 'name', name: inner.of.name }, world);
  return { of: base.of, slots: composed(composed(whole.slots, inner.slots), base.slots) };
}

function notesFor(
  { kind, of }: DerivativeCall,
  by: Expression,
  { term }: Value,
  symbol: TermSymbol,
  { free, checked }: World,
): readonly string[] {
  const isMade = (variable: TermSymbol): boolean =>
    !variable.facts.has('constant') && mentions(term, new Set([variable]));
  const others = free ? inOrder([...free.madeOf].filter(isMade)) : [];
  if (mentions(term, new Set([symbol])))
    return others.length === 0 ? [] : [`${listed(others)} ${others.length === 1 ? 'is' : 'are'} held fixed`];
  const [subject, name] = [say(of, 'the expression'), say(by)];
  if (others.length === 0) return [`${subject} does not depend on ${name}`];
  const definition = checked.definitions.get(symbol.name);
  return refuse({
    kind: 'question',
    message: `${subject} does not say ${name}${definition ? ` = ${say(definition.value, '…')}` : ''}, and depends on ${listed(others)}, which ${name} is made of`,
    span: by.span ?? of.span,
    hint: `write it with ${name}, or ask for ${kind}(${say(of, '…')}, ${others[0]}${kind === 'jvp' || kind === 'vjp' || kind === 'hvp' ? ', …' : ''})`,
  });
}
const inOrder = (symbols: readonly TermSymbol[]): readonly string[] =>
  symbols.toSorted((a, b) => a.order - b.order).map(({ name }) => name);
const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;

const notesOf = (call: DerivativeCall, world: World): readonly string[] => [
  ...taken(call, world).notes,
  ...(call.within ? [noteWithin(call.within, call, world)] : []),
  ...noteOnLayout(call, world),
];

/** How the entries of this derivative are arranged, where the program says how. */
function noteOnLayout({ kind, of, by }: DerivativeCall, { checked }: World): readonly string[] {
  const { layout } = checked;
  if (!layout || !by || (kind !== 'grad' && kind !== 'jacobian' && kind !== 'hessian')) return [];
  const name = say(by);
  if (layout === 'differential')
    return [`differential layout: the ${kind === 'hessian' ? 'second ' : ''}differential along d(${name})`];
  if (kind === 'hessian') return [];
  const [y, x] = [checked.shapeOf(of), checked.shapeOf(by)];
  const isOf = (shape: Shape): boolean => shape.kind === 'scalar';
  if (isOf(y) && isOf(x)) return [];
  const turned = turnedBy(layout, y, x);
  const like = isOf(y) ? name : isOf(x) ? say(of, 'the function') : undefined;
  if (like !== undefined) return [`${layout} layout: shaped like ${turned ? `the transpose of ${like}` : like}`];
  if (axesOf(y).length + axesOf(x).length === 2)
    return [`${layout} layout: the entry ${turned ? '[k,i]' : '[i,k]'} is the derivative of entry i by entry k`];
  return [`${layout} layout: the axes of ${turned ? name : 'the function'} come first`];
}

/** The notes of all derivatives that an expression asks for, those in the definitions behind it included. */
export function notesOn(expression: Expression, world: World): readonly string[] {
  const { checked } = world;
  const notes = new Set<string>();
  const seen = new Set<Expression>();
  const waiting = [expression];
  const look = (e: Expression): void => {
    const by = e.kind === 'call' && derivativeFunctions.has(e.name) ? e.arguments[1] : undefined;
    if (by?.kind === 'call' && by.name === 'vech')
      notes.add(`${say(by.arguments[0]!)} varies within the symmetric matrices`);
    const stands = checked.inlined(e);
    if (stands !== e) return void waiting.push(stands);
    if (e.kind === 'name' && checked.definitions.has(e.name)) waiting.push(checked.definitions.get(e.name)!.value);
    if (e.kind === 'call' && derivativeFunctions.has(e.name))
      for (const note of notesOf(derivativeCall(e), world)) notes.add(note);
  };
  for (let root = waiting.pop(); root; root = waiting.pop()) {
    if (seen.has(root)) continue;
    seen.add(root);
    everyPart(root, (e) => {
      // Positions and names of variables have no meaning of their own to look up.
      if (e.kind === 'name' ? checked.definitions.has(e.name) : e.kind === 'call') look(e);
    });
  }
  return [...notes];
}

// ---- rearrangements of a name
// vec(X), X', another name for x: what is a rearrangement of a name varies with it, entry by entry.

/** For each axis the slots of the symbol that it is made of, major first: vec(X) has one axis, of slots 1 and 0. */
export type Slots = readonly (readonly number[])[];

export interface Rearrangement {
  readonly of: TermSymbol;
  readonly slots: Slots;
}

/** Undefined where entries are left out, repeated or changed. */
export function rearrangementIn({ term, axes }: Pick<Value, 'term' | 'axes'>): Rearrangement | undefined {
  const { node, at } = term;
  if (node.kind !== 'symbol' || (node.symbol.role !== 'variable' && node.symbol.role !== 'name')) return undefined;
  const indices = axes.flat().map(({ index }) => index);
  if (new Set(at).size !== at.length || at.length !== indices.length) return undefined;
  if (!indices.every((index) => at.includes(index))) return undefined;
  return { of: node.symbol, slots: axes.map((axis) => axis.map(({ index }) => at.indexOf(index))) };
}

/** A rearrangement of a rearrangement. */
export const composed = (outer: Slots, inner: Slots): Slots =>
  outer.map((axis) => axis.flatMap((slot) => inner[slot]!));

/** The axes of the symbol, arranged. */
export const regrouped = (axes: readonly Axis[], slots: Slots): readonly Axis[] =>
  slots.map((axis) => axis.flatMap((slot) => axes[slot]!));

/** A direction shaped like the rearrangement, as one shaped like the symbol. */
export function restored(direction: Value, { of, slots }: Rearrangement): Value {
  const bounds = of.dims.map(bind);
  let { term } = direction;
  slots.forEach((axis, n) => {
    term = align(
      term,
      direction.axes[n]!,
      axis.map((slot) => bounds[slot]!),
    );
  });
  return { shape: of.shape, term, axes: bounds.map((bound) => [bound]) };
}
