import { describe, expect, it } from 'vitest';
import { evaluated, expectEqual, expectValue, problemOf } from './given.ts';

const given = {
  x: [1, 2],
  y: [3, 5],
  r: [[10, 20]],
  w: [[1, 2, 3]],
  t: 2,
  A: [
    [1, 2],
    [3, 4],
  ],
  B: [
    [1, 2, 3],
    [4, 5, 6],
  ],
};

describe('sums', () => {
  it('add and subtract term by term', () => {
    expectValue('x + y - 2*x', [2, 3], given);
    expectValue('-x + y', [2, 3], given);
    expectValue('-(x)', [-1, -2], given);
  });

  it('let a scalar combine with anything', () => {
    expectValue('1 - x', [0, -1], given);
    expectValue('A + t', [[3, 4], [5, 6]], given); // prettier-ignore
  });

  it('add a row to every row and a column to every column', () => {
    expectValue('A + r', [[11, 22], [13, 24]], given); // prettier-ignore
    expectValue('r - A', [[9, 18], [7, 16]], given); // prettier-ignore
    expectValue('B + x', [[2, 3, 4], [6, 7, 8]], given); // prettier-ignore
    expectValue('x + B', [[2, 3, 4], [6, 7, 8]], given); // prettier-ignore
  });

  it('refuse a column plus a row, and say what may be meant', () => {
    expect(problemOf('x + r', given)).toMatchObject({
      kind: 'shape',
      message: '+ cannot combine 2 x 1 with 1 x 2',
      hint: 'a column and a row: transpose one of them?',
    });
    expect(problemOf('x - w', given).hint).toBeUndefined();
  });

  it('refuse sizes that do not fit', () => {
    expect(problemOf('A + B', given).message).toBe('+ cannot combine 2 x 2 with 2 x 3');
    expect(problemOf('B + y + [1; 2; 3]', given).kind).toBe('shape');
  });

  it('point at the innermost place that is wrong', () => {
    expect(problemOf('2*sum(x + w)', given).span).toEqual({ start: 6, end: 11 });
  });
});

describe('products', () => {
  it('multiply matrices, and matrices with vectors', () => {
    expectValue('A*B', [[9, 12, 15], [19, 26, 33]], given); // prettier-ignore
    expectValue('A*x', [5, 11], given);
    expectValue("x'*A", [[7, 10]], given);
  });

  it('make a scalar of a row times a column and a matrix of a column times a row', () => {
    expectValue("x'*y", 13, given);
    expectValue("x*y'", [[3, 5], [6, 10]], given); // prettier-ignore
    expectValue('x*w', [[1, 2, 3], [2, 4, 6]], given); // prettier-ignore
  });

  it('scale by scalars from both sides, also by products that are scalars', () => {
    expectValue('t*x*t', [4, 8], given);
    expectValue("x'*y*A", [[13, 26], [39, 52]], given); // prettier-ignore
  });

  it('refuse a column times a column, and say what may be meant', () => {
    expect(problemOf('x*y', given)).toMatchObject({
      kind: 'shape',
      message: '* cannot multiply 2 x 1 by 2 x 1',
      hint: "x.*y entry by entry, or x'*y?",
    });
  });

  it('work entry by entry with broadcasting under .* ./ .^', () => {
    expectValue('x.*y', [3, 10], given);
    expectValue('A.*r', [[10, 40], [30, 80]], given); // prettier-ignore
    expectValue('A.*x', [[1, 2], [6, 8]], given); // prettier-ignore
    expectValue('1./x', [1, 0.5], given);
    expectValue('r./A', [[10, 10], [10 / 3, 5]], given); // prettier-ignore
    expectValue('x.^2', [1, 4], given);
    expectValue('2.^x', [2, 4], given);
    expectValue('x.^y', [1, 32], given);
  });

  it('divide by scalars only', () => {
    expectValue('A/t', [[0.5, 1], [1.5, 2]], given); // prettier-ignore
    expectValue("y/(x'*x)", [0.6, 1], given);
    expect(problemOf('x/y', given)).toMatchObject({ kind: 'shape', hint: './ entry by entry?' });
  });
});

