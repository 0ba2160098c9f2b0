/**
 * Is each line of an explanation true? Its sides are evaluated by definitions alone, at random points: a derivative that
 * is not worked out yet is a difference, a letter is what its line says, a name of the answer what stands beside it.
 */
import { attempt } from '../../src/basics/problem.ts';
import type { Derivation } from '../../src/derive/derivation.ts';
import type { ProgramEngine } from '../../src/derive/program-engine.ts';
import { sizesToTry } from '../../src/decide/point.ts';
import { array, largestRelativeError, type NumericArray, scalar } from '../../src/evaluate/array.ts';
import { transpose } from '../../src/evaluate/linear-algebra.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { isDerivativeSign } from '../../src/explain/formulas.ts';
import { stepText } from '../../src/explain/render.ts';
import type { Equation, Step } from '../../src/explain/step.ts';
import { toText } from '../../src/print/text.ts';
import { nameOf } from '../../src/syntax/build.ts';
import { namesIn, partsOf } from '../../src/syntax/parts.ts';
import type { Expression, Subscript } from '../../src/syntax/tree.ts';
import { mapParts } from '../fuzz/parts.ts';
import {
  differentialName,
  type Place,
  placeFor,
  substitutedPlace,
  valueAt,
  withDifferentials,
} from '../fuzz/reference.ts';

type Values = ReadonlyMap<string, NumericArray>;
type Positions = ReadonlyMap<string, number>;

/** y[i] = …, or u = …: what a letter stands for. */
interface Letter {
  readonly name: string;
  readonly indices: readonly string[];
  readonly value: Expression;
  /** It stays what it is while others vary. */
  readonly held?: boolean;
}

/** What cannot be evaluated here is no fault of the line. */
class NotHere extends Error {}
const notHere = (why: string): never => {
  throw new NotHere(why);
};

const derivativeNames: ReadonlySet<string> = new Set(['grad', 'jacobian', 'hessian', 'jvp', 'vjp', 'hvp']);
const isDerivativeCall = (e: Expression): boolean => e.kind === 'call' && derivativeNames.has(e.name);
const isDifferential = (e: Expression): boolean => e.kind === 'call' && e.name === 'd' && e.arguments.length === 1;
const isSign = (e: Expression): boolean => isDerivativeSign(e) || isDifferential(e) || isDerivativeCall(e);
/** Sums over what only a delta or a comparison of positions speaks of: their range is found here. */
const hasDelta = (e: Expression): boolean => e.kind === 'sum-over' && speaksOfPositions(e.body);
const speaksOfPositions = (e: Expression): boolean =>
  (e.kind === 'call' && e.name === 'delta') || e.kind === 'indicator' || partsOf(e).some(speaksOfPositions);
const hasSign = (e: Expression): boolean => isSign(e) || hasDelta(e) || partsOf(e).some(hasSign);

class Reader {
  readonly place: Place;
  readonly letters: readonly Letter[];
  readonly fixed: Positions;
  /** What a letter is told not to be: the value that it is given while a derivative is taken by it. */
  readonly given: Values;
  /** What d(x) stands for. */
  readonly direction: Values;
  constructor(
    place: Place,
    letters: readonly Letter[],
    fixed: Positions,
    direction: Values,
    given: Values = new Map(),
  ) {
    this.direction = direction;
    this.place = place;
    this.letters = letters;
    this.fixed = fixed;
    this.given = given;
  }

  private names: Map<string, NumericArray> | undefined;
  /** Variables, definitions of the program, letters; what is given stays as it is. */
  values(): Map<string, NumericArray> {
    if (this.names) return this.names;
    const names = new Map([...this.place.values, ...this.given]);
    this.names = names;
    for (const letter of this.defined())
      if (!names.has(letter.name)) {
        const value = attempted(() => this.whole(letter.value, letter.indices));
        if (value) names.set(letter.name, value);
      }
    return names;
  }
  /** Over all positions of its indices. */
  whole(e: Expression, indices: readonly string[]): NumericArray {
    if (indices.length === 0) return this.value(e, new Map());
    const extents = indices.map((index) => this.extent(index, [e]) ?? notHere(`no range for ${index}`));
    const data = positionsIn(extents).map(
      (at) => this.value(e, new Map(indices.map((index, n) => [index, at[n]!]))).data[0]!,
    );
    return array(extents.length === 1 ? [extents[0]!, 1] : extents, data);
  }

