/** What sign does a term have wherever it is defined, as far as that is plain to see? */
import {
  entrywise,
  type EntrywiseRecord,
  type Range,
  reductionFunctions,
  vectorFunctions,
} from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Node, Term } from './node.ts';

export type Sign = 'positive' | 'nonnegative' | 'negative' | 'zero' | 'nonzero' | 'unknown';

/** What sign has every number of this range? */
function signIn({ least, most, reached }: Range): Sign {
  if (least > 0 || (least === 0 && reached !== 'least' && reached !== 'both')) return 'positive';
  if (least === 0) return 'nonnegative';
  return most < 0 || (most === 0 && reached !== 'most' && reached !== 'both') ? 'negative' : 'unknown';
}
/** Of an odd function that rises everywhere, the sign of its argument. */
function signOfCall(record: EntrywiseRecord, args: readonly Term[]): Sign {
  const sign = signIn(record.range);
  if (sign !== 'unknown') return sign;
  const keeps = record.parity === 'odd' && record.monotone === 'increasing' && record.period === 'none';
  return keeps ? signOf(args[0]!) : 'unknown';
}

const memo = new WeakMap<Node, Sign>();

export function signOf({ node }: Term): Sign {
  const known = memo.get(node);
  if (known) return known;
  const sign = compute(node);
  memo.set(node, sign);
  return sign;
}

function compute(node: Node): Sign {
  switch (node.kind) {
    case 'number':
      return Q.isZero(node.value) ? 'zero' : Q.isPositive(node.value) ? 'positive' : 'negative';
    case 'size':
      return 'positive';
    case 'delta':
    case 'pairing':
    case 'block':
      return 'nonnegative';
    case 'symbol': {
      const { facts, definition, role } = node.symbol;
      if (role === 'constant' || facts.has('positive')) return 'positive';
      if (facts.has('negative')) return 'negative';
      if (facts.has('nonnegative') || facts.has('onehot') || facts.has('simplex') || facts.has('binary'))
        return 'nonnegative';
      if (definition) return signOf(definition);
      return facts.has('nonzero') && node.slots.length === 0 ? 'nonzero' : facts.has('pm1') ? 'nonzero' : 'unknown';
    }
    case 'apply':
      return signOfCall(entrywise[node.fn], node.args);
    case 'operation': {
      const vector = vectorFunctions.get(node.op);
      if (vector) return signIn(vector.range);
      // The largest and the smallest entry are entries.
      if (reductionFunctions.has(node.op)) return signOf(node.body);
      if (node.op === 'det')
        return node.body.node.kind === 'symbol' && node.body.node.symbol.facts.has('spd') ? 'positive' : 'unknown';
      return 'unknown';
    }
    case 'sum': {
      const signs = node.terms.map(([c, t]) => scaled(signOf(t), c));
      if (signs.every((s) => s === 'positive' || s === 'nonnegative'))
        return signs.includes('positive') ? 'positive' : 'nonnegative';
      if (signs.every((s) => s === 'negative')) return 'negative';
      return 'unknown';
    }
    case 'product': {
      let sign: Sign = Q.isPositive(node.coefficient) ? 'positive' : 'negative';
      for (const [t, e] of node.factors) sign = multiplied(sign, raised(signOf(t), e));
      return node.bound.length > 0 && sign === 'nonzero' ? 'unknown' : sign;
    }
  }
}

const scaled = (sign: Sign, c: Q.Rational): Sign =>
  Q.isPositive(c)
    ? sign
    : sign === 'positive'
      ? 'negative'
      : sign === 'negative'
        ? 'positive'
        : sign === 'nonnegative'
          ? 'unknown'
          : sign;

function raised(sign: Sign, e: Q.Rational): Sign {
  if (sign === 'positive') return 'positive';
  if (Q.isInteger(e) && e.n % 2n === 0n)
    return sign === 'nonzero' || sign === 'negative'
      ? 'positive'
      : sign === 'zero'
        ? 'zero'
        : Q.isNegative(e)
          ? 'positive'
          : 'nonnegative';
  if (!Q.isInteger(e)) return Q.isNegative(e) ? 'positive' : 'nonnegative';
  return sign === 'nonnegative' && Q.isNegative(e) ? 'positive' : sign;
}

function multiplied(a: Sign, b: Sign): Sign {
  if (a === 'zero' || b === 'zero') return 'zero';
  if (a === 'unknown' || b === 'unknown') return 'unknown';
  if (a === 'positive') return b;
  if (b === 'positive') return a;
  if (a === 'negative' && b === 'negative') return 'positive';
  if (a === 'nonnegative' || b === 'nonnegative')
    return a === 'nonnegative' && b === 'nonnegative' ? 'nonnegative' : 'unknown';
  return 'nonzero';
}
