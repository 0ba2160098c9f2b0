/** What is the shape of one expression, once its parts have theirs? */
import { reductionFunctions } from '../../rules/functions/index.ts';
import { invariant, refuse } from '../basics/problem.ts';
import { closest } from '../basics/words.ts';
import {
  type Checker,
  derivedFunction,
  type Finding,
  type FreeIndices,
  isFunction,
  noIndices,
  sameShape,
  misshapen,
  say,
  type FunctionBody,
  type UnknownFunction,
} from './scope.ts';
import { expectationFinding } from './expectation.ts';
import { derivativeFinding } from './derivatives.ts';
import {
  commonShape,
  valueArguments,
  arityOf,
  builtinNames,
  derivativeFunctions,
  otherwiseKnown,
  refuseDim,
  rowFor,
  sizeFunctions,
  written,
} from './functions.ts';
import {
  comparesIndices,
  deltaIndices,
  indexAsNumber,
  isIndexName,
  rangeShape,
  subscriptFinding,
  sumOver,
} from './indices.ts';
import { literalShape } from './literals.ts';
import { broadcast, type Operand, together, powerShape, productShape, quotientShape } from './operators.ts';
import { parseExpression } from '../parse/parse.ts';
import { column, derivativeShape, matrix, scalar, type Shape, transposed } from '../shape/shape.ts';
import { integerIn, partsOf, positionFunctions } from '../syntax/parts.ts';
import { type Derived, primed } from '../syntax/unknown.ts';
import { three } from '../terms/construct.ts';
import { isOfNumbers } from '../terms/unknown.ts';
import type { Binary, Call, Expression, Name } from '../syntax/tree.ts';

