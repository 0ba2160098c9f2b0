import { describe, expect, test } from 'vitest';
import { expression } from './shown.ts';

const table = (rows: readonly (readonly [text: string, tree: string])[]): void => {
  test.each(rows)('%s', (text, tree) => expect(expression(text)).toBe(tree));
};

describe('sums are one node, and parenthesised sums stay nested', () =>
  table([
    ['a - b + c', '{+a -b +c}'],
    ['a - (b - c)', '{+a -{+b -c}}'],
    ['-A*x + b - t', '{-(A * x) +b -t}'],
    ['--x + y', '{-neg(x) +y}'],
    ['a + -b', '{+a +neg(b)}'],
    ['-x', 'neg(x)'],
    ['--x', 'neg(neg(x))'],
    ['((x))', 'x'],
  ]));

describe('operators bind as on paper', () =>
  table([
    ['-x^2', 'neg((x ^ 2))'],
    ['-A*x', 'neg((A * x))'],
    ['2*-x*y', '((2 * neg(x)) * y)'],
    ['a*b/c.*d./e', '((((a * b) / c) .* d) ./ e)'],
    ['A\\b', '(inv(A) * b)'],
    ['a*A\\b*c', '((inv((a * A)) * b) * c)'],
    ['A\\B\\-x^2', '(inv((inv(A) * B)) * neg((x ^ 2)))'],
    ['a^b^c', '(a ^ (b ^ c))'],
    ['x^-1', '(x ^ neg(1))'],
    ['x^-2^2', '(x ^ neg((2 ^ 2)))'],
    ['x^--2', '(x ^ neg(neg(2)))'],
    ['x.^2.*y', '((x .^ 2) .* y)'],
    ["A'^2", "(A' ^ 2)"],
    ["x'*A*x", "((x' * A) * x)"],
    ['a^x[1]', '(a ^ x[1])'],
    ["A''", "A''"],
    ["f(s)'*r", "(f(s)' * r)"],
    ['1/2*norm2(r)^3', '((1 / 2) * (norm2(r) ^ 3))'],
  ]));

describe('numbers are exact, and take a point only with a digit behind it', () =>
  table([
    ['2.*x', '(2 .* x)'],
    ['2./x', '(2 ./ x)'],
    ['2.^x', '(2 .^ x)'],
    ['.5', '1/2d'],
    ['0.25', '1/4d'],
    ['1e-3', '1/1000d'],
    ['2E3', '2000d'],
    ['0', '0'],
    ['007', '7'],
  ]));

describe('brackets', () =>
  table([
    ['[1, 2; 3, 4]', '[1, 2; 3, 4]'],
    ['[A, b\n ; c, d]', '[A, b; c, d]'],
    ['[[1; 2], x]', '[[1; 2], x]'],
    ['A[i,:] + A[:, j]', '{+A[i, :] +A[:, j]}'],
    ['jacobian(y, z)[i,k]', 'jacobian(y, z)[i, k]'],
    ['x[a[1]]', 'x[a[1]]'],
    ['f(a,\n  b)', 'f(a, b)'],
    ['1[z > 0]', '1[z > 0]'],
    ['diag(1[z >= a + 1])', 'diag(1[z >= {+a +1}])'],
    ['𝟏[z ≠ 0] + 𝟙[a<b]', '{+1[z != 0] +1[a < b]}'],
    ['1[a == b]*1[a <= b]*1[a != b]', '((1[a == b] * 1[a <= b]) * 1[a != b])'],
    ['x1[1]', 'x1[1]'],
    ['[1[x > 0]; 1]', '[1[x > 0]; 1]'],
  ]));

