/** What is the shape of one expression, once its parts have theirs? */
import { refuse } from '../basics/problem.ts';
import { matrix, scalar, type Shape, transposed } from '../shape/shape.ts';
import type { Binary, Call, Expression, Name } from '../syntax/tree.ts';
import { broadcast, type Operand, together } from './broadcast.ts';
import { callShape } from './calls.ts';
import { type Checker, type Finding, type FreeIndices, isFunction, noIndices } from './checker.ts';
import { comparesIndices, deltaIndices, subscriptFinding, sumOver } from './indices.ts';
import { valueArguments } from './functions.ts';
import { literalShape } from './literals.ts';
import { powerShape, productShape, quotientShape } from './multiply.ts';
import { misshapen, say } from './say.ts';
import { partsOf } from '../syntax/parts.ts';

/** The parts that have values: not sizes, positions, or what a derivative is taken by. */
export function valueParts(e: Expression, checker: Checker): readonly Expression[] {
  if (e.kind === 'subscript') return [e.of];
  if (e.kind === 'indicator' && comparesIndices(e, checker)) return [];
  return e.kind === 'call' ? callParts(e, checker) : partsOf(e);
}
function callParts(e: Call, checker: Checker): readonly Expression[] {
  if (isFunction(e.name, checker)) return e.arguments;
  switch (e.name) {
    case 'ones':
    case 'zeros':
    case 'eye':
    case 'delta':
      return [];
    case 'grad':
    case 'jacobian':
    case 'hessian':
    case 'jvp':
    case 'vjp':
    case 'hvp': {
      const [of] = e.arguments;
      const isBare = of?.kind === 'name' && isFunction(of.name, checker);
      return [...(of && !isBare ? [of] : []), ...e.arguments.slice(2)];
    }
    default:
      return valueArguments(e);
  }
}

export function finding(e: Expression, checker: Checker): Finding {
  const { shapeOf, find, merge } = checker;
  const under = (...parts: readonly Expression[]): FreeIndices =>
    merge(
      parts.map((part) => find(part).free),
      e,
    );
  const operand = (expression: Expression): Operand => ({ expression, shape: shapeOf(expression) });
  switch (e.kind) {
    case 'number':
      return { shape: scalar, free: noIndices };
    case 'name':
      return nameFinding(e, checker);
    case 'sum': {
      const [first, ...others] = e.terms;
      let shape = shapeOf(first!.term);
      others.forEach(({ negative, term }, n) => {
        const right = operand(term);
        const fitting = together(shape, right.shape, checker);
        // Only a message needs to name what came before.
        const left = (): Expression => (n === 0 ? first!.term : { kind: 'sum', terms: e.terms.slice(0, n + 1) });
        const both = fitting ?? broadcast({ expression: left(), shape }, right, negative ? '-' : '+', e, checker);
        shape = checker.sizes.resolveShape(both);
      });
      return { shape, free: under(...e.terms.map(({ term }) => term)) };
    }
    case 'negation':
      return { shape: shapeOf(e.of), free: under(e.of) };
    case 'transpose': {
      const shape = shapeOf(e.of);
      if (shape.kind === 'tensor')
        misshapen(e, `${say(e.of)} has ${shape.axes.length} axes, and only matrices are transposed`);
      return { shape: transposed(shape), free: under(e.of) };
    }
    case 'binary':
      return { shape: binaryShape(e, checker), free: under(e.left, e.right) };
    case 'matrix':
      return { shape: literalShape(e, checker), free: under(...e.rows.flat()) };
    case 'sum-over':
      return sumOver(e.index, e.body, e, checker);
    case 'subscript':
      return subscriptFinding(e, checker);
    case 'indicator':
      if (comparesIndices(e, checker)) return { shape: scalar, free: deltaIndices([e.left, e.right], e, checker) };
      return {
        shape: broadcast(operand(e.left), operand(e.right), 'compare', e, checker),
        free: under(e.left, e.right),
      };
    case 'call':
      return callShape(e, checker);
  }
}

function binaryShape(e: Binary, checker: Checker): Shape {
  const { shapeOf } = checker;
  switch (e.operator) {
    case '*':
      return productShape(e, checker);
    case '/':
      return quotientShape(e, checker);
    case '^':
      return powerShape(e, checker);
    case '.*':
    case './':
    case '.^':
      return broadcast(
        { expression: e.left, shape: shapeOf(e.left) },
        { expression: e.right, shape: shapeOf(e.right) },
        e.operator,
        e,
        checker,
      );
  }
}

function nameFinding(e: Name, checker: Checker): Finding {
  const known = checker.lookUp(e.name, e.span);
  if (known) return { shape: known.shape, free: noIndices };
  if (e.name === 'pi') return { shape: scalar, free: noIndices };
  if (e.name === 'I') {
    const size = checker.sizes.fresh();
    return { shape: matrix(size, size), free: noIndices };
  }
  if (checker.sizeNames.has(e.name) && !isFunction(e.name, checker)) return { shape: scalar, free: noIndices };
  const of = e.name.startsWith('J_') ? e.name.slice(2) : '';
  if (isFunction(of, checker)) {
    const argument = checker.onlyArgument(of);
    if (!argument)
      return refuse({
        kind: 'name',
        message: `${e.name} needs its point, as in ${e.name}(s): ${of} is not applied to exactly one argument`,
        span: e.span,
      });
    const meaning: Expression = { kind: 'call', name: e.name, arguments: [argument], span: e.span };
    const { shape, free } = checker.find(meaning);
    return { shape, free, meaning };
  }
  return checker.unknown(e);
}
