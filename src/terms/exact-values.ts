/** Where do functions have exact values? Of all rational numbers, or at a few points, as their records say. */
import { entrywise, type EntrywiseName, type EntrywiseRecord } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { number, piSymbol, symbolTerm } from './atoms.ts';
import type { Term } from './node.ts';
import { scale } from './sums.ts';

/** A rational number, or a rational multiple of pi. */
interface Exact {
  readonly value: Rational;
  readonly ofPi: boolean;
}
/** 0*pi is 0. */
const same = (a: Exact, b: Exact): boolean => Q.equal(a.value, b.value) && (a.ofPi === b.ofPi || Q.isZero(a.value));

/** `1/2`, `pi`, `pi/6`, `5/6*pi`. */
function exactFrom(text: string): Exact {
  const ofPi = text.includes('pi');
  const plain = text.replace(/\*?pi/, '');
  const [n = '', d = '1'] = plain.split('/');
  return { value: Q.rational(BigInt(n === '' ? '1' : n), BigInt(d)), ofPi: ofPi };
}

const isPi = ({ node }: Term): boolean => node.kind === 'symbol' && node.symbol === piSymbol;
function exactIn({ node }: Term): Exact | undefined {
  if (node.kind === 'number') return { value: node.value, ofPi: false };
  if (isPi({ node, at: [] })) return { value: Q.one, ofPi: true };
  if (node.kind !== 'product' || node.factors.length !== 1) return undefined;
  const [[base, exponent]] = node.factors as readonly [readonly [Term, Rational]];
  return isPi(base) && Q.isOne(exponent) ? { value: node.coefficient, ofPi: true } : undefined;
}

const pointsOf = new Map<EntrywiseName, readonly (readonly [at: Exact, value: Exact])[]>();
function points(fn: EntrywiseName, { exact }: EntrywiseRecord): readonly (readonly [at: Exact, value: Exact])[] {
  let known = pointsOf.get(fn);
  if (!known) {
    known = exact.kind === 'points' ? exact.at.map(([at, value]) => [exactFrom(at), exactFrom(value)] as const) : [];
    pointsOf.set(fn, known);
  }
  return known;
}

/** Into half a period on either side of 0; what is no multiple of pi stays. */
function withinPeriod(at: Exact, { period }: EntrywiseRecord): Exact {
  if (period === 'none' || !at.ofPi) return at;
  const whole = period === 'pi' ? Q.one : Q.rational(2);
  const turns = Q.plus(Q.over(at.value, whole), Q.half);
  const floor = turns.n >= 0n ? turns.n / turns.d : -((-turns.n + turns.d - 1n) / turns.d);
  const rest = Q.minus(at.value, Q.times(Q.rational(floor), whole));
  // The end of the interval is counted to the upper half.
  return { ofPi: true, value: Q.equal(rest, Q.negated(Q.over(whole, Q.rational(2)))) ? Q.negated(rest) : rest };
}

/** The exact value of a function of constants; undefined where there is none, or none is known. */
export function exactValue(fn: EntrywiseName, args: readonly Term[]): Term | undefined {
  const record: EntrywiseRecord = entrywise[fn];
  if (record.exact.kind === 'rational') {
    const values = args.flatMap(({ node }) => (node.kind === 'number' ? [node.value] : []));
    return values.length === args.length ? number(record.exact.value(...values)) : undefined;
  }
  const given = args.length === 1 ? exactIn(args[0]!) : undefined;
  if (!given) return undefined;
  const at = withinPeriod(given, record);
  const turned = record.parity !== 'none' && Q.isNegative(at.value);
  const wanted = turned ? { ...at, value: Q.negated(at.value) } : at;
  const found = points(fn, record).find(([point]) => same(point, wanted))?.[1];
  if (!found) return undefined;
  const value = turned && record.parity === 'odd' ? Q.negated(found.value) : found.value;
  return found.ofPi && !Q.isZero(value) ? scale(value, symbolTerm(piSymbol, [])) : number(value);
}
