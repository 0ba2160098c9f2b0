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
    file: 'src/decide/laws.ts',
    line: 'if (seen.has(node)) continue;',
    what: 'condition always false',
    reason: 'what has been looked at is looked at again, which only takes longer',
  },
  {
    file: 'src/decide/laws.ts',
    line: 'const [content, primitive] = primitiveOf(t, false);',
    reason: 'a factor -1 stays with the part that is not known to be positive, whether it is taken out first or not',
  },
  {
    file: 'src/decide/reference.ts',
    line: 'if (done) return done;',
    reason: 'a part that is shared is visited once more, which only takes longer',
  },
  {
    file: 'src/decide/measured.ts',
    line: 'if (!restsOnDerivatives(e, reference)) return { value, error: 0 };',
    what: 'condition always false',
    reason: 'without derivatives the other ways give the same value, and the error is 0; it only takes longer',
  },
  {
    file: 'src/decide/reading.ts',
    line: 'const free = new Map([...other.indexNames].map(([name, index]) => [index, environment.indices?.get(name) ?? 1]));',
    reason: 'an index without a position stands nowhere in the term, so that any position will do',
  },
  {
    file: 'src/decide/sides.ts',
    line: 'const moved = (value: number): number => value * (1 + roundingUnit * (2 * random.uniform() - 1));',
    what: '- for +',
    reason: 'chance is symmetric about 0',
  },
  {
    file: 'src/decide/sides.ts',
    line: 'const moved = (value: number): number => value * (1 + roundingUnit * (2 * random.uniform() - 1));',
    what: '+ for -',
    reason: 'moved by up to three units upwards, by chance, instead of by one either way: what is rounding shows too',
  },
  {
    file: 'src/decide/subject.ts',
    line: 'text: text.ok ? text.value : undefined,',
    what: 'condition always true',
    reason: 'an attempt that failed has no value; the types ask for the question',
  },
  {
    file: 'src/decide/exactly.ts',
    line: 'const needed = whole ? pointsWithTies : cases > 1 ? pointsForEachCase * cases : fewPoints;',
    what: 'condition always true',
    reason: 'eight points where two do, which only takes longer',
  },
  {
    file: 'src/decide/prime-field.ts',
    line: '.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));',
    what: '<= for <',
    reason: 'entries from which the others are as far are equal, modulo a prime',
  },
  {
    file: 'src/decide/prime-field.ts',
    line: '.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));',
    what: 'condition always true',
    reason: 'entries from which the others are as far are equal, modulo a prime',
  },
  {
    file: 'src/decide/prime-field.ts',
    line: 'numbers.add(`${scaled > p / 2 ? scaled - p : scaled}/${d}`);',
    what: '>= for >',
    reason: 'p is odd, so that nothing is its half',
  },
  {
    file: 'src/decide/prime-field.ts',
    line: 'const even = (fn: string, x: number): number => atom(`${fn} ${Math.min(x, (p - x) % p)}`);',
    what: 'Math.max for Math.min',
    reason: 'a key: either of the two numbers stands for both',
  },
  {
    file: 'src/decide/prime-field.ts',
    line: 'decided.set(`${Math.min(a, p - a)}`, 2);',
    what: 'Math.max for Math.min',
    reason: 'a key: either of the two numbers stands for both',
  },
  {
    file: 'src/decide/point.ts',
    line: "return integerIn(at) ?? (at.kind === 'name' ? free.get(world.index(at.name)) : undefined);",
    what: 'condition always true',
    reason: 'a position is a number or a name; the types ask for the question',
  },
  {
    file: 'rules/functions/index.ts',
    line: "const entry = record.kind === 'vector' && record.result === 'same' ? '[i]' : '';",
    what: 'left of && dropped',
    reason: 'the matrix functions with such a result are primitive, and have no rule here',
  },
  {
    file: 'src/decide/laws.ts',
    line: 'const isWhole = Q.isInteger(c) && c.n > 1n && c.n <= mostParts;',
    what: 'right of && dropped',
    reason:
      'x as x and nothing gives the same term, which is not taken; what is negative was turned round by normal form',
  },
  {
    file: 'src/decide/exactly.ts',
    line: "if (tries === 0) return points === 0 ? 'outside' : 'unknown';",
    what: 'another number',
    reason: 'one try fewer, or one point more that is no point',
  },
  {
    file: 'src/decide/laws.ts',
    line: "terms.flatMap(({ node }) => (node.kind === 'symbol' && node.symbol.role === 'pattern' ? [node.symbol] : []));",
    what: 'left of && dropped',
    reason: 'the parts of the laws there are are symbols; the types ask for the question',
  },
  {
    file: 'src/decide/prime-field.ts',
    line: 'return x < p - x ? atom(`${fn} ${x}`) : negated(atom(`${fn} ${p - x}`));',
    what: '<= for <',
    reason: 'p is odd, so that no residue is its own opposite but 0',
  },
  {
    file: 'rules/functions/kinked.ts',
    line: 'exact: rational((x, y) => (Q.compare(x, y) > 0 ? x : y)),',
    what: '>= for >',
    reason: 'of two equal numbers either is the larger',
  },
  {
    file: 'rules/functions/kinked.ts',
    line: 'exact: rational((x, lo, hi) => Q.smaller(Q.compare(x, lo) > 0 ? x : lo, hi)),',
    what: '>= for >',
    reason: 'of two equal numbers either is the larger',
  },
  {
    file: 'rules/functions/arrays.ts',
    line: "const zeroKink = { needs: 'nonzero', of: 'x', order: 1 } as const;",
    what: 'of: another value',
    reason: '|x| is 0 where x is',
  },
];