/** The parts that have values: not sizes, positions, or what a derivative is taken by. */
export function valueParts(e: Expression, checker: Checker): readonly Expression[] {
  if (e.kind === 'subscript') return [e.of];
  if (e.kind === 'indicator' && comparesIndices(e, checker)) return [];
  // Its ends are sizes.
  if (e.kind === 'range') return [];
  if (e.kind === 'sum-over') return [...(e.conditions ?? []), e.body];
  return e.kind === 'call' ? callParts(e, checker) : partsOf(e);
}
function callParts(e: Call, checker: Checker): readonly Expression[] {
  if (isFunction(e.name, checker)) return e.arguments;
  switch (e.name) {
    case 'ones':
    case 'zeros':
    case 'eye':
    case 'delta':
    case 'levicivita':
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
    case 'range':
      return { shape: rangeShape(e, checker), free: noIndices };
    case 'sum-over':
      if (e.how === 'prod' && shapeOf(e.body).kind !== 'scalar')
        misshapen(
          e.body,
          `prod_${e.index} multiplies numbers, and ${say(e.body)} is ${checker.sizes.describe(shapeOf(e.body))}`,
        );
      return sumOver(e, checker);
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
  if (isIndexName(e, checker)) return { shape: scalar, free: indexAsNumber(e, checker) };
  if (checker.sizeNames.has(e.name) && !isFunction(e.name, checker)) return { shape: scalar, free: noIndices };
  const derived = derivedFunction(e.name, checker);
  if (derived) {
    const args = checker.onlyArguments(derived.of);
    if (!args)
      return refuse({
        kind: 'name',
        message: `${e.name} needs its point, as in ${e.name}(s): ${derived.of} is not applied to exactly one argument`,
        span: e.span,
      });
    const meaning: Expression = { kind: 'call', name: e.name, arguments: args, span: e.span };
    const { shape, free } = checker.find(meaning);
    return { shape, free, meaning };
  }
  return checker.unknown(e);
}

// ---- calls
// Which shape does a call have, and what does it stand for?

export function callShape(e: Call, checker: Checker): Finding {
  refuseDim(e, isFunction(e.name, checker));
  if (e.within && !derivativeFunctions.has(e.name))
    refuse({
      kind: 'question',
      message: `within ${e.within} says where a derivative is taken, and ${e.name} is none`,
      span: e.span,
      hint: `grad(f, S) within ${e.within}`,
    });
  const body = checker.functionDefinitions.get(e.name);
  if (body) return inlined(e, body, checker);
  const unknown = checker.functions.get(e.name);
  if (unknown) return applied(e, unknown, unknown.to, checker);
  const derived = derivedFunction(e.name, checker);
  if (derived) return derivativeOf(e, derived, checker);
  if (/^(?:J|H|D[D3-9]?)_/.test(e.name)) refuseDerivative(e, checker);

  if (e.name === 'E') return expectationFinding(e, checker);
  const other = written(e);
  if (other) return standingFor(e, other, checker);
  const arity = derivativeFunctions.get(e.name) ?? sizeFunctions.get(e.name) ?? arityOf(e.name);
  if (arity) checkArity(e, arity);
  if (derivativeFunctions.has(e.name)) return derivativeFinding(e, checker);
  if (sizeFunctions.has(e.name)) return { shape: sizedShape(e, checker), free: noIndices };
  const positions = positionFunctions.get(e.name);
  if (positions !== undefined) {
    checkArity(e, [positions, positions]);
    const dim = e.name === 'levicivita' ? three : checker.sizes.fresh();
    return { shape: scalar, free: deltaIndices(e.arguments, e, checker, dim) };
  }
  const row = rowFor(e);
  if (!row) return notAFunction(e, checker);
  const values = valueArguments(e);
  const shape = row.shape(e, values.map(checker.shapeOf), checker);
  return {
    shape,
    free: checker.merge(
      values.map((value) => checker.find(value).free),
      e,
    ),
  };
}

export function checkArity(e: Call, [least, most]: readonly [number, number]): void {
  const given = e.arguments.length;
  if (given >= least && given <= most) return;
  const count = least === most ? `${least}` : `${least} or ${most}`;
  refuse({
    kind: 'shape',
    message: `${e.name} takes ${count} argument${most === 1 ? '' : 's'}, not ${given}`,
    span: e.nameSpan ?? e.span,
  });
}

/** Another name for a function, or a shorthand: what it stands for is checked in its place. */
function standingFor(e: Call, other: NonNullable<ReturnType<typeof written>>, checker: Checker): Finding {
  if ('kind' in other) {
    const kinds = arityOf(other.name);
    if (kinds && kinds[1] === 1 && e.arguments.length === 2 && reductionFunctions.get(other.name)?.definite)
      refuse({
        kind: 'shape',
        message: `${e.name} takes 1 argument: every norm has a name of its own`,
        span: e.nameSpan ?? e.span,
        hint: normHint(e),
      });
    return { ...checker.find(other), meaning: other };
  }
  checkArity(e, [other.parameters.length, other.parameters.length]);
  const parsed = parseExpression(other.value);
  invariant(parsed.ok, `the shorthand ${e.name} is an expression`);
  const meaning = checker.inline(e, { name: e.name, parameters: other.parameters, value: parsed.value });
  return { ...checker.find(meaning), meaning };
}

/** norm(x, 1) is norm1(x), as the people who write it mean it. */
function normHint({ arguments: [of, order] }: Call): string {
  const text = of && say(of, 'x');
  const which = order && integerIn(order);
  if (which === 1 || which === 2) return `norm${which}(${text})?`;
  return `norm1(${text}), norm2(${text}), norminf(${text}) or normp(${text}, ${order ? say(order, 'p') : 'p'})?`;
}

function sizedShape(e: Call, checker: Checker): Shape {
  const [rows, columns] = e.arguments.map(checker.sizeOf);
  if (e.name === 'eye') return matrix(rows!, rows!);
  return columns ? matrix(rows!, columns) : column(rows!);
}

function inlined(e: Call, body: FunctionBody, checker: Checker): Finding {
  const count = body.parameters.length;
  checkArity(e, [count, count]);
  if (body.declared) checkArguments(e, body.declared, checker);
  const meaning = checker.inline(e, body);
  const { shape, free } = checker.find(meaning);
  if (body.declared && !sameShape(body.declared.to, shape, checker.sizes))
    misshapen(
      body.value,
      `${e.name} is declared with values ${checker.sizes.describe(body.declared.to)}, and its value is ${checker.sizes.describe(shape)}`,
    );
  return { shape, free, meaning };
}

function checkArguments(e: Call, { name, from, to }: UnknownFunction, { sizes, shapeOf }: Checker): void {
  checkArity(e, [from.length, from.length]);
  // A number from one number is found entry by entry.
  if (isOfNumbers({ from: from.map(({ kind }) => kind), to: to.kind })) return;
  from.forEach((shape, n) => {
    const argument = e.arguments[n]!;
    if (sameShape(shape, shapeOf(argument), sizes)) return;
    misshapen(
      argument,
      `${name} takes ${sizes.describe(shape)}${from.length > 1 ? ` as argument ${n + 1}` : ''}, and ${say(argument, 'its argument')} is ${sizes.describe(shapeOf(argument))}`,
    );
  });
}
function applied(e: Call, unknown: UnknownFunction, shape: Shape, checker: Checker): Finding {
  checkArguments(e, unknown, checker);
  return {
    shape: isOfNumbers({ from: unknown.from.map(({ kind }) => kind), to: unknown.to.kind })
      ? commonShape(e, e.arguments.map(checker.shapeOf), checker)
      : shape,
    free: checker.merge(
      e.arguments.map((argument) => checker.find(argument).free),
      e,
    ),
  };
}

/** J_f(s): n x m; H_f_12(x, y). What the program defines is differentiated by what is put in. */
function derivativeOf(e: Call, { of, by }: Derived, checker: Checker): Finding {
  const unknown = checker.functions.get(of);
  if (unknown && !checker.functionDefinitions.has(of))
    return applied(
      e,
      unknown,
      derivativeShape(
        unknown.to,
        by.map((n) => unknown.from[n - 1]!),
      ),
      checker,
    );
  const value: Expression = { kind: 'call', name: of, arguments: e.arguments, span: e.span };
  checkArity(e, [checker.functionDefinitions.get(of)!.parameters.length, e.arguments.length]);
  const [first, second] = by.map((n) => e.arguments[n - 1]!) as [Expression, Expression?];
  if (by.length > 2 || (second && second !== first))
    refuse({
      kind: 'rule',
      message: `${of} is defined: its higher and mixed derivatives have no names of their own`,
      span: e.span,
      hint: `jacobian(grad(${of}(…), …), …)`,
    });
  const meaning: Expression = {
    kind: 'call',
    name: second ? 'hessian' : 'jacobian',
    arguments: [value, first],
    span: e.span,
  };
  return { ...checker.find(meaning), meaning };
}

/** J_f of a function with several arguments, J_f_3 of one with two. */
function refuseDerivative(e: Call, checker: Checker): void {
  const of = e.name.replace(/^[^_]*_/, '').replace(/_\d+$/, '');
  const count = checker.functions.get(of)?.from.length;
  if (count === undefined) return;
  const [prefix] = e.name.split('_') as [string];
  refuse({
    kind: 'name',
    message: `${of} takes ${count === 1 ? 'one argument' : `${count} arguments`}, and ${e.name} is no derivative of it`,
    span: e.nameSpan ?? e.span,
    hint:
      count === 1
        ? `J_${of}, H_${of}`
        : `J_${of}_1, H_${of}_12, by the arguments${prefix === 'H' ? ' it is taken by' : ''}`,
  });
}

function notAFunction(e: Call, checker: Checker): never {
  const span = e.nameSpan ?? e.span;
  const known = checker.definitions.get(e.name) ?? checker.variables.get(e.name);
  if (known)
    refuse({
      kind: 'name',
      message: `${e.name} is ${checker.sizes.describe(known.shape)}, not a function`,
      span,
      hint: `${e.name}*(${e.arguments.map((argument) => say(argument, '…')).join(', ')})?`,
    });
  const { of = '' } = primed(e.name, 1) ?? {};
  if (checker.definitions.has(of) || checker.variables.has(of))
    refuse({
      kind: 'name',
      message: `${of}'(…) is the derivative of a function, and ${of} is none`,
      span,
      hint: `${of}'*(${e.arguments.map((argument) => say(argument, '…')).join(', ')})?`,
    });
  const near =
    otherwiseKnown.get(e.name.toLowerCase()) ??
    closest(e.name, [...checker.functionDefinitions.keys(), ...checker.functions.keys(), ...builtinNames()]);
  return refuse({
    kind: 'name',
    message: `${e.name} is not a function that is known here`,
    span,
    hint: near ? `${near}?` : `declare it, as in ${e.name} : R^m -> R^n`,
  });
}
