/** Is a matrix positive definite, is it invertible, as far as its parts show? */
import {
  alongDiagonal,
  congruence,
  cut,
  entrywise,
  extentOf,
  isAcross,
  isConstantIn,
  isUnchangedByTransposing,
  type Matrix,
  opened,
  remembered,
  renamed,
  sameSizes,
  touched,
  transposed,
  squared,
} from './matrix.ts';
import { byFact, byStructure, inferred, type Reason } from './reason.ts';
import { signFor } from './sign.ts';
import * as Q from '../basics/rational.ts';
import { type Dim, dimDifference, dimProduct, dimSum, fixed } from '../shape/dim.ts';
import { factThat, zerosOf } from '../syntax/facts.ts';
import {
  contract,
  delta,
  minus,
  negate,
  openOperation,
  partsOf,
  same,
  scale,
  sum,
  summandsOf,
  dependsOn,
  permutationAt,
  times,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Bound, Factor, Operation, OperationNode, SymbolNode, Term } from '../terms/node.ts';
import { leaves } from '../terms/substitute.ts';

/** x'*M*x > 0, or at least >= 0, for every x other than 0. */
export interface Definiteness {
  readonly isStrict: boolean;
  readonly because: Reason;
}

/** The fact of a name from which it follows. */
export function statedOf({ symbol }: SymbolNode, holds: Parameters<typeof factThat>[1]): Reason | undefined {
  const fact = factThat(symbol.facts, holds);
  return fact && byFact(fact, symbol.name);
}
export function argumentOf(t: Term): Matrix {
  const { body, bound } = openOperation(t as Term & { node: OperationNode });
  const [row, column] = bound as [Bound, Bound];
  return { term: body, rows: [row], columns: [column] };
}
const isNonzero = (t: Term): boolean => ['positive', 'negative', 'nonzero'].includes(signFor(t).sign);

/** Of a symmetric matrix; undefined where neither shows. */
export const definiteness = remembered((m: Matrix): Definiteness | undefined => {
  const { term, rows, columns } = m;
  if (!sameSizes(rows, columns)) return undefined;
  if (isConstantIn(m)) return ofConstant(m);
  const { node, at } = term;
  switch (node.kind) {
    case 'sum': {
      const parts = summandsOf(term).map(([c, t]) => definiteness({ term: scale(c, t), rows, columns }));
      if (parts.every((part) => part !== undefined))
        return {
          isStrict: parts.some(({ isStrict }) => isStrict),
          because: inferred('sum of semidefinite matrices', ...parts.map(({ because }) => because)),
        };
      const projects = isUnchangedByTransposing(m) ? idempotence(m) : undefined;
      return projects && { isStrict: false, because: inferred('orthogonal projection', projects) };
    }
    case 'symbol': {
      const open = opened(term);
      return (isAcross(at, m) ? ofName(m, node) : undefined) ?? (open && definiteness({ term: open, rows, columns }));
    }
    case 'delta':
      return isAcross(at, m) ? { isStrict: true, because: byStructure('the identity') } : undefined;
    case 'operation':
      return isAcross(at, m) ? ofFunction(m, node.op) : undefined;
    case 'product':
      return node.bound.length > 0 ? ofContraction(m) : ofProduct(m);
    default:
      return undefined;
  }
});

/** Of a function of a matrix, where it has a value. */
function ofFunction({ term }: Matrix, op: Operation): Definiteness | undefined {
  const argument = argumentOf(term);
  if (op === 'expm')
    return isUnchangedByTransposing(argument)
      ? { isStrict: true, because: byStructure('the exponential of a symmetric matrix') }
      : undefined;
  if (op !== 'inv' && !(op === 'sqrtm' && isUnchangedByTransposing(argument))) return undefined;
  const inner = definiteness(argument);
  const rule = op === 'inv' ? 'definite inverse' : 'definite square root';
  return inner && { isStrict: true, because: inferred(rule, inner.because) };
}
/** They have an inverse wherever they have a value. */
const alwaysInvertible: Partial<Record<Operation, string>> = {
  inv: 'an inverse',
  expm: 'a matrix exponential',
  sqrtm: 'a principal square root',
  eigvecs: 'an orthogonal matrix of eigenvectors',
  chol: 'a Cholesky factor',
};

/** A number, or a multiple of the matrix of ones. */
function ofConstant({ term, rows }: Matrix): Definiteness | undefined {
  const { sign, because } = signFor(term);
  if (sign === 'positive') return { isStrict: rows.length === 0, because };
  return sign === 'nonnegative' || sign === 'zero' ? { isStrict: false, because } : undefined;
}

