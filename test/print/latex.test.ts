import fc from 'fast-check';
import katex from 'katex';
import { describe, expect, test, vi } from 'vitest';
import { toLatex } from '../../src/print/latex.ts';
import { fixed, named } from '../../src/shape/dim.ts';
import { column, matrix, scalar, type Shape } from '../../src/shape/shape.ts';
import { binary, call, expressions, name, number, parsed } from './trees.ts';

const render = (latex: string): string => katex.renderToString(latex, { throwOnError: true, strict: 'error' });

const table: readonly (readonly [typed: string, latex: string])[] = [
  // sums, products, quotients
  ["(1/tau)*(diag(y) - y*y')", String.raw`\frac{1}{\tau} \left( \operatorname{diag}(y) - y y^\top \right)`],
  ["(diag(y) - y*y')/tau", String.raw`\frac{1}{\tau} \left( \operatorname{diag}(y) - y y^\top \right)`],
  ["U'*(ŷ - y)", String.raw`U^\top (\hat{y} - y)`],
  ["3/2*norm2(r)*J_f(s)'*r", String.raw`\frac{3}{2} \lVert r\rVert_2 \, J_{f}(s)^\top r`],
  ['3/2*sqrt(17)*[10; 17]', String.raw`\frac{3}{2} \sqrt{17} \begin{bmatrix} 10 \\ 17 \end{bmatrix}`],
  [
    "(eye(n) - u*u'/norm2(u)^2)/norm2(u)",
    String.raw`\frac{1}{\lVert u\rVert_2} \left( I_{n} - \frac{u u^\top}{\lVert u\rVert_2^{2}} \right)`,
  ],
  ["x'*A*x/(x'*x)", String.raw`\frac{x^\top A x}{x^\top x}`],
  ['(a + b)/c', String.raw`\frac{a + b}{c}`],
  ['(x + y)/c', String.raw`\frac{1}{c} \left( x + y \right)`],
  ["1/2*x'*x/n", String.raw`\frac{1}{n} \cdot \frac{1}{2} x^\top x`],
  ['exp(z[i]/tau)/sum_j(exp(z[j]/tau))', String.raw`\frac{\exp(z_{i}/\tau)}{\sum_{j} \exp(z_{j}/\tau)}`],
  ['2*3*(3/4)*x*2', String.raw`2 \cdot 3 \cdot \frac{3}{4} x \cdot 2`],
  ['(-x)*(-2) - (-x)', String.raw`(-x) (-2) - (-x)`],
  ['yh*y', String.raw`\mathit{yh} \, y`],
  ['0.5*x + 1e-20', String.raw`0.5 x + 10^{-20}`],
  // entry by entry
  ["((yh - y)*W2' .* h)*W1'", String.raw`((\mathit{yh} - y) W_{2}^\top \odot h) W_{1}^\top`],
  ['-t./z', String.raw`-t \oslash z`],
  ['1./x', String.raw`1 \oslash x`],
  ['x./y.*z', String.raw`(x \oslash y) \odot z`],
  ['x.*y./z', String.raw`(x \odot y) \oslash z`],
  ['x.^2 + x.^(-1) + x.^n + x.^(a + b)', String.raw`x^{\circ 2} + x^{\circ -1} + x^{\circ n} + x^{\circ (a + b)}`],
  ["(x*y').^2", String.raw`(x y^\top)^{\circ 2}`],
  // powers, inverses, transposes
  ['x^(1/2)', 'x^{1/2}'],
  ['(a/b)^2', String.raw`\left( \frac{a}{b} \right)^{2}`],
  ["(A')^2", String.raw`(A^\top)^{2}`],
  ["(A^2)'", String.raw`(A^{2})^\top`],
  ["inv(X)' + (A + B)^-1", String.raw`X^{-\top} + (A + B)^{-1}`],
  ["inv(A*B)'", String.raw`(A B)^{-\top}`],
  // subscripts and sums
  ['y[i]*delta(i,k)', String.raw`y_{i} \delta_{ik}`],
  ['delta(tau, k)', String.raw`\delta_{\tau k}`],
  ['W_1[i,j] + (A*B)[i,j] + A[i,:] + A[1,2]', String.raw`(W_{1})_{ij} + (A B)_{ij} + A_{i,:} + A_{1,2}`],
  ['a*sum_j(b[j] + c)', String.raw`a \sum_{j} (b_{j} + c)`],
  ['sum_j(b[j])*a', String.raw`\left( \sum_{j} b_{j} \right) a`],
  // functions
  ['tr(A) + det(A) + vec(A)', String.raw`\operatorname{tr}(A) + \det(A) + \operatorname{vec}(A)`],
  ['logdet(X) + logdet(A + B)', String.raw`\log\lvert \det X\rvert + \log\lvert \det(A + B)\rvert`],
  [
    'norm1(x) + normf(X) + norm2(X) + abs(x)',
    String.raw`\lVert x\rVert_1 + \lVert X\rVert_F + \lVert X\rVert_F + \lvert x\rvert`,
  ],
  ['exp(x) + asin(x) + softmax(A*x + b)', String.raw`\exp(x) + \arcsin(x) + \operatorname{softmax}(A x + b)`],
  ['exp(1 + a/b)', String.raw`\exp\left( 1 + \frac{a}{b} \right)`],
  ['sum(x) + sum(X, 1) + sum(A*B, 2)', String.raw`\operatorname{sum}(x) + \mathbf{1}^\top X + A B \mathbf{1}`],
  [
    'ones(n)*s + ones(m, n) + zeros(n) - eye(n)',
    String.raw`\mathbf{1}_{n} s + \mathbf{1}_{m \times n} + \mathbf{0} - I_{n}`,
  ],
  ['kron(A, B)*vec(X)', String.raw`(A \otimes B) \operatorname{vec}(X)`],
  ["diag(1[z > 0])*W'", String.raw`\operatorname{diag}(\mathbf{1}[z > 0]) \, W^\top`],
  ['sigma(x) + f(x, y) + loss(x)', String.raw`\sigma(x) + f(x, y) + \operatorname{loss}(x)`],
  // derivatives
  ['grad(f, A) + hessian(f, x)', String.raw`\nabla_{A} f + \nabla^2_{x} f`],
  ['grad(f, A)*x', String.raw`(\nabla_{A} f) x`],
  ['jacobian(y, z)', String.raw`\frac{\partial y}{\partial z}`],
  ['jacobian(y, z)[i,k]', String.raw`\left( \frac{\partial y}{\partial z} \right)_{ik}`],
  ['jacobian(A*x, x)', String.raw`\frac{\partial}{\partial x} (A x)`],
  ['d(x) + d(A*x)', String.raw`\mathrm{d} x + \mathrm{d}(A x)`],
  // names
  ['W_1 + W2 + W1_2 + b_out + theta_1', String.raw`W_{1} + W_{2} + W_{1,2} + b_{\mathrm{out}} + \theta_{1}`],
  ['y_hat + yh + x2y', String.raw`\mathit{y\_hat} + \mathit{yh} + \mathit{x2y}`],
  ['ŷ + ȳ_1 + x̃', String.raw`\hat{y} + \bar{y}_{1} + \tilde{x}`],
];

