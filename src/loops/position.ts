/** How are positions along an axis written down and combined? As sums of counters with fixed strides. */
import type { Atom, Condition, Counter, Division, Position } from './program.ts';

export const constantPosition = (constant: number): Position => ({ constant, terms: [] });
export const counterPosition = (counter: Counter): Position =>
  counter.extent === 1 ? constantPosition(0) : { constant: 0, terms: [{ atom: counter, stride: 1 }] };

const isDivision = (atom: Atom): atom is Division => 'of' in atom;

/** factor*p + q. */
export function combine(p: Position, factor: number, q: Position): Position {
  const terms = p.terms.map(({ atom, stride }) => ({ atom, stride: stride * factor }));
  for (const { atom, stride } of q.terms) {
    const n = isDivision(atom) ? -1 : terms.findIndex((term) => term.atom === atom);
    if (n < 0) terms.push({ atom, stride });
    else terms[n] = { atom, stride: terms[n]!.stride + stride };
  }
  return { constant: factor * p.constant + q.constant, terms: terms.filter(({ stride }) => stride !== 0) };
}
export const shift = (p: Position, by: number): Position => ({ constant: p.constant + by, terms: p.terms });

const isConstant = (p: Position): boolean => p.terms.length === 0;

export function quotient(of: Position, by: number): Position {
  if (by === 1) return of;
  if (isConstant(of)) return constantPosition(Math.floor(of.constant / by));
  return { constant: 0, terms: [{ atom: { kind: 'quotient', of, by }, stride: 1 }] };
}
export function remainder(of: Position, by: number): Position {
  if (by === 1) return constantPosition(0);
  if (isConstant(of)) return constantPosition(of.constant % by);
  return { constant: 0, terms: [{ atom: { kind: 'remainder', of, by }, stride: 1 }] };
}

/** The counter that the position is, if it is one. */
export function asCounter({ constant, terms }: Position): Counter | undefined {
  const [first] = terms;
  return constant === 0 && terms.length === 1 && first && first.stride === 1 && !isDivision(first.atom)
    ? first.atom
    : undefined;
}

export function countersIn(positions: readonly Position[], found: Set<Counter> = new Set<Counter>()): Set<Counter> {
  for (const { terms } of positions)
    for (const { atom } of terms)
      if (isDivision(atom)) countersIn([atom.of], found);
      else found.add(atom);
  return found;
}

export function substitute(p: Position, counter: Counter, by: Position): Position {
  if (!countersIn([p]).has(counter)) return p;
  let result = constantPosition(p.constant);
  for (const { atom, stride } of p.terms) {
    const value = isDivision(atom)
      ? (atom.kind === 'quotient' ? quotient : remainder)(substitute(atom.of, counter, by), atom.by)
      : atom === counter
        ? by
        : counterPosition(atom);
    result = combine(value, stride, result);
  }
  return result;
}

export const substituteCondition = (c: Condition, counter: Counter, by: Position): Condition => ({
  relation: c.relation,
  left: substitute(c.left, counter, by),
  right: substitute(c.right, counter, by),
});

/** The number that a position is once the counters have values. */
export function evaluatePosition(p: Position, valueOf: (counter: Counter) => number): number {
  let total = p.constant;
  for (const { atom, stride } of p.terms) {
    if (!isDivision(atom)) {
      total += stride * valueOf(atom);
      continue;
    }
    const of = evaluatePosition(atom.of, valueOf);
    total += stride * (atom.kind === 'quotient' ? Math.floor(of / atom.by) : of % atom.by);
  }
  return total;
}

/** The least and the largest number that a position can be. */
export function rangeOf(p: Position): readonly [least: number, largest: number] {
  let [least, largest] = [p.constant, p.constant];
  for (const { atom, stride } of p.terms) {
    const most = rangeOfAtom(atom) * stride;
    least += Math.min(0, most);
    largest += Math.max(0, most);
  }
  return [least, largest];
}
function rangeOfAtom(atom: Atom): number {
  if (!isDivision(atom)) return atom.extent - 1;
  const largest = rangeOf(atom.of)[1];
  return atom.kind === 'quotient' ? Math.floor(largest / atom.by) : Math.min(largest, atom.by - 1);
}

/** The distance in memory between neighbours along each extent. */
export function stridesOf(extents: readonly number[]): readonly number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const extent of extents.toReversed()) {
    strides.unshift(stride);
    stride *= extent;
  }
  return strides;
}
/** The cell of a row-major array as one position. */
export function flatten(at: readonly Position[], extents: readonly number[]): Position {
  const strides = stridesOf(extents);
  return at.reduce((total, p, axis) => combine(p, strides[axis]!, total), constantPosition(0));
}

/** Equal keys, equal positions. */
export const positionKey = ({ constant, terms }: Position): string =>
  [constant, ...terms.map(({ atom, stride }) => `${stride}*${atomKey(atom)}`)].join('+');
const atomKey = (atom: Atom): string =>
  isDivision(atom) ? `(${positionKey(atom.of)})${atom.kind === 'quotient' ? '/' : '%'}${atom.by}` : `#${atom.id}`;
