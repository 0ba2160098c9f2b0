/** Where does an expression exist, and where do its first derivatives? What facts and signs settle is not listed. */
import * as Q from '../basics/rational.ts';
import { toText } from '../print/text.ts';
import type { Binary, Call, Expression, Indicator } from '../syntax/tree.ts';
import { signOf } from '../terms/sign.ts';
import { isInvertible } from './definite.ts';
import { say } from './say.ts';
import type { CheckedProgram } from './scope.ts';
import { partsOf } from './walk.ts';
import type { World } from './world.ts';

export type Need = 'positive' | 'nonnegative' | 'nonzero' | 'invertible' | 'unique-maximum' | 'inside-unit';
export interface Condition {
  /** `domain`: needed for the value; `smooth`: for its derivative, as at a kink. */
  readonly kind: 'domain' | 'smooth';
  readonly needs: Need;
  readonly of: Expression;
  /** The part that asks for it: log(z). */
  readonly because: string;
  /** `of` is an array that must not be zero as a whole, single entries may: norm2(u). */
  readonly whole?: true | undefined;
}

interface Search {
  readonly checked: CheckedProgram;
  readonly world: World;
  readonly found: Map<string, Condition>;
}
/** `raised`: under a power above 1, which smooths a kink. */
interface Visit {
  readonly e: Expression;
  readonly raised: boolean;
}

export function conditionsOf(expression: Expression, checked: CheckedProgram, world: World): readonly Condition[] {
  const search: Search = { checked, world, found: new Map() };
  const seen = new Map<Expression, Set<boolean>>();
  const stack: Visit[] = [{ e: expression, raised: false }];
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const before = seen.get(visit.e) ?? new Set();
    if (before.has(visit.raised)) continue;
    seen.set(visit.e, before.add(visit.raised));
    stack.push(...look(visit, search).toReversed());
  }
  const all = [...search.found.values()];
  // What the value needs already need not be said again for the derivative.
  return all.filter(
    (c) =>
      c.kind === 'domain' ||
      !all.some(
        (d) => d.kind === 'domain' && d.needs === c.needs && d.whole === c.whole && toText(d.of) === toText(c.of),
      ),
  );
}

function note(condition: Condition, search: Search): void {
  const key = `${condition.kind} ${condition.needs} ${condition.whole ?? ''} ${toText(condition.of)}`;
  if (search.found.has(key) || isSettled(condition, search)) return;
  search.found.set(key, condition);
}

const plain = (parts: readonly Expression[]): readonly Visit[] => parts.map((part) => ({ e: part, raised: false }));

/** Notes what this node needs; gives the nodes to visit next. */
function look({ e, raised }: Visit, search: Search): readonly Visit[] {
  const { checked } = search;
  const stands = checked.inlined(e);
  if (stands !== e) return [{ e: stands, raised }];
  switch (e.kind) {
    case 'name': {
      const definition = checked.definitions.get(e.name);
      return definition ? [{ e: definition.value, raised }] : [];
    }
    case 'negation':
      return [{ e: e.of, raised }];
    case 'subscript':
      return plain([e.of]);
    case 'binary':
      return binary(e, search);
    case 'indicator':
      return indicator(e, search);
    case 'call':
      return plain(call(e, raised, search));
    case 'number':
    case 'sum':
    case 'transpose':
    case 'matrix':
    case 'sum-over':
      return plain(partsOf(e));
  }
}

const minus = (a: Expression, b: Expression): Expression =>
  b.kind === 'number' && Q.isZero(b.value)
    ? a
    : {
        kind: 'sum',
        terms: [
          { negative: false, term: a },
          { negative: true, term: b },
        ],
      };
const because = (e: Expression): string => say(e, e.kind === 'call' ? `${e.name}(…)` : '…');

// ---- powers and quotients

