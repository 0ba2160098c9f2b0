import { describe, expect, test } from 'vitest';
import { program, question } from './shown.ts';

const report = (...lines: readonly string[]): string => lines.join('\n');

describe('typical slips are told what to write', () => {
  test.each([
    ['2x', '1:2: unexpected `x`; expected an operator or the end of the line', '1 | 2x', '  |  ^', 'hint: write 2*x'],
    [
      'x**2',
      '1:2: unexpected `**`; expected an operator, `=` or the end of the line',
      '1 | x**2',
      '  |  ^^',
      'hint: write x^2 for a power, x.^2 entry by entry',
    ],
    [
      'r = A.T*x',
      '1:6: unexpected `.`; expected an operator or the end of the line',
      '1 | r = A.T*x',
      '  |      ^',
      "hint: write A' for the transpose",
    ],
    [
      'a = = b',
      '1:5: unexpected `=`; expected an expression',
      '1 | a = = b',
      '  |     ^',
      'hint: write == for equality, without a space between',
    ],
    [
      "A'@B",
      '1:3: unexpected `@`; expected an operator or the end of the line',
      "1 | A'@B",
      '  |   ^',
      'hint: write * for the matrix product',
    ],
    [
      '\\frac{a}{b}',
      '1:1: unexpected `\\frac`; expected an expression',
      '1 | \\frac{a}{b}',
      '  | ^^^^^',
      'hint: LaTeX is not read here: write a/b',
    ],
    [
      '2*\\theta',
      '1:3: unexpected `\\theta`; expected an expression',
      '1 | 2*\\theta',
      '  |   ^^^^^^',
      'hint: LaTeX is not read here: write theta',
    ],
    [
      'y = A\\beta',
      '1:6: unexpected `\\beta`; expected an operator or the end of the line',
      '1 | y = A\\beta',
      '  |      ^^^^^',
      'hint: write A*beta for a product, A \\ beta for inv(A)*beta',
    ],
    [
      'y = x.**2',
      '1:6: unexpected `.**`; expected an operator or the end of the line',
      '1 | y = x.**2',
      '  |      ^^^',
      'hint: write x^2 for a power, x.^2 entry by entry',
    ],
    [
      'sum(X, axis=2)',
      '1:12: unexpected `=`; expected `)`, an operator or `,`',
      '1 | sum(X, axis=2)',
      '  |            ^',
      'hint: an axis is named last, in a call: softmax(X, dim=1)',
    ],
    [
      'check a = b',
      '1:9: unexpected `=`; expected an operator or `==`',
      '1 | check a = b',
      '  |         ^',
      'hint: write == for equality',
    ],
    [
      'a == b',
      '1:3: unexpected `==`; expected an operator, `=` or the end of the line',
      '1 | a == b',
      '  |   ^^',
      'hint: write a = b to define a name, check a == b to state a claim',
    ],
    [
      'A x',
      '1:3: unexpected `x`; expected an operator, `=` or the end of the line',
      '1 | A x',
      '  |   ^',
      'hint: write A*x',
    ],
    [
      "x' y",
      '1:4: unexpected `y`; expected an operator or the end of the line',
      "1 | x' y",
      '  |    ^',
      "hint: write x'*y",
    ],
    [
      '(a + b)(c)',
      '1:8: unexpected `(`; expected an operator or the end of the line',
      '1 | (a + b)(c)',
      '  |        ^',
      'hint: write (…)*(…)',
    ],
    [
      '[1 2]',
      '1:4: unexpected `2`; expected `]`, an operator or `,`',
      '1 | [1 2]',
      '  |    ^',
      'hint: write , between entries, or 1*2 for a product',
    ],
    [
      'e^{2}',
      '1:3: unexpected `{`; expected an expression',
      '1 | e^{2}',
      '  |   ^',
      'hint: group with parentheses: braces belong to R^{m x n} and Σ_{j,k}',
    ],
    [
      'Σ_{j=1}^n x',
      '1:7: unexpected `}`; expected an operator or `..`',
      '1 | Σ_{j=1}^n x',
      '  |       ^',
      'hint: a range is written Σ_{j=1..n}, a condition Σ_{j <= i}',
    ],
    [
      'A in R^d x m',
      '1:10: unexpected `x`; expected the end of the line or `,`',
      '1 | A in R^d x m',
      '  |          ^',
      'hint: write R^(m x n)',
    ],
    [
      'A in R^(d, m)',
      '1:10: unexpected `,`; expected `)`, an operator or `x`',
      '1 | A in R^(d, m)',
      '  |          ^',
      'hint: write x between two sizes: R^(m x n)',
    ],
    [
      'x in S^n',
      '1:6: unexpected `S`; expected R',
      '1 | x in S^n',
      '  |      ^',
      'hint: spaces are R, R^n and R^(m x n)',
    ],
    [
      'x in R^n, y in R^m',
      '1:13: unexpected `in`; expected an expression, the end of the line or `,`',
      '1 | x in R^n, y in R^m',
      '  |             ^^',
      'hint: start a new statement on a new line, or behind `;`',
    ],
    [
      'S in R^(n x n), symetric',
      '1:17: symetric is no fact that can be stated',
      '1 | S in R^(n x n), symetric',
      '  |                 ^^^^^^^^',
      'hint: did you mean symmetric?',
    ],
    [
      'y in R^n, simplex at k',
      '1:11: simplex has no position',
      '1 | y in R^n, simplex at k',
      '  |           ^^^^^^^^^^^^',
      'hint: only onehot is followed by at',
    ],
    [
      'tau > 1',
      '1:7: unexpected `1`; expected 0',
      '1 | tau > 1',
      '  |       ^',
      'hint: a declaration compares with 0, as in tau > 0; 1[a > b] is an indicator',
    ],
    [
      'at = 3',
      '1:1: unexpected `at`; expected an expression',
      '1 | at = 3',
      '  | ^^',
      'hint: at is a word of the language: choose another name',
    ],
    [
      'f(s + 1) = 2',
      '1:10: unexpected `=`; expected an operator or the end of the line',
      '1 | f(s + 1) = 2',
      '  |          ^',
      'hint: before = stands a name, a name with indices y[i], or a function of names f(s)',
    ],
    [
      "A^-1'",
      "1:3: `'` binds to the exponent, and a number needs no transpose",
      "1 | A^-1'",
      '  |   ^^^',
      "hint: write (A^-1)' for the transpose of a power",
    ],
    [
      'log|x|',
      '1:4: unexpected `|`; expected an operator, `=` or the end of the line',
      '1 | log|x|',
      '  |    ^',
      'hint: write abs(x) for an absolute value, norm2(x) for a norm, det(A) for a determinant',
    ],
    ['∂f', '1:3: the text ends too early; expected `/`', '1 | ∂f', '  |   ^', 'hint: a derivative is written ∂y/∂x'],
    [
      '∇f',
      '1:1: unexpected `∇`; expected an expression',
      '1 | ∇f',
      '  | ^',
      'hint: name the variable: ∇_x f, or grad(f, x)',
    ],
    ['+x', '1:1: unexpected `+`; expected an expression', '1 | +x', '  | ^', 'hint: leave the + out'],
    [
      '',
      '1:1: there is nothing to read',
      '1 |',
      '  | ^',
      "hint: declare names, as in x in R^n, and ask, as in grad(x'*x, x)",
    ],
  ])('%s', (text, ...lines) => expect(program(text)).toBe(report(...lines)));
});