function ofName(m: Matrix, node: SymbolNode): Definiteness | undefined {
  const stated = statedOf(node, ({ definite }) => definite === true);
  if (stated) return { isStrict: true, because: stated };
  const projects = isUnchangedByTransposing(m) ? statedOf(node, ({ idempotent }) => idempotent === true) : undefined;
  if (projects) return { isStrict: false, because: inferred('orthogonal projection', projects) };
  if (!zerosOf(node.symbol.facts).has('off the diagonal')) return undefined;
  const { index } = m.rows[0]!;
  const { sign } = signFor({ node, at: [index, index] });
  if (sign !== 'positive' && sign !== 'nonnegative') return undefined;
  const facts = [...node.symbol.facts].map((fact) => byFact(fact, node.symbol.name));
  return { isStrict: sign === 'positive', because: inferred('nonnegative diagonal', ...facts) };
}

/** diag(u)*(A .* B)*diag(u), or a diagonal matrix. */
function ofProduct(m: Matrix): Definiteness | undefined {
  const { rows, columns } = m;
  const diagonal = alongDiagonal(m);
  if (diagonal) {
    const inner = definiteness(diagonal);
    return inner && { ...inner, because: inferred('nonnegative diagonal', inner.because) };
  }
  const { scalar, left, right, links } = entrywise(m);
  if (!same(renamed(left, rows, columns), right)) return undefined;
  const number = definiteness({ term: scalar, rows: [], columns: [] });
  const parts = links.map((link) => {
    const own = linkIn(link, m);
    return own && definiteness(own);
  });
  if (!number || !parts.every((part) => part !== undefined)) return undefined;
  const covers = rows.every(({ index }) => links.some(([t]) => t.at.includes(index)));
  return {
    isStrict: number.isStrict && covers && isNonzero(left) && parts.every(({ isStrict }) => isStrict),
    because: inferred('Schur product', number.because, ...parts.map(({ because }) => because)),
  };
}
/**
 * One of the matrices that are multiplied entry by entry, or a whole power of it, over the pairs that it speaks of. One that
 * speaks of a row and not of the column opposite is found to be nothing: every case of `definiteness` has both.
 */
function linkIn([t, e]: Factor, { rows, columns }: Matrix): Matrix | undefined {
  if (!Q.isInteger(e) || Q.isNegative(e)) return undefined;
  const pairs = [...rows.keys()].filter((n) => touched(t, [rows[n]!, columns[n]!]).length > 0);
  return { term: t, rows: pairs.map((n) => rows[n]!), columns: pairs.map((n) => columns[n]!) };
}

/** B*C*B' */
function ofContraction(m: Matrix): Definiteness | undefined {
  const found = congruence(m);
  const inner = found && definiteness(found.inner);
  if (!inner) return undefined;
  const onto = inner.isStrict ? invertibility(found.outer) : undefined;
  return { isStrict: onto !== undefined, because: inferred('congruence', inner.because, ...(onto ? [onto] : [])) };
}

// ---- invertible

/** Does a matrix, with as many rows as columns, have an inverse wherever it has a value? */
export const invertibility = remembered((m: Matrix): Reason | undefined => {
  const { term, rows, columns } = m;
  if (rows.length === 0 && columns.length === 0) return isNonzero(term) ? byStructure('not zero') : undefined;
  const { node, at } = term;
  switch (node.kind) {
    case 'symbol': {
      const open = opened(term);
      const stated = isAcross(at, m) ? ofInvertibleName(m, node) : undefined;
      return stated ?? (open && invertibility({ term: open, rows, columns }));
    }
    case 'delta':
      return isAcross(at, m) ? byStructure('the identity') : undefined;
    case 'pairing':
      return isNumbering(m) ? byStructure('a numbering of pairs') : undefined;
    case 'operation':
      return isAcross(at, m) && alwaysInvertible[node.op] ? byStructure(alwaysInvertible[node.op]!) : undefined;
    case 'sum':
      return strictly(m) ?? strictly({ term: negate(term), rows, columns });
    case 'product':
      return (node.bound.length > 0 ? ofChain(m) : ofInvertibleProduct(m)) ?? strictly(m);
    default:
      return undefined;
  }
});
function ofInvertibleName({ rows }: Matrix, node: SymbolNode): Reason | undefined {
  const stated = statedOf(node, ({ invertible }) => invertible === true);
  if (stated) return stated;
  const columns = statedOf(node, ({ orthonormal }) => orthonormal === true);
  if (columns && node.slots[0] === node.slots[1]) return columns;
  const { index } = rows[0]!;
  const zeros = zerosOf(node.symbol.facts);
  const isTriangular = zeros.has('above the diagonal') || zeros.has('below the diagonal');
  if (!isTriangular || !isNonzero({ node, at: [index, index] })) return undefined;
  const facts = [...node.symbol.facts].map((fact) => byFact(fact, node.symbol.name));
  return inferred('triangular with a nonzero diagonal', ...facts);
}
/** A pairing lays the pairs of two axes out one behind the other. */
const isNumbering = ({ term: { at }, rows, columns }: Matrix): boolean => {
  const [whole, pair] = rows.length < columns.length ? [rows, columns] : [columns, rows];
  const isWhole = whole.length === 1 && whole[0]!.index === at[0];
  return isWhole && pair.length === 2 && pair.every(({ index }) => at.includes(index));
};

