/**
 * Random programs of the language, well typed by construction and safe to evaluate: logarithms and roots get positive
 * arguments, inverses well-conditioned ones. The same random numbers make the same program.
 */
import type { Random } from '../../src/evaluate/points.ts';
import type { Fact } from '../../src/syntax/tree.ts';

/** Rows and columns as sizes of the language; '1' for none. */
export type Extent = readonly [rows: string, columns: string];
const scalar: Extent = ['1', '1'];

/** Every size name differs from every other, so that a transposed answer cannot pass. */
export const sizes: Readonly<Record<string, number>> = { n: 3, m: 2, p: 4 };

interface Leaf {
  readonly text: string;
  readonly extent: Extent;
  readonly facts: ReadonlySet<Fact>;
}
interface OpenIndex {
  readonly name: string;
  readonly size: string;
}

export const kinds = ['grad', 'jacobian', 'hessian', 'jvp', 'vjp', 'hvp', 'd', 'entry', 'value', 'mixed'] as const;
export type Kind = (typeof kinds)[number];

export interface GeneratedProgram {
  readonly text: string;
  readonly kind: Kind;
}

export const generate = (random: Random, kind?: Kind, reach: Reach = 'first edition'): GeneratedProgram =>
  new Generator(random, reach).program(kind);
/** What else is drawn: functions along an axis, products, variances, slices, shifts, ranges, conditions on positions, triangles. Tests by seed keep to the first edition, whose programs they know. */
export type Reach = 'first edition' | 'second edition';

const same = (a: Extent, b: Extent): boolean => a[0] === b[0] && a[1] === b[1];
const isColumn = ([rows, columns]: Extent): boolean => rows !== '1' && columns === '1';
const isRow = ([rows, columns]: Extent): boolean => rows === '1' && columns !== '1';
const isMatrix = ([rows, columns]: Extent): boolean => rows !== '1' && columns !== '1';
const isSquare = (extent: Extent): boolean => isMatrix(extent) && extent[0] === extent[1];
const fixed = (size: string): number | undefined => (/^[2-9]$/.test(size) ? Number(size) : undefined);

const spaceOf = (extent: Extent): string => {
  if (same(extent, scalar)) return 'R';
  return isColumn(extent) ? `R^${extent[0]}` : `R^(${extent[0]} x ${extent[1]})`;
};

const pools = {
  scalar: ['a', 'b', 'tau', 'theta'],
  column: ['x', 'y', 'z', 'w', 'u'],
  row: ['r', 'v'],
  matrix: ['A', 'B', 'C', 'W', 'X'],
} as const;

const smooth = ['exp', 'sin', 'cos', 'sinh', 'cosh', 'tanh', 'atan', 'sigmoid', 'softplus', 'erf', 'gelu', 'silu'];
const kinked = ['abs', 'relu', 'sign', 'step'];

class Generator {
  readonly #random: Random;
  readonly #reach: Reach;
  #leaves: Leaf[] = [];
  readonly #statements: string[] = [];
  readonly #functions: { name: string; from: Extent; to: Extent }[] = [];
  #indices: OpenIndex[] = [];
  #indexCount = 0;

  constructor(random: Random, reach: Reach) {
    this.#random = random;
    this.#reach = reach;
  }