  /** How far does an index run? As far as an axis that it subscripts. */
  extent(index: string, where: readonly Expression[]): number | undefined {
    const same = new Set([index]);
    const found: number[] = [];
    let least = 0;
    const look = (e: Expression): void => {
      if (e.kind === 'subscript') {
        e.indices.forEach((position, axis) => {
          if (position.kind !== 'name' || !same.has(position.name)) return;
          const of = attempted(() => this.shapeOf(e.of));
          const axes = of && (e.indices.length < of.length ? of.filter((n) => n !== 1) : of);
          if (axes?.[axis] !== undefined) found.push(axes[axis]);
        });
      }
      if (e.kind === 'call' && e.name === 'delta')
        for (const [a, b] of [e.arguments, e.arguments.toReversed()])
          if (a?.kind === 'name' && b && same.has(a.name))
            if (b.kind === 'name') same.add(b.name);
            else if (b.kind === 'number') least = Math.max(least, Number(b.value.n));
      if (isDerivativeCall(e)) return;
      partsOf(e).forEach(look);
    };
    for (let n = 0; n < 3 && found.length === 0; n++) where.forEach(look);
    // All that is said of it are positions: it runs as far as those at least.
    return found[0] ?? (least > 0 ? Math.max(least, 3) : undefined);
  }
  private shapeOf(e: Expression): readonly number[] {
    if (isDerivativeCall(e)) return this.value(e, new Map()).shape;
    const open = new Map([...freeIndexNames(e)].map((name) => [name, 1]));
    return this.value(e, open).shape;
  }

  value(e: Expression, at: Positions): NumericArray {
    if (!hasSign(e)) {
      const { functions, sizes } = this.place;
      return interpret(e, { values: this.values(), sizes, functions, indices: new Map([...this.fixed, ...at]) });
    }
    if (isDerivativeCall(e)) return valueAt(e, this.place, this.fixed);
    if (isDerivativeSign(e)) return this.slope(argumentOf(e.left), argumentOf(e.right), at);
    if (isDifferential(e)) return this.differential(argumentOf(e), at);
    if (e.kind === 'sum-over') {
      const extent = this.extent(e.index, [e.body]) ?? notHere(`no range for ${e.index}`);
      const places = Array.from({ length: extent }, (_, n) => new Map(at).set(e.index, n + 1));
      const holds = (there: Positions): boolean =>
        (e.conditions ?? []).every((condition) => this.value(condition, there).data[0] !== 0);
      const parts = places.filter(holds).map((there) => this.value(e.body, there));
      const [first] = parts;
      if (!first) return scalar(0);
      return array(
        first.shape,
        first.data.map((_, k) => parts.reduce((total, { data }) => total + data[k]!, 0)),
      );
    }
    const parts = new Map<string, NumericArray>();
    const plain = mapParts(e, (part) => {
      if (!hasSign(part)) return part;
      const name = `__part${parts.size}`;
      parts.set(name, this.value(part, at));
      return nameOf(name);
    });
    const { functions, sizes } = this.place;
    const values = new Map([...this.values(), ...parts]);
    return interpret(plain, { values, sizes, functions, indices: new Map([...this.fixed, ...at]) });
  }

  /** Along the differentials of all variables, or along the direction that the question gives. */
  private differential(e: Expression, at: Positions): NumericArray {
    const { direction } = this;
    const slopes = [...direction].map(([name, along]) => {
      const moved = (step: number): NumericArray =>
        this.with(
          name,
          array(
            along.shape,
            along.data.map((d, k) => this.place.values.get(name)!.data[k]! + step * d),
          ),
        ).value(e, at);
      const h = 1e-4;
      const [a, b, c, d] = [moved(h), moved(-h), moved(2 * h), moved(-2 * h)];
      return array(
        a.shape,
        a.data.map((_, n) => (8 * (a.data[n]! - b.data[n]!) - (c.data[n]! - d.data[n]!)) / (12 * h)),
      );
    });
    const [first, ...others] = slopes;
    if (!first) return notHere('no direction');
    return array(
      first.shape,
      first.data.map((x, n) => others.reduce((total, { data }) => total + data[n]!, x)),
    );
  }