/** Definite, but for skew-symmetric summands. */
function strictly(m: Matrix): Reason | undefined {
  const { term, rows, columns } = m;
  const parts = summandsOf(term).map(([c, t]): Matrix => ({ term: scale(c, t), rows, columns }));
  const skew = parts.filter((part) => skewness(part));
  if (skew.length === 0) {
    const whole = definiteness(m);
    return whole?.isStrict ? whole.because : undefined;
  }
  const rest = parts.filter((part) => !skew.includes(part)).map((part) => definiteness(part));
  if (!rest.every((part) => part !== undefined) || !rest.some(({ isStrict }) => isStrict)) return undefined;
  return inferred('definite beside skew', ...rest.map(({ because }) => because));
}

/** B*C, both invertible. */
function ofChain(m: Matrix): Reason | undefined {
  const found = cut(m);
  const outer = found && invertibility(found.outer);
  const inner = outer && invertibility(found.inner);
  return inner && inferred('product of invertible matrices', outer, inner);
}
/** diag(u)*kron(A, B)*diag(v) */
function ofInvertibleProduct(m: Matrix): Reason | undefined {
  const { rows, columns } = m;
  const diagonal = alongDiagonal(m);
  if (diagonal) return invertibility(diagonal);
  const { scalar, left, right, links } = entrywise(m);
  if (![scalar, left, right].every((t) => isNonzero(t))) return undefined;
  const parts = links.map(([t, e]) =>
    Q.isOne(e) ? { term: t, rows: touched(t, rows), columns: touched(t, columns) } : undefined,
  );
  const [spent, sides] = [
    parts.flatMap((part) => (part ? [...part.rows, ...part.columns] : [])),
    [...rows, ...columns],
  ];
  if (spent.length !== sides.length || !sides.every((b) => spent.includes(b))) return undefined;
  const reasons = parts.map((part) => part && invertibility(part));
  return reasons.every((reason) => reason !== undefined)
    ? inferred('product of invertible matrices', ...reasons)
    : undefined;
}

// ---- skew-symmetric

const isTurnedByTransposing = (m: Matrix): boolean => same(transposed(m), negate(m.term));

/** skew(x): the permutation symbol alone speaks of its rows and columns. */
function isCrossProduct(m: Matrix): boolean {
  const ends = [...m.rows, ...m.columns].map(({ index }) => index);
  const { factors } = partsOf(m.term);
  const space = factors.find(([f, e]) => Q.isOne(e) && permutationAt(f));
  return (
    space !== undefined &&
    isAcross(
      space[0].at.filter((index) => ends.includes(index)),
      m,
    ) &&
    factors.every((factor) => factor === space || !ends.some((index) => dependsOn(factor[0], index)))
  );
}

/** Is a matrix the negative of its transpose? */
export const skewness = remembered((m: Matrix): Reason | undefined => {
  const { term, rows, columns } = m;
  if (!sameSizes(rows, columns)) return undefined;
  const { node, at } = term;
  if (node.kind === 'symbol' && isAcross(at, m)) {
    const stated = statedOf(node, ({ symmetry }) => symmetry === -1);
    if (stated) return stated;
  }
  if (isTurnedByTransposing(m) || isCrossProduct(m)) return byStructure('the negative of its transpose');
  switch (node.kind) {
    case 'symbol': {
      const open = opened(term);
      return open && skewness({ term: open, rows, columns });
    }
    case 'operation':
      return node.op === 'inv' && isAcross(at, m) ? skewness(argumentOf(term)) : undefined;
    case 'sum': {
      // Some by themselves, the others together: K + A - A'.
      const parts = summandsOf(term).map((summand) => ({
        summand,
        own: skewness({ term: summand[1], rows, columns }),
      }));
      const rest = sum(parts.filter(({ own }) => !own).map(({ summand }) => summand));
      return isTurnedByTransposing({ term: rest, rows, columns }) ? parts.find(({ own }) => own)?.own : undefined;
    }
    case 'product': {
      if (node.bound.length > 0) {
        const found = congruence(m);
        return found && skewness(found.inner);
      }
      const { left, right, links } = entrywise(m);
      const [link, ...others] = links;
      const isAlone = link !== undefined && others.length === 0 && Q.isOne(link[1]);
      return isAlone && same(renamed(left, rows, columns), right)
        ? skewness({ term: link[0], rows, columns })
        : undefined;
    }
    default:
      return undefined;
  }
});