  // ---- choosing

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.below(from.length)]!;
  }
  #chance(part: number): boolean {
    return this.#random.uniform() < part;
  }
  #size(): string {
    return this.#pick(['n', 'n', 'n', 'm', 'm', 'p', '2', '3']);
  }
  #extentLike(): Extent {
    const known = this.#leaves.filter(({ extent }) => !same(extent, scalar));
    return known.length > 0 ? this.#pick(known).extent : ['2', '1'];
  }
  /** A size that something in the program has. */
  #sizeInUse(): string {
    return this.#pick(this.#extentLike().filter((size) => size !== '1'));
  }

  // ---- programs

  program(wanted?: Kind): GeneratedProgram {
    const kind = wanted ?? this.#pick(kinds);
    this.#declareVariables();
    const variables = [...this.#leaves];
    if (this.#chance(0.15)) this.#declareFunctions();
    const definitions = this.#chance(0.5) ? 0 : 1 + this.#random.below(3);
    // Differences of differences of differences take too long.
    const derived = !['hessian', 'hvp', 'mixed', 'entry'].includes(kind);
    for (let n = 0; n < definitions; n++) this.#define(n, derived);
    this.#statements.push(this.#question(kind, variables));
    return { text: this.#statements.join('\n'), kind };
  }

  #declareVariables(): void {
    const count = 3 + this.#random.below(4);
    const used = new Set<string>();
    const shared = [this.#size(), this.#size()] as const;
    const size = (): string => (this.#chance(0.85) ? this.#pick(shared) : this.#size());
    for (let n = 0; n < count; n++) {
      const arrays = ['column', 'column', 'row', 'matrix', 'matrix'] as const;
      const kind: keyof typeof pools = n === 0 ? this.#pick(arrays) : this.#pick([...arrays, 'scalar'] as const);
      const names: readonly string[] = pools[kind];
      const name = names.find((candidate) => !used.has(candidate));
      if (!name) continue;
      used.add(name);
      const side = size();
      const extent: Extent =
        kind === 'scalar'
          ? scalar
          : kind === 'column'
            ? [side, '1']
            : kind === 'row'
              ? ['1', side]
              : [side, this.#chance(0.45) ? side : size()];
      const facts = this.#facts(extent);
      this.#statements.push([`${name} in ${spaceOf(extent)}`, ...facts].join(', '));
      this.#leaves.push({ text: name, extent, facts: new Set(facts) });
    }
  }

  #facts(extent: Extent): readonly Fact[] {
    if (this.#chance(0.5)) return [];
    if (same(extent, scalar)) return [this.#pick(['positive', 'nonzero', 'negative', 'nonnegative'] as const)];
    if (isSquare(extent) && this.#chance(0.85))
      return [this.#pick(['symmetric', 'spd', 'invertible', 'diagonal', 'orthogonal', 'skew'] as const)];
    return [this.#pick(['positive', 'onehot', 'simplex', 'binary', 'pm1', 'nonnegative', 'positive'] as const)];
  }

  #declareFunctions(): void {
    const from: Extent = [this.#sizeInUse(), '1'];
    const to: Extent = this.#chance(0.5) ? scalar : [this.#sizeInUse(), '1'];
    this.#functions.push({ name: 'f', from, to });
    this.#statements.push(`f : ${spaceOf(from)} -> ${spaceOf(to)}`);
  }

  #define(n: number, derived: boolean): void {
    const name = this.#pick(['h', 's', 'q', 'g', 'k1', 'loss']) + (n === 0 ? '' : `_${n}`);
    if (this.#chance(0.12)) {
      // An array given entry by entry.
      const size = this.#sizeInUse();
      this.#indices = [{ name: 'i', size }];
      const body = this.#indexed(2);
      this.#indices = [];
      if (body === undefined || !/\[(?:\w+,)?i\]|\[i,/.test(body)) return;
      this.#statements.push(`${name}[i] = ${body}`);
      this.#leaves.push({ text: name, extent: [size, '1'], facts: new Set() });
      return;
    }
    if (this.#chance(0.1) && this.#functions.every((f) => f.name !== 'phi')) {
      const leaves = this.#leaves;
      const functions = this.#functions.splice(0);
      this.#leaves = [{ text: 't0', extent: scalar, facts: new Set() }];
      this.#leaves.push({ text: '[t0; 1]', extent: ['2', '1'], facts: new Set() });
      this.#statements.push(`phi(t0) = ${this.#expression(scalar, 2)}`);
      this.#leaves = leaves;
      this.#functions.push(...functions, { name: 'phi', from: scalar, to: scalar });
      return;
    }
    if (derived && this.#chance(0.06)) {
      const by = this.#pick(this.#leaves.filter((leaf) => /^[a-zA-Z]+$/.test(leaf.text)));
      this.#statements.push(`${name} = grad(${this.#expression(scalar, 2)}, ${by.text})`);
      this.#leaves.push({ text: name, extent: by.extent, facts: new Set() });
      return;
    }
    const extent = this.#chance(0.25) ? scalar : this.#extentLike();
    this.#statements.push(`${name} = ${this.#expression(extent, 1 + this.#random.below(3))}`);
    this.#leaves.push({ text: name, extent, facts: new Set() });
  }

  #question(kind: Kind, variables: readonly Leaf[]): string {
    const depth = 1 + this.#random.below(3);
    // Mostly by a variable, sometimes by a name on the way.
    const by = this.#pick(this.#chance(0.9) ? variables : this.#leaves.filter(({ text }) => /^\w+$/.test(text)));
    const like = (leaf: Extent): string => this.#expression(leaf, 1);
    const at = (): string => {
      const free = variables.filter(({ facts }) => facts.size === 0);
      if (free.length === 0 || this.#chance(0.93)) return '';
      const { text, extent } = this.#pick(free);
      return ` at ${text} = ${this.#literal(extent) ?? this.#expression(extent, 0)}`;
    };
    const small = (): Extent => (this.#chance(0.75) ? this.#vectorLike() : this.#extentLike());
    switch (kind) {
      case 'grad':
        return `grad(${this.#expression(scalar, depth + 1)}, ${by.text})${at()}`;
      case 'jacobian':
        return `jacobian(${this.#expression(small(), depth)}, ${by.text})${at()}`;
      case 'hessian':
        return `hessian(${this.#expression(scalar, depth)}, ${by.text})`;
      case 'jvp':
        return `jvp(${this.#expression(small(), depth)}, ${by.text}, ${like(by.extent)})`;
      case 'vjp': {
        const of = small();
        return `vjp(${this.#expression(of, depth)}, ${by.text}, ${like(of)})`;
      }
      case 'hvp':
        return `hvp(${this.#expression(scalar, depth)}, ${by.text}, ${like(by.extent)})`;
      case 'd':
        return `d(${this.#expression(this.#chance(0.5) ? scalar : small(), depth)})`;
      case 'entry':
        return this.#entryQuestion(depth, by);
      case 'value':
        return this.#expression(small(), depth + 1);
      case 'mixed': {
        // By variables only: what a derivative by a name of a name means is a matter of taste.
        const [by, other] = [this.#pick(variables), this.#pick(variables)];
        return this.#chance(0.5)
          ? `jacobian(grad(${this.#expression(scalar, depth)}, ${by.text}), ${other.text})`
          : `sum(grad(${this.#expression(scalar, depth)}, ${by.text})) + ${this.#expression(scalar, 1)}`;
      }
    }
  }
  #vectorLike(): Extent {
    const size = this.#sizeInUse();
    return this.#chance(0.75) ? [size, '1'] : ['1', size];
  }
  #entryQuestion(depth: number, by: Leaf): string {
    const positions = (extent: Extent, from: number): string[] =>
      extent.filter((size) => size !== '1').map((_, n) => (this.#chance(0.2) ? '1' : 'ijkl'[from + n]!));
    if (this.#chance(0.5)) {
      const of: Extent = this.#vectorLike();
      const indices = [...positions(of, 0), ...positions(by.extent, 2)];
      return `jacobian(${this.#expression(of, depth)}, ${by.text})[${indices.join(', ')}]`;
    }
    if (same(by.extent, scalar)) return `grad(${this.#expression(scalar, depth + 1)}, ${by.text})`;
    if (this.#chance(0.5)) {
      const indices = [...positions(by.extent, 0), ...positions(by.extent, 2)];
      return `hessian(${this.#expression(scalar, depth)}, ${by.text})[${indices.join(', ')}]`;
    }
    return `grad(${this.#expression(scalar, depth + 1)}, ${by.text})[${positions(by.extent, 0).join(', ')}]`;
  }

  // ---- expressions

  #expression(extent: Extent, depth: number): string {
    const known = this.#leaves.filter((leaf) => same(leaf.extent, extent));
    if (depth <= 0) return known.length > 0 && this.#chance(0.9) ? this.#pick(known).text : this.#leafFor(extent);
    if (known.length > 0 && this.#chance(0.15)) return this.#pick(known).text;
    if (same(extent, scalar)) return this.#scalar(depth);
    if (isColumn(extent)) return this.#column(extent, depth);
    if (isRow(extent)) return this.#row(extent, depth);
    return this.#matrix(extent, depth);
  }

  #leafFor(extent: Extent): string {
    const [rows, columns] = extent;
    if (same(extent, scalar)) return this.#scalarLeaf();
    const turned = this.#leaves.filter((leaf) => leaf.extent[0] === columns && leaf.extent[1] === rows);
    if (turned.length > 0 && this.#chance(0.8)) return `${this.#pick(turned).text}'`;
    if (isSquare(extent) && this.#chance(0.4)) return `eye(${rows})`;
    const literal = this.#chance(0.5) ? this.#literal(extent) : undefined;
    if (literal) return literal;
    if (isColumn(extent)) {
      const wide = this.#leaves.filter((leaf) => isMatrix(leaf.extent) && leaf.extent[0] === rows);
      if (wide.length > 0 && this.#chance(0.7)) return `${this.#pick(wide).text}[:,1]`;
      return `ones(${rows})`;
    }
    if (isRow(extent)) {
      const tall = this.#leaves.filter((leaf) => isMatrix(leaf.extent) && leaf.extent[1] === columns);
      if (tall.length > 0 && this.#chance(0.7)) return `${this.#pick(tall).text}[1,:]`;
    }
    const [left, right] = [this.#leavesLike([rows, '1']), this.#leavesLike([columns, '1'])];
    if (left.length > 0 && right.length > 0) return `(${this.#pick(left).text}*${this.#pick(right).text}')`;
    return `ones(${rows}, ${columns})`;
  }
  #leavesLike(extent: Extent): readonly Leaf[] {
    return this.#leaves.filter((leaf) => same(leaf.extent, extent));
  }
  #scalarLeaf(): string {
    const subscripted = this.#subscripted();
    if (subscripted !== undefined && this.#chance(this.#indices.length > 0 ? 0.8 : 0.3)) return subscripted;
    const named = this.#leaves.map(({ extent }) => extent[0]).filter((size) => size in sizes);
    if (named.length > 0 && this.#chance(0.1)) return this.#pick(named);
    return this.#pick(['1', '2', '3', '1/2', '0.5', '2/3', '(-1)', '4', 'pi']);
  }
  /** An entry of an array, at open indices or at constant ones. */
  #subscripted(): string | undefined {
    const arrays = this.#leaves.filter(({ extent }) => !same(extent, scalar));
    const openSizes = new Set(this.#indices.map(({ size }) => size));
    const fitting = arrays.filter(({ extent }) => extent.some((size) => openSizes.has(size)));
    const from = fitting.length > 0 ? fitting : arrays;
    if (from.length === 0) return undefined;
    const { text, extent } = this.#pick(from);
    const positions = extent
      .filter((size) => size !== '1')
      .map((size) => {
        const open = this.#indices.filter((index) => index.size === size);
        return open.length > 0 ? this.#pick(open).name : this.#pick(['1', '2']);
      });
    return `${text}[${positions.join(',')}]`;
  }
  #literal(extent: Extent): string | undefined {
    const [rows, columns] = extent.map((size) => (size === '1' ? 1 : fixed(size)));
    if (rows === undefined || columns === undefined || rows * columns > 6) return undefined;
    const number = (): string => this.#pick(['1', '2', '-1', '1/2', '3', '0', '0.5']);
    if (same(extent, scalar)) return this.#pick(['1', '2', '-1', '1/2', '3', '0.5']);
    const lines = Array.from({ length: rows }, () => Array.from({ length: columns }, number).join(', '));
    return `[${lines.join('; ')}]`;
  }

  /** What any shape can be: sums, multiples, functions entry by entry. */
  #anywhere(extent: Extent, depth: number): (() => string)[] {
    const self = (less = 1): string => this.#expression(extent, depth - less);
    const number = (): string => this.#expression(scalar, depth - 1);
    const ways: (() => string)[] = [
      () => `(${self()} + ${self()})`,
      () => `(${self()} - ${self()})`,
      () => `(${self()} + ${self()} - ${self()})`,
      () => `(-${self()})`,
      () => `(${number()}*${self()})`,
      () => `(${self()}/${this.#positive(scalar, depth - 1)})`,
      () => `${this.#pick(smooth)}(${self()})`,
      () => `${this.#pick(smooth)}(${self()})`,
      () => `${this.#pick(kinked)}(${self()})`,
      () => `log(${this.#positive(extent, depth - 1)})`,
      () => `sqrt(${this.#positive(extent, depth - 1)})`,
      () => `max(${self()}, ${this.#chance(0.5) ? '0' : self()})`,
      () => `1[${self()} ${this.#pick(['>', '<', '>=', '<='])} ${this.#chance(0.5) ? '0' : self()}]`,
      () => `${this.#pick(['asin', 'acos', 'tan'])}(sin(${self()})/2)`,
    ];
    if (!same(extent, scalar))
      ways.push(
        () => `(${self()} .* ${self()})`,
        () => `(${self()} ./ ${this.#positive(extent, depth - 1)})`,
        () => `(${self()}.^2)`,
        () => `(${this.#positive(extent, depth - 1)}.^${this.#pick(['3', '(-1)', '(1/2)', '(-1/2)', '(2/3)', '1.5'])})`,
        () => `(${this.#positive(extent, depth - 1)}.^${self()})`,
        () => `(${number()} - ${self()})`,
        () => `(${number()} ./ ${this.#positive(extent, depth - 1)})`,
        () => `${this.#pick(['softmax', 'softmax', 'log_softmax'])}(${self()})`,
        () => `(${number()} + ${self()})`,
        () => `((${this.#expression([extent[1], extent[0]], depth - 1)})')`,
      );
    if (this.#reach === 'second edition' && !same(extent, scalar))
      ways.push(() => `${this.#pick(['softmax', 'log_softmax'])}(${self()}, dim=${this.#pick(['1', '2'])})`);
    return ways;
  }

  #applied(extent: Extent, depth: number): (() => string)[] {
    return this.#functions
      .filter(({ to }) => same(to, extent))
      .map(
        ({ name, from }) =>
          () =>
            `${name}(${this.#expression(from, depth - 1)})`,
      );
  }

  #scalar(depth: number): string {
    const column = (size: string): string => this.#expression([size, '1'], depth - 1);
    const any = (): string => this.#expression(this.#extentLike(), depth - 1);
    const vector = (): string => this.#expression(this.#vectorLike(), depth - 1);
    const square = (size: string): string => this.#expression([size, size], depth - 1);
    const number = (): string => this.#expression(scalar, depth - 1);
    const size = this.#sizeInUse();
    const ways = [
      ...this.#anywhere(scalar, depth),
      ...this.#applied(scalar, depth),
      () => `(${number()}*${number()})`,
      () => `(${number()}^${this.#pick(['2', '2', '3'])})`,
      () => `(${this.#positive(scalar, depth - 1)}^${this.#pick(['(1/2)', '(-1)', '(-2)', '(3/2)', '0.5'])})`,
      () => `(${this.#positive(scalar, depth - 1)}^${number()})`,
      () => `sum(${any()})`,
      () => `sum(${any()})`,
      () => `mean(${any()})`,
      () => `(${column(size)}'*${column(size)})`,
      () => `(${column(size)}'*${column(size)})`,
      () => `dot(${column(size)}, ${column(size)})`,
      () => `(${column(size)}'*${square(size)}*${column(size)})`,
      () => `norm1(${any()})`,
      () => `(${this.#pick(['norm2', 'norm2', 'normf'])}(${any()})${this.#pick(['', '^2', '^2', '^3'])})`,
      () => `tr(${square(size)})`,
      () => `tr(${square(size)}*${square(size)})`,
      () => `logdet(${this.#invertible(size, depth - 1)})`,
      () => `det(${this.#invertible(size, depth - 1)})`,
      () => `logsumexp(${vector()})`,
      () => `max(${vector()})`,
      () => this.#summed(depth),
      () => this.#summed(depth),
      () => {
        const extent = this.#extentLike();
        return `(vec(${this.#expression(extent, depth - 1)})'*vec(${this.#expression(extent, depth - 1)}))`;
      },
      () => {
        const [a, b] = [this.#extentLike(), this.#extentLike()];
        return `${this.#pick(['sum', 'norm2'])}(kron(${this.#expression(a, depth - 1)}, ${this.#expression(b, depth - 1)}))`;
      },
      () => {
        const [a, b] = [this.#extentLike(), this.#extentLike()];
        const middle = this.#expression([b[1], a[1]], depth - 1);
        return `sum(kron(${this.#expression(a, depth - 1)}, ${this.#expression(b, depth - 1)})*vec(${middle}))`;
      },
      () => {
        const other = this.#sizeInUse();
        return `${this.#pick(['sum', 'norm2', 'logsumexp'])}([${column(size)}; ${column(other)}])`;
      },
      () => {
        const other = this.#sizeInUse();
        const [corner, border] = [square(size), this.#expression([size, other], depth - 1)];
        return `norm2([${corner}, ${border}])`;
      },
      () => this.#scalarLeaf(),
    ];
    if (this.#reach === 'second edition')
      ways.push(
        () => this.#positions(),
        () => this.#positions(),
        () => `(${column(size)})[${this.#pick([size, '1'])}]`,
        () => `norm2(cumsum(${column(size)}))^2`,
        () => {
          const along = this.#pick(['max', 'norm2', 'var', 'logsumexp', 'prod']);
          return `sum(${along}(${any()}, dim=${this.#pick(['1', '2'])}))`;
        },
        () => `${this.#pick(['var', 'prod'])}(${this.#positive(this.#extentLike(), depth - 1)})`,
      );
    return this.#pick(ways)();
  }

  /** Sums over a range or under conditions, of entries at shifted positions, of positions as numbers. */
  #positions(): string {
    const columns = this.#leaves.filter(({ extent }) => isColumn(extent) && extent[0] !== '2');
    if (columns.length === 0 || this.#indices.length > 0) return this.#scalarLeaf();
    const { text, extent } = this.#pick(columns);
    const [size] = extent;
    const [x, y] = [text, this.#pick(this.#leavesLike(extent)).text];
    const squares = this.#leavesLike([size, size]);
    const pair = this.#pick([
      () => `${x}[i]*${y}[j]`,
      () => `(${x}[i] - ${y}[j])^2`,
      () => `exp(${x}[i] - ${x}[j])`,
      () => `1/(1 + (${x}[i] - ${x}[j])^2)`,
      () => `i*${x}[i]*${y}[j]^2`,
      () => (squares.length > 0 ? `${this.#pick(squares).text}[i,j]*${x}[j]` : `tanh(${x}[i]*${y}[j])`),
    ]);
    return this.#pick([
      () => `sum_{i=1..${size}-1}((${x}[i+1] - ${y}[i])^2)`,
      () => `sum_{i=1..${size}-1}(${this.#pick(smooth)}(${x}[i])*${y}[i+1])`,
      () => `sum_{i=2..${size}}(${x}[i-1]*${y}[i]^2)`,
      () => `sum_i(i*${this.#pick(smooth)}(${x}[i])*${y}[i])`,
      () => `sum_i(${x}[i]*${y}[${size}+1-i])`,
      () => `sum_{i >= 2}(${x}[i]*${y}[i-1])`,
      () => `sum_{i, j, i ${this.#pick(['<', '<=', '>', '>=', '!='])} j}(${pair()})`,
      () => `sum_{i, j, i ${this.#pick(['<', '<=', '!='])} j}(${pair()})`,
      () => `sum_{i,j}(1[i ${this.#pick(['<=', '!=', '>'])} j]*${pair()})`,
      () => `sum_i(${this.#pick(['log', 'sqrt', ''])}(sum_{j, j <= i}(exp(${x}[j])))*${y}[i])`,
    ])();
  }

  /** sum_j(…): the body mentions its index. */
  #summed(depth: number): string {
    if (this.#indices.length >= 2) return this.#scalarLeaf();
    const name = 'jklo'[this.#indexCount++ % 4]!;
    if (this.#indices.some((index) => index.name === name)) return this.#scalarLeaf();
    this.#indices.push({ name, size: this.#sizeInUse() });
    const body = this.#indexed(depth - 1);
    this.#indices.pop();
    return body?.includes(`[${name}`) || body?.includes(`,${name}]`) ? `sum_${name}(${body})` : '1';
  }
  #indexed(depth: number): string | undefined {
    const entries = [this.#subscripted(), this.#subscripted()];
    if (entries[0] === undefined) return undefined;
    const [x, y] = entries as [string, string];
    const last = this.#indices.at(-1)!;
    const other = this.#indices.find(({ name, size }) => name !== last.name && size === last.size);
    const more = (): string => (depth > 0 ? this.#scalar(depth - 1) : this.#scalarLeaf());
    return this.#pick([
      () => `${x}*${y}`,
      () => `${x}*${more()}`,
      () => `${this.#pick(smooth)}(${x})*${y}`,
      () => `(${x} - ${y})^2`,
      () => `${x}*${y}*${more()}`,
      () => `exp(${x})/(1 + exp(${x}))`,
      () => (other ? `${x}*(${y} - delta(${last.name},${other.name}))` : `${x}^2`),
      () => `${x}*${more()} + ${y}`,
    ])();
  }

  #column(extent: Extent, depth: number): string {
    const [rows] = extent;
    const other = this.#sizeInUse();
    const wide = (): string => this.#expression([rows, other], depth - 1);
    const product = (): string => `(${wide()}*${this.#expression([other, '1'], depth - 1)})`;
    return this.#pick([
      ...this.#anywhere(extent, depth),
      ...this.#applied(extent, depth),
      product,
      product,
      product,
      () => `((${this.#expression([other, rows], depth - 1)})'*${this.#expression([other, '1'], depth - 1)})`,
      () => `sum(${wide()}, 2)`,
      () => `mean(${wide()}, 2)`,
      () => `logsumexp(${wide()})`,
      () => `diag(${this.#expression([rows, rows], depth - 1)})`,
      () => `(${this.#invertible(rows, depth - 1, true)}*${this.#expression(extent, depth - 1)})`,
      () => `(diag(${this.#expression(extent, depth - 1)})*${this.#expression(extent, depth - 1)})`,
      () => this.#entriesOf(extent, depth) ?? product(),
      ...(this.#reach === 'second edition' && rows !== '2' ? this.#moved(extent, depth) : []),
    ])();
  }
  /** Slices put together again, cumulative sums, triangles. */
  #moved(extent: Extent, depth: number): readonly (() => string)[] {
    const [rows] = extent;
    const self = (): string => this.#expression(extent, depth - 1);
    const entry = (): string => this.#expression(scalar, Math.min(depth - 1, 1));
    return [
      () => `[${entry()}; (${self()})[2:${rows}]]`,
      () => `[(${self()})[2:${rows}]; ${entry()}]`,
      () => `[0; (${self()})[1:${rows}-1]]`,
      () => `cumsum(${self()})`,
      () => `(${this.#pick(['tril', 'triu'])}(${this.#expression([rows, rows], depth - 1)})*${self()})`,
    ];
  }
  /** [a; b; c] */
  #entriesOf([rows, columns]: Extent, depth: number): string | undefined {
    const [height, width] = [rows === '1' ? 1 : fixed(rows), columns === '1' ? 1 : fixed(columns)];
    if (height === undefined || width === undefined) return undefined;
    const entry = (): string => this.#expression(scalar, Math.min(depth - 1, 1));
    return `[${Array.from({ length: height }, () => Array.from({ length: width }, entry).join(', ')).join('; ')}]`;
  }

  #row(extent: Extent, depth: number): string {
    const [, columns] = extent;
    const other = this.#sizeInUse();
    const tall = (): string => this.#expression([other, columns], depth - 1);
    return this.#pick([
      ...this.#anywhere(extent, depth),
      () => `(${this.#expression(['1', other], depth - 1)}*${tall()})`,
      () => `(${this.#expression(['1', other], depth - 1)}*${tall()})`,
      () => `sum(${tall()}, 1)`,
      () => `mean(${tall()}, 1)`,
      () => `(${this.#expression(extent, depth - 1)}*${this.#invertible(columns, depth - 1, true)})`,
    ])();
  }

  #matrix(extent: Extent, depth: number): string {
    const [rows, columns] = extent;
    const other = this.#sizeInUse();
    const self = (): string => this.#expression(extent, depth - 1);
    const column = (): string => this.#expression([rows, '1'], depth - 1);
    const row = (): string => this.#expression(['1', columns], depth - 1);
    const product = (): string =>
      `(${this.#expression([rows, other], depth - 1)}*${this.#expression([other, columns], depth - 1)})`;
    const ways = [
      ...this.#anywhere(extent, depth),
      product,
      product,
      product,
      () => `(${column()}*${row()})`,
      () => `outer(${column()}, ${this.#expression([columns, '1'], depth - 1)})`,
      () => `(${self()} + ${this.#chance(0.5) ? row() : column()})`,
      () => `(${self()} .* ${this.#chance(0.5) ? row() : column()})`,
      () => `(diag(${column()})*${self()})`,
      () => `(${self()}*diag(${row()}))`,
      () => `(${this.#invertible(rows, depth - 1, true)}*${self()})`,
      () => this.#entriesOf(extent, depth) ?? product(),
    ];
    if (this.#reach === 'second edition')
      ways.push(
        () => `${this.#pick(['tril', 'triu'])}(${self()}${this.#pick(['', '', ', 1', ', -1'])})`,
        () => `cumsum(${self()}, dim=${this.#pick(['1', '2'])})`,
        () => `outer_sum(${column()}, ${row()})`,
        () => `[${row()}; (${self()})[2:${rows},:]]`,
      );
    if (isSquare(extent))
      ways.push(
        () => this.#invertible(rows, depth - 1, true),
        () => `(${self()}^${this.#pick(['2', '2', '3'])})`,
        () => `(eye(${rows}) + ${self()})`,
        () => `(I - ${self()})`,
        () => `diag(${this.#chance(0.7) ? column() : row()})`,
        () => `(${self()} + (${self()})')`,
      );
    return this.#pick(ways)();
  }

  #positive(extent: Extent, depth: number): string {
    const known = this.#leaves.filter((leaf) => same(leaf.extent, extent) && leaf.facts.has('positive'));
    if (known.length > 0 && this.#chance(0.4)) return this.#pick(known).text;
    const inner = (): string => this.#expression(extent, depth - 1);
    const square = same(extent, scalar) ? '^2' : '.^2';
    const column = this.#vectorLike();
    const ways = [
      () => `exp(${inner()})`,
      () => `(1 + ${inner()}${square})`,
      () => `(2 + sin(${inner()}))`,
      () => `sigmoid(${inner()})`,
      () => `softplus(${inner()})`,
      () => `(1 + abs(${inner()}))`,
      () => `(1 + exp(${inner()}))`,
    ];
    if (same(extent, scalar))
      ways.push(
        () => `(norm2(${this.#expression(column, depth - 1)})^2 + 1)`,
        () => `sum(exp(${this.#expression(column, depth - 1)}))`,
        () =>
          this.#pick(['2', '3', 'n']).replace('n', this.#leaves.some(({ extent: e }) => e.includes('n')) ? 'n' : '2'),
      );
    else ways.push(() => `softmax(${inner()})`);
    return this.#pick(ways)();
  }

  /** A square matrix far from singular, or its inverse. */
  #invertible(size: string, depth: number, inverted = false): string {
    const extent: Extent = [size, size];
    const safe: readonly Fact[] = ['invertible', 'spd', 'orthogonal'];
    const known = this.#leaves.filter((leaf) => same(leaf.extent, extent) && safe.some((fact) => leaf.facts.has(fact)));
    const column = (): string => this.#expression([size, '1'], depth - 1);
    const matrix = (): string => this.#expression([size, this.#sizeInUse()], depth - 1);
    const spd = this.#leaves.filter((leaf) => same(leaf.extent, extent) && leaf.facts.has('spd'));
    const ways = [
      () => {
        const factor = matrix();
        return `(eye(${size}) + ${factor}*${factor}')`;
      },
      () => `(2*eye(${size}) + ${((x: string) => `${x}*${x}'`)(column())})`,
      () => `diag(${this.#positive([size, '1'], depth - 1)})`,
      () =>
        spd.length > 0 ? `(${this.#pick(spd).text} + ${((x: string) => `${x}*${x}'`)(column())})` : `eye(${size})`,
      () => `(3*I + tanh(${this.#expression(extent, depth - 1)}))`,
      () => (known.length > 1 ? `(${this.#pick(known).text}*${this.#pick(known).text}')` : `(2*eye(${size}))`),
    ];
    const matrixText = known.length > 0 && this.#chance(0.6) ? this.#pick(known).text : this.#pick(ways)();
    if (!inverted) return matrixText;
    return this.#chance(0.7) || !/^\w+$/.test(matrixText) ? `inv(${matrixText})` : `${matrixText}^-1`;
  }
}
