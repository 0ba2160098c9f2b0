/** Laws about products of square matrices, applied before a product turns into indices, where they can no longer be seen. */
import { sizeOf } from '../shape/dim.ts';
import type { Shape } from '../shape/shape.ts';
import type { Binary, Call, Expression, Operator } from '../syntax/tree.ts';
import * as Q from '../basics/rational.ts';
import { integerIn } from './multiply.ts';
import type { Shapes } from './scope.ts';

interface Law {
  readonly says: string;
  readonly of: string;
  /** The other side, where the law applies. */
  readonly becomes: (argument: Expression, shapes: Shapes) => Expression | undefined;
}

// ---- making expressions

const binary = (operator: Operator, left: Expression, right: Expression): Binary => ({
  kind: 'binary',
  operator,
  left,
  right,
});
const call = (name: string, ...args: readonly Expression[]): Call => ({ kind: 'call', name, arguments: args });
const times = (factors: readonly Expression[]): Expression => factors.reduce((a, b) => binary('*', a, b));
const number = (value: number): Expression => ({ kind: 'number', value: Q.rational(value) });
const negation = (of: Expression): Expression => ({ kind: 'negation', of });
const sum = (terms: readonly Expression[]): Expression =>
  terms.length === 1 ? terms[0]! : { kind: 'sum', terms: terms.map((term) => ({ negative: false, term })) };

/** The number of rows, as an expression that no name can shadow. */
function rowsOf(e: Expression, { shapeOf }: Shapes): Expression | undefined {
  const shape = shapeOf(e);
  if (shape.kind !== 'matrix') return undefined;
  const size = sizeOf(shape.rows);
  return size === undefined ? call('tr', binary('^', e, number(0))) : number(size);
}

// ---- reading expressions

const isSquare = (shape: Shape): boolean => shape.kind === 'matrix' && shape.rows === shape.columns;

/** The factors of a product, scalars apart from matrices; a quotient by a scalar is a product with its inverse. */
function factorsOf(
  e: Expression,
  shapes: Shapes,
): { readonly scalars: readonly Expression[]; readonly matrices: readonly Expression[] } {
  const [scalars, matrices]: [Expression[], Expression[]] = [[], []];
  const stack = [e];
  for (let node = stack.pop(); node; node = stack.pop()) {
    const isScalar = shapes.shapeOf(node).kind === 'scalar';
    if (isScalar) scalars.push(node);
    else if (node.kind === 'binary' && node.operator === '*') stack.push(node.right, node.left);
    else if (node.kind === 'binary' && node.operator === '/') {
      scalars.push(binary('/', number(1), node.right));
      stack.push(node.left);
    } else matrices.push(node);
  }
  return { scalars, matrices };
}
function squareFactors(e: Expression, shapes: Shapes): readonly Expression[] | undefined {
  const { scalars, matrices } = factorsOf(e, shapes);
  if (scalars.length > 0 || matrices.length < 2) return undefined;
  return matrices.every((matrix) => isSquare(shapes.shapeOf(matrix))) ? matrices : undefined;
}
function scaled(e: Expression, shapes: Shapes): readonly [scalar: Expression, rest: Expression] | undefined {
  const { scalars, matrices } = factorsOf(e, shapes);
  return scalars.length > 0 && matrices.length > 0 ? [times(scalars), times(matrices)] : undefined;
}
const argumentOf = (e: Expression, name: string): Expression | undefined =>
  e.kind === 'call' && e.name === name ? e.arguments[0] : undefined;
const isWrittenOut = (e: Expression): boolean => e.kind === 'matrix';

const map = <A, B>(value: A | undefined, make: (value: A) => B): B | undefined =>
  value === undefined ? undefined : make(value);