  /** d(of)/d(by): an entry by an entry, or whole arrays. */
  private slope(of: Expression, by: Expression, at: Positions): NumericArray {
    const base = by.kind === 'subscript' ? by.of : by;
    const variable = base.kind === 'name' ? base.name : '__by';
    const x =
      (base.kind === 'name' ? this.values().get(base.name) : attempted(() => this.value(base, at))) ??
      notHere(`${toText(base)} has no value`);
    const says = base.kind === 'name' && this.rests(of, variable);
    const here = says ? this : this.naming(variable, x);
    const what = says ? of : this.saying(of, variable, x);
    if (!here.rests(what, variable)) return notHere(`${toText(of)} does not say ${toText(base)}`);
    const moved = (k: number, step: number): Float64Array => {
      const data = Float64Array.from(x.data);
      data[k]! += step;
      const there = here.with(variable, array(x.shape, data));
      return there.value(what, at).data;
    };
    const entry = (k: number): readonly number[] => {
      const h = 1e-4 * Math.max(1, Math.abs(x.data[k]!));
      const [a, b, c, d] = [moved(k, h), moved(k, -h), moved(k, 2 * h), moved(k, -2 * h)];
      return Array.from(a, (_, n) => (8 * (a[n]! - b[n]!) - (c[n]! - d[n]!)) / (12 * h));
    };
    if (by.kind === 'subscript') {
      const slopes = entry(offsetOf(by, x.shape, new Map([...this.fixed, ...at])));
      return slopes.length === 1 ? scalar(slopes[0]!) : notHere('an array by an entry');
    }
    const value = here.value(what, at);
    const columns = Array.from(x.data, (_, k) => entry(k));
    const rows = [...value.data.keys()].map((n) => columns.map((column) => column[n]!));
    const lengths = (shape: readonly number[]): readonly number[] => shape.filter((size) => size > 1);
    if (value.data.length === 1) return array(x.shape, rows.flat());
    return x.data.length === 1
      ? array(value.shape, rows.flat())
      : array([...lengths(value.shape), ...lengths(x.shape)], rows.flat());
  }
  /** Does it speak of the name, or of a letter or a definition that does? */
  private rests(e: Expression, name: string): boolean {
    const seen = new Set<string>();
    const look = (part: Expression): boolean =>
      [...namesIn(part)].some((other) => {
        if (other === name) return true;
        if (seen.has(other)) return false;
        seen.add(other);
        const letter = this.defined().find((one) => one.name === other);
        return letter !== undefined && look(letter.value);
      });
    return look(e);
  }
  private defined(): readonly Letter[] {
    const definitions = this.place.program.statements.flatMap((s): readonly Letter[] =>
      s.kind === 'definition' ? [{ name: s.name.name, indices: s.indices.map((i) => i.name), value: s.value }] : [],
    );
    return [...definitions, ...this.letters];
  }
  /** With this value for a name: what rests on it is found anew. */
  private with(name: string, value: NumericArray): Reader {
    const given = new Map(this.given);
    for (const letter of this.letters)
      if (letter.held && this.values().has(letter.name)) given.set(letter.name, this.values().get(letter.name)!);
    if (this.place.checked.variables.has(name) && !this.given.has(name)) {
      const place = { ...this.place, values: new Map(this.place.values).set(name, value) };
      return new Reader(place, this.letters, this.fixed, this.direction, given);
    }
    return new Reader(this.place, this.letters, this.fixed, this.direction, given.set(name, value));
  }
  /** The name for whatever a text has that comes to the same: with u = K*Q', softmax(Q*K') is softmax(u'). */
  private naming(name: string, x: NumericArray): Reader {
    const statements = this.place.program.statements.map((s) =>
      s.kind === 'definition' && s.name.name !== name ? { ...s, value: this.saying(s.value, name, x) } : s,
    );
    const letters = this.letters.map((letter) =>
      letter.name === name ? letter : { ...letter, value: this.saying(letter.value, name, x) },
    );
    const place = { ...this.place, program: { statements } };
    return new Reader(place, letters, this.fixed, this.direction, new Map(this.given).set(name, x));
  }
  private saying(root: Expression, name: string, x: NumericArray): Expression {
    const visit = (e: Expression): Expression => {
      if (e.kind === 'number' || e.kind === 'name') return e;
      const value = hasSign(e) ? undefined : attempted(() => this.value(e, new Map()));
      if (value && isEqual(value, x)) return nameOf(name);
      if (value && x.shape.length === 2 && isEqual(value, transpose(x))) return { kind: 'transpose', of: nameOf(name) };
      return isSign(e) ? e : mapParts(e, visit);
    };
    return visit(root);
  }
}