// ---- projections
// Is a matrix its own square? P = X*inv(X'*X)*X' is, and I - P.

/** Larger terms are not multiplied with themselves. */
const mostLeaves = 12;

export const idempotence = remembered((m: Matrix): Reason | undefined => {
  const { term, rows, columns } = m;
  if (!sameSizes(rows, columns)) return undefined;
  const { node, at } = term;
  if (node.kind === 'symbol') {
    const stated = isAcross(at, m) ? statedOf(node, ({ idempotent }) => idempotent === true) : undefined;
    const open = stated ? undefined : opened(term);
    return stated ?? (open && idempotence({ term: open, rows, columns }));
  }
  if (isItsOwnSquare(m)) return byStructure('its own square');
  if (obliqueProjection(m)) return byStructure("U*inv(V'*U)*V'");
  const complement = rest(m);
  return complement && idempotence(complement);
});

function isItsOwnSquare(m: Matrix): boolean {
  if (leaves(m.term) > mostLeaves) return false;
  const between = m.rows.map(({ dim }): Bound => ({ index: freshIndex(), dim }));
  return same(squared(m, between), m.term);
}

/** P where the matrix is I - P. */
function rest({ term, rows, columns }: Matrix): Matrix | undefined {
  const identity = times(...rows.map(({ index, dim }, n) => delta(index, columns[n]!.index, dim)));
  const isPart = summandsOf(term).some(([c, t]) => Q.isOne(c) && same(t, identity));
  return isPart ? { term: negate(minus(term, identity)), rows, columns } : undefined;
}

/** U*inv(V'*U)*V': the middle of its own square cancels. Over how many rows the inverse is taken; undefined for others. */
function obliqueProjection(m: Matrix): Dim | undefined {
  const first = cut(m);
  const second = first && cut(first.inner);
  if (!second) return undefined;
  const { term: inverse } = second.outer;
  if (inverse.node.kind !== 'operation' || inverse.node.op !== 'inv' || !isAcross(inverse.at, second.outer))
    return undefined;
  const argument = argumentOf(inverse);
  const isTurned = inverse.at[0] !== second.outer.rows[0]!.index;
  const [a, b] = isTurned ? [argument.columns, argument.rows] : [argument.rows, argument.columns];
  const between = m.rows.map(({ dim }): Bound => ({ index: freshIndex(), dim }));
  const [u, v] = [first.outer, second.inner];
  const gram = contract(
    [renamed(renamed(v.term, v.columns, between), v.rows, a), renamed(renamed(u.term, u.rows, between), u.columns, b)],
    between,
  );
  return same(gram, argument.term) ? argument.rows[0]!.dim : undefined;
}

/** The rank of a matrix that is its own square is its trace. Undefined where that shows no size. */
export const rankOfProjection = remembered((m: Matrix): Dim | undefined => {
  const { term, rows, columns } = m;
  if (!idempotence(m)) return undefined;
  const open = opened(term);
  if (open) return rankOfProjection({ term: open, rows, columns });
  const oblique = obliqueProjection(m);
  if (oblique) return oblique;
  const complement = rest(m);
  const other = complement && rankOfProjection(complement);
  return other ? dimDifference(extentOf(rows), other) : sizeIn(contract([renamed(term, columns, rows)], rows));
});
/** n - 1 as a size. */
function sizeIn(t: Term): Dim | undefined {
  const parts = summandsOf(t).map(([c, s]): Dim | undefined => {
    const { coefficient, factors } = partsOf(s);
    const number = Q.times(c, coefficient);
    const sizes = factors.map(([{ node }, e]) => (node.kind === 'size' && Q.isOne(e) ? node.dim : undefined));
    if (!Q.isInteger(number) || !sizes.every((dim) => dim !== undefined)) return undefined;
    return sizes.reduce(dimProduct, fixed(Number(number.n)));
  });
  return parts.every((part) => part !== undefined) ? parts.reduce(dimSum, fixed(0)) : undefined;
}