/** The exponent where it is a number. */
function constantIn(e: Expression, { checked, world }: Search): Q.Rational | undefined {
  if (checked.shapeOf(e).kind !== 'scalar') return undefined;
  const { node } = world.evaluate(e).term;
  return node.kind === 'number' ? node.value : undefined;
}

const norms: ReadonlySet<string> = new Set(['norm1', 'norm2', 'normf']);

/** norm2(u) is nonzero exactly where u is. */
function nonzero(e: Expression): Pick<Condition, 'needs' | 'of' | 'whole'> {
  let of = e;
  let whole = false;
  while (of.kind === 'call' && (norms.has(of.name) || of.name === 'abs')) {
    whole ||= norms.has(of.name);
    of = of.arguments[0]!;
  }
  return whole ? { needs: 'nonzero', of, whole: true } : { needs: 'nonzero', of };
}

function binary(e: Binary, search: Search): readonly Visit[] {
  const domain = (needs: Need, of: Expression): void =>
    note({ kind: 'domain', needs, of, because: because(e) }, search);
  switch (e.operator) {
    case '/':
    case './':
      note({ kind: 'domain', ...nonzero(e.right), because: because(e) }, search);
      return plain([e.left, e.right]);
    case '^':
    case '.^': {
      if (e.operator === '^' && search.checked.shapeOf(e.left).kind === 'matrix') {
        const exponent = constantIn(e.right, search);
        if (exponent && Q.isNegative(exponent)) domain('invertible', e.left);
        return plain([e.left]);
      }
      const exponent = constantIn(e.right, search);
      powerNeeds(e, exponent, search);
      const smooths = exponent !== undefined && Q.compare(exponent, Q.one) > 0;
      return [{ e: e.left, raised: smooths }, ...plain([e.right])];
    }
    case '*':
    case '.*':
      return plain([e.left, e.right]);
  }
}
function powerNeeds(e: Binary, exponent: Q.Rational | undefined, search: Search): void {
  const add = (kind: Condition['kind'], needs: Need, of: Expression): void =>
    note({ kind, needs, of, because: because(e) }, search);
  if (!exponent) add('domain', 'positive', e.left);
  else if (Q.isInteger(exponent)) {
    if (Q.isNegative(exponent)) note({ kind: 'domain', ...nonzero(e.left), because: because(e) }, search);
  } else if (Q.isNegative(exponent)) add('domain', 'positive', e.left);
  else rootNeeds(e.left, Q.compare(exponent, Q.one) < 0, add);
}
function rootNeeds(
  of: Expression,
  isSteep: boolean,
  add: (kind: Condition['kind'], needs: Need, of: Expression) => void,
): void {
  add('domain', 'nonnegative', of);
  if (isSteep) add('smooth', 'positive', of);
}

function indicator(e: Indicator, search: Search): readonly Visit[] {
  // Two indices are equal or not; nothing varies.
  const free = search.checked.freeIndices(e);
  if ([e.left, e.right].some((side) => side.kind === 'name' && free.has(side.name))) return [];
  note({ kind: 'smooth', needs: 'nonzero', of: minus(e.left, e.right), because: because(e) }, search);
  return plain([e.left, e.right]);
}

// ---- functions

const entryNeeds: ReadonlyMap<string, readonly [Condition['kind'], Need]> = new Map([
  ['log', ['domain', 'positive']],
  ['asin', ['domain', 'inside-unit']],
  ['acos', ['domain', 'inside-unit']],
  ['inv', ['domain', 'invertible']],
  ['logdet', ['domain', 'invertible']],
  ['abs', ['smooth', 'nonzero']],
  ['norm1', ['smooth', 'nonzero']],
  ['norm2', ['smooth', 'nonzero']],
  ['normf', ['smooth', 'nonzero']],
  ['relu', ['smooth', 'nonzero']],
  ['sign', ['smooth', 'nonzero']],
  ['step', ['smooth', 'nonzero']],
]);
/** norm1 has a kink wherever one entry is 0, these only where all are. */
const smoothWhole: ReadonlySet<string> = new Set(['norm2', 'normf']);
/** A power above 1 of these has a derivative at 0. */
const smoothed: ReadonlySet<string> = new Set(['abs', 'norm2', 'normf', 'relu']);