const isEqual = (a: NumericArray, b: NumericArray): boolean =>
  a.shape.join() === b.shape.join() && a.data.every((value, n) => Math.abs(value - b.data[n]!) < 1e-12);
const argumentOf = (e: Expression): Expression => (e.kind === 'call' ? e.arguments[0]! : notHere('no call'));
function attempted<T>(f: () => T): T | undefined {
  try {
    return f();
  } catch {
    return undefined;
  }
}
const positionsIn = (extents: readonly number[]): readonly (readonly number[])[] =>
  extents.reduce<readonly (readonly number[])[]>(
    (all, n) => all.flatMap((at) => Array.from({ length: n }, (_, k) => [...at, k + 1])),
    [[]],
  );
function offsetOf({ indices }: Subscript, shape: readonly number[], at: Positions): number {
  const lengths = indices.length < shape.length ? shape.filter((n) => n !== 1) : shape;
  return indices.reduce((total, position, axis) => {
    const n =
      position.kind === 'number'
        ? Number(position.value.n)
        : ((position.kind === 'name' ? at.get(position.name) : undefined) ?? notHere('an open position'));
    return total * (lengths[axis] ?? 1) + n - 1;
  }, 0);
}

/** Names that stand where positions do, and that no sum around them binds. */
function freeIndexNames(e: Expression): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (part: Expression, bound: ReadonlySet<string>): void => {
    const note = (position: Expression): void => {
      if (position.kind === 'name' && !bound.has(position.name)) found.add(position.name);
    };
    if (part.kind === 'sum-over') return look(part.body, new Set([...bound, part.index]));
    if (part.kind === 'subscript') for (const position of part.indices) if (position.kind !== 'all') note(position);
    if (part.kind === 'call' && part.name === 'delta') part.arguments.forEach(note);
    if (isDerivativeCall(part)) return;
    const inner =
      part.kind === 'subscript' ? [part.of] : part.kind === 'call' && part.name === 'delta' ? [] : partsOf(part);
    for (const other of inner) look(other, bound);
  };
  look(e, new Set());
  return found;
}

// ---- a derivation

const sidesOf = ({ of, before, after }: Equation): readonly Expression[] =>
  [of, before, after].filter((e): e is Expression => e !== undefined);
const equationsOf = (step: Step): readonly Equation[] =>
  [step, step.so, step.inMatrices].filter((e): e is Equation => e !== undefined && sidesOf(e).length > 1);

function lettersOf(steps: readonly Step[], { where }: Derivation): readonly Letter[] {
  const introduced = steps.flatMap(({ rules, says, of, after }): readonly Letter[] => {
    if (rules[0] !== 'a letter for a part' || !of) return [];
    const held = says.includes('held fixed');
    if (of.kind === 'name') return [{ name: of.name, indices: [], value: after, held }];
    if (of.kind !== 'subscript' || of.of.kind !== 'name') return [];
    const indices = of.indices.flatMap((index) => (index.kind === 'name' ? [index.name] : []));
    return [{ name: of.of.name, indices, value: after, held }];
  });
  return [...introduced, ...where.map(({ name, value }): Letter => ({ name, indices: [], value }))];
}

/** d(x) is any direction, unless the question has one. */
function directionsIn({ question }: Derivation, place: Place, fixed: Positions): Values {
  const { expression } = question;
  if (expression.kind === 'call' && (expression.name === 'jvp' || expression.name === 'hvp')) {
    const [, by, along] = expression.arguments;
    return by?.kind === 'name' ? new Map([[by.name, valueAt(along!, place, fixed)]]) : new Map();
  }
  return new Map(
    [...place.checked.variables.keys()].map((name) => [name, place.values.get(differentialName(name))!] as const),
  );
}

const enough = 2;
const mostSeeds = 12;