export const laws: readonly Law[] = [
  { says: 'inv(inv(A)) = A', of: 'inv', becomes: (e) => argumentOf(e, 'inv') },
  {
    says: 'inv(A*B) = inv(B)*inv(A)',
    of: 'inv',
    becomes: (e, shapes) => map(squareFactors(e, shapes), (all) => times(all.toReversed().map((m) => call('inv', m)))),
  },
  {
    says: 'inv(c*A) = inv(A)/c',
    of: 'inv',
    becomes: (e, shapes) => map(scaled(e, shapes), ([c, rest]) => binary('/', call('inv', rest), c)),
  },
  {
    says: 'inv(-A) = -inv(A)',
    of: 'inv',
    becomes: (e) => (e.kind === 'negation' ? negation(call('inv', e.of)) : undefined),
  },
  {
    says: 'inv(A^k) = inv(A)^k',
    of: 'inv',
    becomes: (e) =>
      e.kind === 'binary' && e.operator === '^' && (integerIn(e.right) ?? 0) > 0
        ? binary('^', call('inv', e.left), e.right)
        : undefined,
  },
  {
    says: 'inv(kron(A, B)) = kron(inv(A), inv(B))',
    of: 'inv',
    becomes: (e, shapes) =>
      e.kind === 'call' && e.name === 'kron' && e.arguments.every((a) => isSquare(shapes.shapeOf(a)))
        ? call('kron', ...e.arguments.map((a) => call('inv', a)))
        : undefined,
  },
  {
    says: 'det(inv(A)) = 1/det(A)',
    of: 'det',
    becomes: (e) => map(argumentOf(e, 'inv'), (a) => binary('/', number(1), call('det', a))),
  },
  { says: "det(A') = det(A)", of: 'det', becomes: (e) => (e.kind === 'transpose' ? call('det', e.of) : undefined) },
  {
    says: 'det(A*B) = det(A)*det(B)',
    of: 'det',
    becomes: (e, shapes) => map(squareFactors(e, shapes), (all) => times(all.map((m) => call('det', m)))),
  },
  {
    says: 'det(c*A) = c^n*det(A)',
    of: 'det',
    becomes: (e, shapes) =>
      map(scaled(e, shapes), ([c, rest]) =>
        map(rowsOf(e, shapes), (n) => binary('*', binary('^', c, n), call('det', rest))),
      ),
  },
  {
    says: 'det(A^k) = det(A)^k',
    of: 'det',
    becomes: (e) => (e.kind === 'binary' && e.operator === '^' ? binary('^', call('det', e.left), e.right) : undefined),
  },
  {
    says: 'logdet(inv(A)) = -logdet(A)',
    of: 'logdet',
    becomes: (e) => map(argumentOf(e, 'inv'), (a) => negation(call('logdet', a))),
  },
  {
    says: "logdet(A') = logdet(A)",
    of: 'logdet',
    becomes: (e) => (e.kind === 'transpose' ? call('logdet', e.of) : undefined),
  },
  {
    says: 'logdet(A*B) = logdet(A) + logdet(B)',
    of: 'logdet',
    becomes: (e, shapes) => map(squareFactors(e, shapes), (all) => sum(all.map((m) => call('logdet', m)))),
  },
  {
    says: 'logdet(c*A) = n*log|c| + logdet(A)',
    of: 'logdet',
    becomes: (e, shapes) =>
      map(scaled(e, shapes), ([c, rest]) =>
        map(rowsOf(e, shapes), (n) => sum([binary('*', n, call('log', call('abs', c))), call('logdet', rest)])),
      ),
  },
  {
    says: 'log(abs(det(A))) = logdet(A)',
    of: 'log',
    becomes: (e) =>
      map(
        map(argumentOf(e, 'abs'), (inner) => argumentOf(inner, 'det')),
        (a) => call('logdet', a),
      ),
  },
];
const byFunction = new Map<string, readonly Law[]>();
for (const law of laws) byFunction.set(law.of, [...(byFunction.get(law.of) ?? []), law]);

/** What an expression becomes by the first law that applies to it. */
export function lawFor(e: Expression, shapes: Shapes): Expression | undefined {
  if (e.kind === 'binary' && e.operator === '^' && shapes.shapeOf(e.left).kind === 'matrix') {
    const exponent = integerIn(e.right) ?? 1;
    if (exponent === -1) return call('inv', e.left);
    if (exponent < -1) return binary('^', call('inv', e.left), number(-exponent));
  }
  if (e.kind !== 'call' || e.arguments.length !== 1) return undefined;
  const [argument] = e.arguments as readonly [Expression];
  if (isWrittenOut(argument) || (e.name !== 'log' && !isSquare(shapes.shapeOf(argument)))) return undefined;
  for (const law of byFunction.get(e.name) ?? []) {
    const found = law.becomes(argument, shapes);
    if (found) return found;
  }
  return undefined;
}