describe('LaTeX', () => {
  test.each(table)('%s is set as %s', (typed, latex) => {
    expect(toLatex(parsed(typed))).toBe(latex);
    expect(render(latex)).toContain('katex');
  });

  test('a long numerator stands beside the fraction', () => {
    const long = parsed(`${Array.from({ length: 26 }, (_, i) => `a[${i}]`).join('*')}/b`);
    expect(toLatex(long)).toMatch(/^\\frac\{1\}\{b\} a_\{0\}/);
  });

  test('shapes, where they are known, decide what the letters would have to', () => {
    const shapes = new Map<string, Shape>([
      ['u', scalar],
      ['v', scalar],
      ['w', matrix(named('n'), fixed(3))],
      ['A', column(named('n'))],
    ]);
    expect(toLatex(parsed('(u + v)/2'), shapes)).toBe(String.raw`\frac{u + v}{2}`);
    expect(toLatex(parsed('norm2(w)'), shapes)).toBe(String.raw`\lVert w\rVert_F`);
    expect(toLatex(parsed('norm2(A)'), shapes)).toBe(String.raw`\lVert A\rVert_2`);
  });

  test.each([
    ['__proto__', String.raw`\mathit{\_\_proto\_\_}`],
    ['a$b', String.raw`\mathit{a\$b}`],
    ['constructor', String.raw`\mathit{constructor}`],
    ['}\\evil{', String.raw`\mathit{\}\backslash evil\{}`],
    ['a_}$', String.raw`a_{\mathrm{\}\$}}`],
    ['theta\u0302', String.raw`\hat{\theta}`],
    ['Ж', String.raw`\text{\char"416}`],
  ])('the name %s cannot break out', (hostile, latex) => {
    expect(toLatex(name(hostile))).toBe(latex);
    expect(render(latex)).toContain('katex');
  });

  test('any characters make a name, a function and an index that render', () => {
    // KaTeX says which characters its fonts lack; the browser's fonts have them.
    vi.spyOn(console, 'warn').mockReturnValue();
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: 'grapheme-ascii', minLength: 1 }),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        const formula = binary(call(hostile, name(hostile)), '*', {
          kind: 'sum-over',
          index: hostile,
          body: number(1),
        });
        render(toLatex(formula));
      }),
      { numRuns: 500 },
    );
  });

  test('every tree renders', () => {
    fc.assert(
      fc.property(expressions, (tree) => void render(toLatex(tree))),
      { numRuns: 500 },
    );
  });
});
