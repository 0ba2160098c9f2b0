/** Functions recognised in what was spelled out: exp(x)/sum(exp(x)) is softmax(x). */
import type { RuleSource } from '../src/catalogue/source.ts';

export const folds = [
  { name: 'softmax recognised', given: 'x in R^n', from: 'exp(x[i])/sum_j(exp(x[j]))', to: 'softmax(x)[i]', source: 'definition', says: 'Exponentials over their sum are a softmax.' },
  { name: 'logsumexp recognised', given: 'x in R^n', from: 'log(sum_j(exp(x[j])))', to: 'logsumexp(x)', source: 'definition', says: 'The logarithm of a sum of exponentials is logsumexp.' },
  { name: 'log of softmax', given: 'x in R^n', from: 'log(softmax(x)[i])', to: 'log_softmax(x)[i]', source: 'definition', says: 'The logarithm of softmax is log_softmax.' },
  { name: 'exp of log_softmax', given: 'x in R^n', from: 'exp(log_softmax(x)[i])', to: 'softmax(x)[i]', source: 'definition', says: 'exp undoes the logarithm.' },
  { name: 'sigmoid recognised', given: 'x in R', from: 'exp(x)/(1 + exp(x))', to: 'sigmoid(x)', source: 'definition', says: 'exp(x)/(1 + exp(x)) is the sigmoid.' },
  { name: 'sigmoid recognised, reciprocal', given: 'x in R', from: '1/(1 + exp(-x))', to: 'sigmoid(x)', source: 'definition', says: '1/(1 + exp(-x)) is the sigmoid.' },
  { name: 'sigmoid of the opposite', given: 'x in R', from: '1 - sigmoid(x)', to: 'sigmoid(-x)', where: ['x is written negative'], source: 'symmetry of the logistic curve', says: 'sigmoid(x) and sigmoid(-x) add up to 1.' },
  { name: 'sigmoid times its opposite', given: 'x in R', from: 'sigmoid(x)*sigmoid(-x)', to: 'sigmoid(-x)*(1 - sigmoid(-x))', where: ['x is written negative'], source: 'symmetry of the logistic curve', says: 'sigmoid(x)*sigmoid(-x) is the slope s*(1 - s) of the sigmoid.' },
  { name: 'sigmoid times the opposite exponential', given: 'x in R', from: 'sigmoid(x)*exp(-x)', to: '1 - sigmoid(x)', source: 'definition', says: 'sigmoid(x)*exp(-x) is what sigmoid(x) lacks to 1.' },
  { name: 'tanh recognised', given: 'x in R', from: '(exp(x) - exp(-x))/(exp(x) + exp(-x))', to: 'tanh(x)', source: 'DLMF 4.28', says: 'This quotient is the hyperbolic tangent.' },
  { name: 'tanh recognised, doubled', given: 'x in R', from: '(exp(2*x) - 1)/(exp(2*x) + 1)', to: 'tanh(x)', source: 'DLMF 4.28', says: 'This quotient is the hyperbolic tangent.' },
  { name: 'tanh from sinh and cosh', given: 'x in R', from: 'sinh(x)/cosh(x)', to: 'tanh(x)', source: 'DLMF 4.28', says: 'sinh/cosh is tanh.' },
  { name: 'exp of log', given: 'x in R', from: 'exp(log(x))', to: 'x', source: 'definition', says: 'exp undoes log.' },
  { name: 'log of exp', given: 'x in R', from: 'log(exp(x))', to: 'x', source: 'definition', says: 'log undoes exp.' },
  { name: 'sum of squared cosine and sine', given: 'x in R', from: 'cos(x)^2 + sin(x)^2', to: '1', source: 'Pythagoras', says: 'cos^2 + sin^2 is 1.' },
  { name: 'difference of squared cosh and sinh', given: 'x in R', from: 'cosh(x)^2 - sinh(x)^2', to: '1', source: 'DLMF 4.35', says: 'cosh^2 - sinh^2 is 1.' },
  { name: 'absolute value and sign', given: 'x in R', from: 'abs(x)*sign(x)', to: 'x', source: 'definition', says: '|x| times the sign of x is x.' },
  { name: 'sign over absolute value', given: 'x in R', from: 'sign(x)/abs(x)', to: '1/x', source: 'definition', says: 'The sign over |x| is 1/x.' },
  { name: 'sign of a rectified value', given: 'x in R', from: 'sign(relu(x))', to: '1[x > 0]', source: 'definition', says: 'What is left after relu is positive or zero.' },
  { name: 'rectified and passed', given: 'x in R', from: 'relu(x)*1[x > 0]', to: 'relu(x)', source: 'definition', says: 'relu is zero already where the indicator is.' },
] as const satisfies readonly RuleSource[];
