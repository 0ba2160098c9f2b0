/** The rules that hold for whatever functions there are: what calculus itself says. Differentiation follows them. */
import type { RuleSource } from './rule-source.ts';

const functions = 'f : R -> R; g : R -> R; x in R';

export const calculus = [
  {
    name: 'sum rule',
    given: functions,
    from: 'd(f(x) + g(x))',
    to: 'd(f(x)) + d(g(x))',
    source: 'calculus',
    says: 'A sum is differentiated term by term.',
  },
  {
    name: 'linearity',
    given: `${functions}; c in R`,
    from: 'd(c*f(x))',
    to: 'c*d(f(x))',
    source: 'calculus',
    says: 'What does not vary is a constant factor.',
  },
  {
    name: 'product rule',
    given: functions,
    from: 'd(f(x)*g(x))',
    to: 'g(x)*d(f(x)) + f(x)*d(g(x))',
    source: 'calculus',
    says: 'Each factor varies in turn, the others stay.',
  },
  {
    name: 'quotient rule',
    given: functions,
    from: 'd(f(x)/g(x))',
    to: '(1/g(x))*d(f(x)) - f(x)/g(x)^2*d(g(x))',
    source: 'calculus',
    says: 'The numerator varies over the divisor, then the divisor with a minus and a square.',
  },
  {
    name: 'reciprocal rule',
    given: functions,
    from: 'd(1/g(x))',
    to: '-(1/g(x)^2)*d(g(x))',
    source: 'calculus',
    says: 'The derivative of 1/g is -1/g^2 times that of g.',
  },
  {
    name: 'power rule',
    given: 'f : R -> R; x in R; p in R, constant',
    from: 'd(f(x)^p)',
    to: 'p*f(x)^(p - 1)*d(f(x))',
    source: 'calculus',
    says: 'The exponent comes down as a factor, and one less remains.',
  },
  {
    name: 'chain rule',
    given: 'f : R^m -> R^n; g : R^k -> R^m; x in R^k',
    from: 'jacobian(f(g(x)), x)',
    to: 'J_f(g(x))*J_g(x)',
    source: 'calculus',
    says: 'Derivatives along the way are multiplied, and summed over what lies between.',
  },
  {
    name: 'Jacobian of an unknown function',
    given: 'f : R^m -> R^n; x in R^m',
    from: 'd(f(x))',
    to: 'J_f(x)*d(x)',
    source: 'definition',
    says: 'Of f only the name of its Jacobian is known.',
  },
  {
    name: 'derivative of the variable',
    given: 'x in R^n',
    from: 'jacobian(x, x)[i,k]',
    to: 'delta(i,k)',
    source: 'definition',
    says: 'An entry of the variable varies with itself only.',
  },
] as const satisfies readonly RuleSource[];
