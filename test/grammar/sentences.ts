/** Random sentences of the compiled grammar: whatever the rules allow, at bounded depth. */
import fc from 'fast-check';
import grammar from '../../grammar/matrix-calculus.ts';
import type { Texts } from '../../src/parse/parse.ts';

type Symbol = string | { readonly type: string };
interface Rule {
  readonly name: string;
  readonly symbols: readonly Symbol[];
}
const rules = grammar.ParserRules as unknown as readonly Rule[];

/** One way to write each token, apart from those that depend on what stands around them. */
const written: Readonly<Record<string, readonly string[]>> = {
  word: ['a', 'B', 'tau', 'θ', 'x_1', 'by', 'd'],
  number: ['1', '0.5', '2e3', '.5'],
  zero: ['0'],
  lparen: ['('],
  rparen: [')'],
  lbracket: ['['],
  rbracket: [']'],
  lbrace: ['{'],
  rbrace: ['}'],
  indicator: ['1[', '𝟏['],
  bar_open: ['‖'],
  bar_close: ['‖', '‖₁'],
  transpose: ["'", 'ᵀ'],
  superscript: ['²', 'ⁿ', '⁻¹'],
  supercross: ['ˣ'],
  multiply: ['*', '.*', './', '⊗', '·'],
  slash: ['/'],
  backslash: ['\\ '],
  caret: ['^'],
  dot_caret: ['.^'],
  plus: ['+'],
  minus: ['-', '−'],
  partial: ['∂'],
  nabla: ['∇_A', '∇_{x}'],
  sum_call: ['sum_j', 'Σ_{j,k}', 'mean_j', 'prod_j'],
  sum_prefix: ['∑_j', 'Σ_{j,k}'],
  dim: ['dim'],
  within: ['within symmetric', 'within  vech'],
  sum_open: ['sum_{', 'Σ_{'],
  // What stands behind decides which of the two is read.
  sum_close: ['}'],
  sum_close_call: ['}'],
  dots: ['..'],
  comma: [','],
  semicolon: [';'],
  colon: [':'],
  arrow: ['->'],
  equals: ['=='],
  comparison: ['>', '<', '>=', '!='],
  at_most: ['<='],
  assign: ['='],
  member: ['in', '∈'],
  at: ['at'],
  check: ['check'],
  by_cases: ['by cases'],
  reals: ['ℝ', 'R'],
  cross: ['x', '×'],
  separator: [';', '\n'],
  end: [''],
};

export const tokensOfRules: ReadonlySet<string> = new Set(
  rules.flatMap(({ symbols }) => symbols.flatMap((symbol) => (typeof symbol === 'string' ? [] : [symbol.type]))),
);

/** The least depth at which each rule can be finished. */
function leastDepths(): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (let changed = true; changed;) {
    changed = false;
    for (const rule of rules) {
      const depth = depthOf(rule, depths);
      if (depth < (depths.get(rule.name) ?? Infinity)) {
        depths.set(rule.name, depth);
        changed = true;
      }
    }
  }
  return depths;
}
const depthOf = ({ symbols }: Rule, depths: ReadonlyMap<string, number>): number =>
  1 + Math.max(0, ...symbols.map((symbol) => (typeof symbol === 'string' ? (depths.get(symbol) ?? Infinity) : 0)));

const least = leastDepths();

/** `pick` chooses one of `count` possibilities. */
function sentence(symbol: Symbol, depth: number, pick: (count: number) => number): string {
  if (typeof symbol !== 'string') {
    const ways = written[symbol.type] ?? [];
    return `${ways[pick(ways.length)]} `;
  }
  const own = rules.filter(({ name }) => name === symbol);
  const shallow = own.filter((rule) => depthOf(rule, least) <= Math.max(depth, least.get(symbol) ?? 0));
  const rule = shallow[pick(shallow.length)];
  return rule === undefined ? '' : rule.symbols.map((child) => sentence(child, depth - 1, pick)).join('');
}

export const sentences = (start: keyof Texts, depth: number): fc.Arbitrary<string> =>
  fc
    .infiniteStream(fc.nat(1_000_000))
    .map((choices) => sentence(start, depth, (count) => Number(choices.next().value) % Math.max(count, 1)));