describe('powers', () => {
  it('of scalars are real', () => {
    expectValue('t^10', 1024, given);
    expectValue('t^-2', 0.25, given);
    expectValue('t^(1/2)', Math.SQRT2, given);
    expectValue('-t^2', -4, given);
    expectValue('2^3^2', 512);
  });

  it('of square matrices are integer', () => {
    expectValue('A^2', [[7, 10], [15, 22]], given); // prettier-ignore
    expectValue('A^0', [[1, 0], [0, 1]], given); // prettier-ignore
    expectEqual('A^5', 'A*A*A*A*A', given);
    expectEqual('A^-3', 'inv(A)*inv(A)*inv(A)', given);
    expect(problemOf('A^0.5', given).kind).toBe('shape');
    expect(problemOf('B^2', given).message).toBe('^ needs a square matrix, and this is 2 x 3');
    expect(problemOf('x^2', given).hint).toBe('.^ entry by entry?');
  });
});

describe('transposes', () => {
  it('turn vectors and matrices', () => {
    expectValue("x'", [[1, 2]], given);
    expectValue("r'", [10, 20], given);
    expectValue("B'", [[1, 4], [2, 5], [3, 6]], given); // prettier-ignore
    expectValue("t'", 2, given);
  });
});

describe('I', () => {
  it('takes its size from the other operand', () => {
    expectValue('I - A', [[0, -2], [-3, -3]], given); // prettier-ignore
    expectValue('A + 2*I', [[3, 2], [3, 6]], given); // prettier-ignore
    expectValue("x*x' + I/2", [[1.5, 2], [2, 4.5]], given); // prettier-ignore
    expectValue('(I + A)*B', [[10, 14, 18], [23, 31, 39]], given); // prettier-ignore
    expectValue('I*A*I', given.A, given);
    expectValue('(2*I)*x', [2, 4], given);
    expectValue("A - I' + I^2 - -I", [[2, 2], [3, 5]], given); // prettier-ignore
    expectValue('A.*I', [[1, 0], [0, 4]], given); // prettier-ignore
    expectEqual('A + I + 1', 'A + eye(2) + 1', given);
  });

  it('gives way to a value of that name', () => {
    expectValue('I + 1', 6, { I: 5 });
  });

  it('is refused where nothing says how large it is', () => {
    for (const text of ['I', '1 + I', 'tr(I)', 'kron(I, A)']) expect(problemOf(text, given).hint).toBe('eye(n)');
    expect(problemOf('I + x', given)).toMatchObject({ kind: 'shape', message: 'I cannot be added to 2 x 1' });
    expect(problemOf('I + B', given).kind).toBe('shape');
  });
});

describe('names', () => {
  it('mean values, then sizes, then pi', () => {
    expectValue('n*t', 6, { t: 2 }, { sizes: { n: 3 } });
    expectValue('cos(pi)', -1);
    expectValue('2*pi', 6, { pi: 3 });
  });

  it('without a value are refused', () => {
    expect(problemOf('x + q', given)).toMatchObject({ kind: 'name', message: 'q has no value' });
    expect(problemOf('wobble(x)', given).kind).toBe('name');
    expect(problemOf('toString + 1').kind).toBe('name');
    expect(problemOf('constructor(1)').kind).toBe('name');
  });

  it('with broken input arrays break loudly', () => {
    const broken = { shape: [3], data: Float64Array.of(1) };
    expect(() => evaluated('x', {}, { values: new Map([['x', broken]]) })).toThrow('fill the shape');
  });
});

describe('matrix literals', () => {
  it('hold entries', () => {
    expectValue('[1, 2; 3, 4]', [[1, 2], [3, 4]]); // prettier-ignore
    expectValue('[1; t; 3]', [1, 2, 3], given);
    expectValue('[1, 2, 3]', [[1, 2, 3]]);
    expectValue('[7]', 7);
  });

  it('hold blocks', () => {
    expectValue('[A, x; r, 0]', [[1, 2, 1], [3, 4, 2], [10, 20, 0]], given); // prettier-ignore
    expectValue('[x, y]', [[1, 3], [2, 5]], given); // prettier-ignore
    expectValue('[x; 1]', [1, 2, 1], given);
    expectValue('[B; w]', [[1, 2, 3], [4, 5, 6], [1, 2, 3]], given); // prettier-ignore
  });

  it('refuse blocks that do not fit', () => {
    expect(problemOf('[A, w]', given).message).toBe('blocks side by side need equally many rows: 2 x 2, 1 x 3');
    expect(problemOf('[A; w]', given).message).toBe('the rows of a matrix need equally many columns: 2, 3');
  });
});

describe('indicators', () => {
  it('compare entry by entry, with broadcasting', () => {
    expectValue('1[x > 1]', [0, 1], given);
    expectValue('1[A >= r/5]', [[0, 0], [1, 1]], given); // prettier-ignore
    expectValue('1[x <= 1] + 1[x < 1]', [1, 0], given);
    expectValue('1[x == 2] - 1[x != 2]', [-1, 1], given);
  });
});