/** The lines that are not true, and how many could be told to be. */
export function falseLines(
  derivation: Derivation,
  { checked }: ProgramEngine,
  steps: readonly Step[],
): { readonly faults: readonly string[]; readonly held: number; readonly open: readonly string[] } {
  const letters = lettersOf(steps, derivation);
  const sizes = sizesToTry(checked.sizes).slice(1, 3);
  const readers: Reader[] = [];
  for (let seed = 1; seed <= mostSeeds && readers.length < 5; seed++) {
    const made = attempted(() => readerAt(seed, sizes[seed % sizes.length] ?? {}));
    if (made) readers.push(made);
  }
  function readerAt(seed: number, at: Readonly<Record<string, number>>): Reader {
    const plain = withDifferentials(placeFor(checked.program, at, seed), seed);
    const values = new Map(plain.values);
    const fixed = new Map<string, number>();
    for (const { name, at: position } of checked.variables.values()) {
      if (!position) continue;
      const own = values.get(name)!;
      const one = position.kind === 'number' ? Number(position.value.n) : [...own.data].indexOf(1) + 1;
      if (position.kind === 'name') fixed.set(position.name, one);
      values.set(
        name,
        array(
          own.shape,
          own.data.map((_, k) => (k === one - 1 ? 1 : 0)),
        ),
      );
    }
    const place = substitutedPlace(derivation.question, { ...plain, values });
    return new Reader(place, letters, fixed, directionsIn(derivation, place, fixed));
  }
  const faults: string[] = [];
  const open: string[] = [];
  let held = 0;
  for (const step of steps)
    for (const equation of equationsOf(step)) {
      const sides = sidesOf(equation);
      let [right, wrong] = [0, 0];
      let why = 'no point';
      for (const reader of readers) {
        if (right + wrong >= enough) break;
        const outcome = attempt(() => {
          try {
            return differ(
              sides,
              reader,
              step.assumptions.some((text) => text.endsWith('symmetric matrix')),
            );
          } catch (error) {
            return error instanceof Error ? error.message : String(error);
          }
        });
        const found = outcome.ok ? outcome.value : outcome.problem.message;
        if (typeof found === 'string') why = found;
        else if (found) wrong++;
        else right++;
      }
      const text = `${step.rules.join(', ')}: ${sides.map(stepText).join(' = ')}`;
      if (step.rules.length === 0) faults.push(`no rule${text}`);
      if (wrong > right) faults.push(text);
      else if (right > 0) held++;
      else open.push(`${why}: ${text}`);
    }
  return { faults, held, open };
}

/** `isTurned`: a derivative by a symmetric part, of which only the symmetric part of the result counts. */
function differ(sides: readonly Expression[], reader: Reader, isTurned: boolean): boolean {
  if (isTurned) return symmetricPartsDiffer(sides, reader);
  const free = [...new Set(sides.flatMap((side) => [...freeIndexNames(side)]))].filter((i) => !reader.fixed.has(i));
  const extents = free.map((index) => reader.extent(index, sides) ?? notHere(`no range for ${index}`));
  const all = positionsIn(extents);
  // A few of many positions, the first and the last among them.
  const chosen = all.filter((_, n) => all.length <= 6 || n % Math.ceil(all.length / 6) === 0 || n === all.length - 1);
  return chosen.some((at) => {
    const positions = new Map(free.map((index, n) => [index, at[n]!]));
    const [first, ...others] = sides.map((side) => reader.value(side, positions));
    if (![first!, ...others].every(({ data }) => data.every(Number.isFinite))) return notHere('no value there');
    return others.some((other) => {
      const [a, b] = [first!, other].map(flat) as [NumericArray, NumericArray];
      return a.data.length !== b.data.length ? spreadDiffers(a, b) : largestRelativeError(a, b) > 1e-5;
    });
  });
}
function symmetricPartsDiffer(sides: readonly Expression[], reader: Reader): boolean {
  const free = [...new Set(sides.flatMap((side) => [...freeIndexNames(side)]))].filter((i) => !reader.fixed.has(i));
  const [first, ...others] = sides.map((side) => {
    const value = free.length === 2 ? reader.whole(side, free) : reader.value(side, new Map());
    const turned = transpose(value);
    return array(
      value.shape,
      value.data.map((x, n) => x + turned.data[n]!),
    );
  });
  return others.some((other) => largestRelativeError(first!, other) > 1e-5);
}
const flat = ({ data }: NumericArray): NumericArray => array([data.length], [...data]);
/** A number stands for an array of any shape. */
function spreadDiffers(a: NumericArray, b: NumericArray): boolean {
  const [one, many] = a.data.length === 1 ? [a, b] : [b, a];
  return (
    one.data.length !== 1 || [...many.data].some((x) => Math.abs(x - one.data[0]!) > 1e-5 * Math.max(1, Math.abs(x)))
  );
}