/** Notes what a call needs; gives the arguments to look into. */
function call(e: Call, raised: boolean, search: Search): readonly Expression[] {
  const [argument, other] = e.arguments;
  if (!argument || ['ones', 'zeros', 'eye', 'delta'].includes(e.name)) return [];
  const add = (kind: Condition['kind'], needs: Need, of: Expression): void =>
    note({ kind, needs, of, because: because(e) }, search);
  const isOurs = !search.checked.functions.has(e.name);
  if (isOurs && ['grad', 'jacobian', 'hessian'].includes(e.name)) return [argument];
  if (isOurs && ['jvp', 'vjp', 'hvp'].includes(e.name)) return [argument, e.arguments[2]!];
  if (!isOurs) return e.arguments;
  if (e.name === 'max') {
    if (other) add('smooth', 'nonzero', minus(argument, other));
    else if (search.checked.shapeOf(argument).kind !== 'scalar') add('smooth', 'unique-maximum', argument);
    return e.arguments;
  }
  if (e.name === 'tan') add('domain', 'nonzero', { kind: 'call', name: 'cos', arguments: [argument] });
  if (e.name === 'sqrt') rootNeeds(argument, true, add);
  const need = entryNeeds.get(e.name);
  if (!need || (raised && smoothed.has(e.name))) return [argument];
  if (e.name === 'log' && argument.kind === 'call' && argument.name === 'abs') return logOfAbs(argument, add);
  const isScalar = search.checked.shapeOf(argument).kind === 'scalar';
  if (need[1] === 'invertible' && isScalar) add('domain', 'nonzero', argument);
  else if (smoothWhole.has(e.name)) note({ kind: 'smooth', ...nonzero(e), because: because(e) }, search);
  else add(...need, argument);
  return [argument];
}
function logOfAbs(
  abs: Call,
  add: (kind: Condition['kind'], needs: Need, of: Expression) => void,
): readonly Expression[] {
  const [inner] = abs.arguments as readonly [Expression];
  const isDet = inner.kind === 'call' && inner.name === 'det';
  if (isDet) add('domain', 'invertible', inner.arguments[0]!);
  else add('domain', 'nonzero', inner);
  return isDet ? inner.arguments : [inner];
}

// ---- what is known already

const neverZero = ['onehot', 'simplex', 'pm1', 'spd', 'invertible', 'orthogonal'];

function isSettled({ needs, of, whole }: Condition, search: Search): boolean {
  const { checked, world } = search;
  if (needs === 'invertible') return isInvertible(of, search, 0);
  if (needs === 'unique-maximum') return false;
  const facts: ReadonlySet<string> =
    (of.kind === 'name' && (checked.variables.get(of.name) ?? checked.definitions.get(of.name))?.facts) || new Set();
  const { node } = world.evaluate(of).term;
  if (needs === 'inside-unit') {
    const bounded = node.kind === 'apply' && ['tanh', 'erf', 'sigmoid'].includes(node.fn);
    return bounded || (node.kind === 'number' && Q.compare(Q.absolute(node.value), Q.one) < 0);
  }
  const sign = signOf(world.evaluate(of).term);
  if (sign === 'positive' || (facts.has('simplex') && needs !== 'nonzero')) return true;
  if (needs === 'nonnegative') return sign === 'nonnegative' || sign === 'zero';
  if (needs === 'positive') return false;
  if (sign === 'negative' || sign === 'nonzero' || facts.has('simplex') || facts.has('pm1')) return true;
  return whole === true && (facts.has('nonzero') || neverZero.some((fact) => facts.has(fact)));
}