describe('brackets that do not match are shown where they open', () => {
  test.each([
    ['y = f(x\nz = 2', '1:6: `(` is never closed', '1 | y = f(x', '  |      ^'],
    ['y = [a; (b]', '1:9: `(` is closed by `]`', '1 | y = [a; (b]', '  |         ^'],
    ['y = a)', '1:6: `)` closes nothing', '1 | y = a)', '  |      ^'],
    ['y = ‖a', '1:5: `‖` is never closed', '1 | y = ‖a', '  |     ^'],
    ['y = 1[a > 0', '1:5: `1[` is never closed', '1 | y = 1[a > 0', '  |     ^^'],
  ])('%s', (text, ...lines) => expect(program(text)).toBe(report(...lines)));
});

test('a line that ends too early is blamed at its end', () => {
  expect(program('x in R^n\nr = 2*\ns = 1')).toBe(
    report('2:7: the line ends too early; expected an expression', '2 | r = 2*', '  |       ^'),
  );
});

test('a character of no meaning is reported, not the bracket before it', () => {
  expect(program('f(a ? b)')).toBe(
    report('1:5: unexpected `?`; expected `)`, an operator or `,`', '1 | f(a ? b)', '  |     ^'),
  );
});

test('a question is no definition', () => {
  expect(question('a = 3')).toBe(
    report(
      '1:3: unexpected `=`; expected an operator, `==` or the end',
      '1 | a = 3',
      '  |   ^',
      'hint: write == for equality',
    ),
  );
});

test('a fact without a near relative is answered with the list', () => {
  expect(program('x in R^n, blue')).toContain(
    'hint: the facts are bernoulli, binary, constant, cov, diagonal, idempotent, invertible',
  );
});