describe('sums over an index', () =>
  table([
    ['sum_j(x[j])*2', '(sum_j<x[j]> * 2)'],
    ['sum_j x[j]*y[j] + c', '{+sum_j<(x[j] * y[j])> +c}'],
    ['2*Σ_j x[j]*y[j]', '(2 * sum_j<(x[j] * y[j])>)'],
    ['exp(z[i])/sum_j exp(z[j])', '(exp(z[i]) / sum_j<exp(z[j])>)'],
    ['-Σ_j x[j]', 'neg(sum_j<x[j]>)'],
    ['2*-Σ_j x[j]', '(2 * neg(sum_j<x[j]>))'],
    ['sum_j sum_k A[j,k]', 'sum_j<sum_k<A[j, k]>>'],
    ['sum_{j,k}(A[j,k])', 'sum_j<sum_k<A[j, k]>>'],
    ['Σ_{j, k} A[j,k]*x', 'sum_j<sum_k<(A[j, k] * x)>>'],
    ['∑ⱼ x[j]', 'sum_j<x[j]>'],
    ['∇_x Σ_j x[j]', 'grad(sum_j<x[j]>, x)'],
    ['Σ_θ(θ)', 'sum_theta<theta>'],
    ['sum_x*2', '(sum_x * 2)'],
    ['Σ_k*x', '(Sigma_k * x)'],
    ['Σ_1 + Σ', '{+Sigma_1 +Sigma}'],
    ['∑(x)', 'sum(x)'],
    ['sum(x, 1)', 'sum(x, 1)'],
  ]));

describe('Unicode writes the same', () =>
  table([
    ['−x·y', 'neg((x * y))'],
    ['A×B ÷ 2', '((A * B) / 2)'],
    ['x ⊙ y ⊘ z', '((x .* y) ./ z)'],
    ['A ⊗ B*c', '(kron(A, B) * c)'],
    ['Aᵀ*B⊤', "(A' * B')"],
    ['A^⊤ + x′', "{+A' +x'}"],
    ['A⁻¹', '(A ^ neg(1))'],
    ['x² + yⁿ', '{+(x ^ 2) +(y ^ n)}'],
    ['x¹²', '(x ^ 12)'],
    ['‖r‖^2', '(norm2(r) ^ 2)'],
    ['‖r‖₂² + ‖r‖₁', '{+(norm2(r) ^ 2) +norm1(r)}'],
    ['‖r‖_2*‖r‖_1*‖A‖_F', '((norm2(r) * norm1(r)) * norm2(A))'],
    ['||x - y||', 'norm2({+x -y})'],
    ['‖a + ‖b‖‖', 'norm2({+a +norm2(b)})'],
    ['‖a‖*‖b‖', '(norm2(a) * norm2(b))'],
    ['∇_A f', 'grad(f, A)'],
    ['∇_{θ} J(x)', 'grad(J(x), theta)'],
    ["2*∇_A f'^2", "(2 * (grad(f', A) ^ 2))"],
    ['∇ₓ∇ₓ f', 'grad(grad(f, x), x)'],
    ['∂y/∂z', 'jacobian(y, z)'],
    ['∂y[i]/∂z[k]*v', '(jacobian(y[i], z[k]) * v)'],
  ]));

describe('names have one spelling', () =>
  table([
    ['τ*σ*θ*λ', '(((tau * sigma) * theta) * lambda)'],
    ['Γ + Σ', '{+Gamma +Sigma}'],
    ['λ₁ + x₁₂ + xᵢ', '{+lambda_1 +x_12 +x_i}'],
    ['dθ + Δx + αβ', '{+dtheta +Delta_x +alpha_beta}'],
    ['ŷ', '\u0177'],
    ['y\u0302', '\u0177'],
    ['θ\u0302', 'θ\u0302'],
    ['𝐱 + ж + 数 + ℓ + É', '{+𝐱 +ж +数 +ℓ +É}'],
    ['W_1 + _x', '{+W_1 +_x}'],
    ['by + cases + d + R*symmetric', '{+by +cases +d +(R * symmetric)}'],
    ['__proto__ + constructor*toString(x)', '{+__proto__ +(constructor * toString(x))}'],
  ]));
