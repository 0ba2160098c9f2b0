/** What a name's definition is worth as rules: its value is written as the name, and a sum of its entries may be known. */
import * as Q from '../basics/rational.ts';
import { freshPatternIndex } from './match.ts';
import type { Chain, RewriteRule, Telling } from './rule.ts';
import { contract, instantiate, number, partsOf, primitiveOf, scale, symbolTerm } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import { leaves } from '../terms/substitute.ts';
import type { Term, TermSymbol } from '../terms/node.ts';

/** Simplifies with the rules that hold without this name. */
export type Settle = (t: Term) => Chain;

export function rulesOfName(symbol: TermSymbol, settle: Settle): readonly RewriteRule[] {
  const { definition } = symbol;
  if (!definition || isTrivial(definition)) return [];
  return [foldInto(symbol, definition), ...sumsOf(symbol, definition, settle)];
}

/** An alias, a number, a multiple of one name or a transpose: writing the name for it would rename everything. */
const isTrivial = (t: Term): boolean => {
  const { factors, bound } = partsOf(t);
  return (
    t.node.kind !== 'sum' &&
    bound.length === 0 &&
    (factors.length === 0 ||
      (factors.length === 1 &&
        Q.isOne(factors[0]![1]) &&
        ['symbol', 'size', 'delta'].includes(factors[0]![0].node.kind)))
  );
};

export const tellingOfDefinition = ({ name }: TermSymbol): Telling => ({
  name: `definition of ${name}`,
  source: 'the program',
  says: `${name} is written for what it was defined as.`,
});

function foldInto(symbol: TermSymbol, definition: Term): RewriteRule {
  const at = symbol.dims.map(() => freshPatternIndex());
  const value = instantiate(definition, at);
  const name = symbolTerm(symbol, at);
  // Sums stand in products without their content: 2*a - 2*b inside a product is 2*(a - b).
  const [content, from] = value.node.kind === 'sum' ? primitiveOf(value, true) : [Q.one, value];
  return {
    ...tellingOfDefinition(symbol),
    from,
    to: scale(Q.inverse(content), name),
    where: [],
    powers: true,
  };
}

const largestWorthSumming = 12;

/** The entries of y = softmax(z) add up to 1, row by row: known from its definition, not from its name. */
function sumsOf(symbol: TermSymbol, definition: Term, settle: Settle): readonly RewriteRule[] {
  if (symbol.dims.length === 0 || leaves(definition) > largestWorthSumming) return [];
  return symbol.dims.flatMap((dim, slot): readonly RewriteRule[] => {
    const index = freshIndex();
    const at = symbol.dims.map((_, n) => (n === slot ? index : freshIndex()));
    const proof = settle(contract([instantiate(definition, at)], [{ index, dim }]));
    const { node } = proof.term;
    if (node.kind !== 'number') return [];
    const pattern = symbol.dims.map(() => freshPatternIndex());
    const from = contract([symbolTerm(symbol, pattern)], [{ index: pattern[slot]!, dim }]);
    return [
      {
        name: `the entries of ${symbol.name} sum to ${Q.toText(node.value)}`,
        source: 'the program',
        says: `The entries of ${symbol.name} sum to ${Q.toText(node.value)}, by its definition.`,
        from,
        to: number(node.value),
        where: [],
        powers: false,
        proof,
      },
    ];
  });
}
