/**
 * Mutants that no test can kill, or none should: matched by the trimmed line that they are in, never by its number, and
 * by what is changed where the line holds several. Each with the reason.
 */
export const accepted = [
  {
    file: 'src/terms/place.ts',
    line: 'let changed = false;',
    reason: 'placing a term anew at the indices that it has gives the same term; it only takes longer',
  },
  {
    file: 'src/terms/selectors.ts',
    line: 'if (flat.bound.length === 0) return undefined;',
    reason: 'without bound indices nothing below finds one; it only takes longer',
  },
  {
    file: 'src/terms/selectors.ts',
    line: "if (node.kind === 'block' && at[0]! < 0) return block(at[0]!, at[1]!, node.offset, node.slots[1]!, node.slots[0]!);",
    reason: 'at an index that is no position, block() gives the node that is there already',
  },
  {
    file: 'src/terms/selectors.ts',
    line: 'const [keep, drop] = i < 0 ? [i, j] : j < 0 ? [j, i] : i < j ? [i, j] : [j, i];',
    reason: 'the indices of a delta are stored in ascending order, so only the first case and i < j come up',
  },
  {
    file: 'src/decide/doubles.ts',
    line: 'if (skipKinks && !atHome.has(fn))',
    what: 'left of && dropped',
    reason: 'kink() asks for skipKinks itself; here it only saves looking at the conditions',
  },
  {
    file: 'src/form/algebra.ts',
    line: 'if (table.get(key)?.deref() === undefined) table.delete(key);',
    reason: 'a table that is emptied shows in memory only',
  },
  {
    file: 'src/decide/multiply-out.ts',
    line: 'if (partials.length * summands.length > mostSummands) return t;',
    what: 'condition always false',
    reason: 'bounds the effort: without it larger products are multiplied out, which only takes longer',
  },
  {
    file: 'src/decide/multiply-out.ts',
    line: "made.node.kind === 'product' && made.node.factors.some(([f, e]) => f.node.kind === 'sum' && Q.isOne(e));",
    what: 'right of && dropped',
    reason: 'a product without a sum is visited once more and comes back as it is',
  },
  {
    file: 'src/assume/sign.ts',
    line: 'if (bound.length > mostBound) return unknown;',
    what: 'condition always false',
    reason: 'bounds the effort: sums over more indices are searched too',
  },
  {
    file: 'src/decide/domain.ts',
    line: ".map((c) => `${c.needs} ${c.whole ?? ''} ${toText(c.of)}`);",
    what: 'right of ?? dropped',
    reason: 'part of a key that is only compared with its like',
  },
  {
    file: 'src/assume/assume.ts',
    line: 'const open = stated ? undefined : opened(t);',
    what: 'condition always false',
    reason: 'what is stated goes before what the definition says; it only takes longer',
  },
];
