/**
 * Mistakes in guards that were made, or nearly made: each is planted by `npm run mutants -- --planted`, and a test must fail.
 * `find` stands once in the file. Where the code has changed so that it does not, the mutant is to be planted anew.
 */
export const planted = [
  // ---- identities that hold only with what is left out here
  {
    says: 'logdet(c*A) without |c|',
    file: 'rules/identities.ts',
    find: "to: 'n*log(abs(c)) + logdet(A)'",
    put: "to: 'n*log(c) + logdet(A)'",
  },
  {
    says: 'det(c*A) is c*det(A)',
    file: 'rules/identities.ts',
    find: "to: 'c^n*det(A)'",
    put: "to: 'c*det(A)'",
  },
  {
    says: 'inv(A*B) is inv(A)*inv(B)',
    file: 'rules/identities.ts',
    find: "to: 'inv(B)*inv(A)'",
    put: "to: 'inv(A)*inv(B)'",
  },
  {
    says: 'log|a*d - b*c| of a 2 x 2 matrix without the bars',
    file: 'rules/identities.ts',
    find: "to: 'log(abs(a*d - b*c))'",
    put: "to: 'log(a*d - b*c)'",
  },
  {
    says: "vec(x*y') is kron(x, y)",
    file: 'src/form/stacks.ts',
    find: 'return kronForm(transpose(y), x);',
    put: 'return kronForm(x, transpose(y));',
  },

  // ---- the normal form
  {
    says: 'sqrt(x^2) is x',
    file: 'src/terms/products.ts',
    find: "waiting.push([apply('abs', [t]), Q.times(e, exponent)])",
    put: 'waiting.push([t, Q.times(e, exponent)])',
  },
  {
    says: '|x|^3 is x^3',
    file: 'src/terms/powers.ts',
    find: ' && exponent.n % 2n === 0n',
    put: '',
  },
  {
    says: '1./eye(n) is eye(n)',
    file: 'src/terms/selectors.ts',
    find: 'if (!Q.isNegative(exponent)) return true;',
    put: 'return true;',
  },
  {
    says: 'roots of a sum lose its sign: sqrt(a - b) is sqrt(b - a)',
    file: 'src/terms/sums.ts',
    find: 'if (!signed) return [content, primitive];',
    put: '',
  },
  {
    says: 'any two blocks lie apart',
    file: 'src/terms/selectors.ts',
    find: 'return areApart(stretchOf(a.node as BlockNode), stretchOf(b.node as BlockNode))',
    put: 'return true',
  },
  {
    says: '1/sum(y) for y of 1 and -1 without its condition',
    file: 'src/terms/sign.ts',
    find: "node.bound.length > 0 && sign === 'nonzero' ? 'unknown' : sign",
    put: 'sign',
  },
  {
    says: 'every inverse is symmetric',
    file: 'src/terms/functions.ts',
    find: ' && way.key === labelling.key',
    put: '',
  },

  {
    says: "the inverse of A'*A - B'*B + I exists everywhere",
    file: 'src/assume/definite.ts',
    find: 'summandsOf(term).map(([c, t]) => definiteness({ term: scale(c, t), rows, columns }))',
    put: 'summandsOf(term).map(([, t]) => definiteness({ term: t, rows, columns }))',
  },

  // ---- proofs
  {
    says: 'one size stands for all',
    file: 'src/decide/exactly.ts',
    find: 'tried.get(name)!.size > degree',
    put: 'tried.get(name)!.size > 0',
  },
  {
    says: 'text and terms that differ are no reason not to prove',
    file: 'src/decide/decide.ts',
    find: "if (conflict) return undecided('what its terms come to is not what its text says');",
    put: '',
  },
  {
    says: 'comparisons are proved without the case where both sides are equal',
    file: 'src/decide/exactly.ts',
    find: "return [...compared].every((node) => tied.has(node)) ? 'zero' : 'unknown';",
    put: "return 'zero';",
  },
  {
    says: 'a proof does not say where it holds',
    file: 'src/decide/domain.ts',
    find: '...ofRight.filter((c) => !follows(c, ofLeft, place)),',
    put: '',
  },
  {
    says: 'what a sum with a minus is made of makes it positive',
    file: 'src/decide/laws.ts',
    find: 'node.terms.every(([c, s]) => !Q.isNegative(c) && isPositive(s))',
    put: 'node.terms.every(([, s]) => isPositive(s))',
  },

  // ---- rules
  {
    says: 'the conditions of rules are not asked',
    file: 'src/rewrite/apply.ts',
    find: 'const because = value && ground(value, needs);',
    put: "const because = value && (ground(value, needs) ?? byStructure('it was not asked'));",
  },
  {
    says: 'columns of a one-hot matrix sum to 1 as its rows do',
    file: 'src/rewrite/apply.ts',
    find: "if (of === 'rows') return alongLastAxis(symbol, term, parameters);",
    put: "if (of === 'rows') return true;",
  },

  // ---- what follows from facts
  {
    says: 'a tall matrix with orthonormal columns is invertible',
    file: 'src/assume/definite.ts',
    find: 'if (columns && node.slots[0] === node.slots[1]) return columns;',
    put: 'if (columns) return columns;',
  },
  {
    says: 'a sum of semidefinite matrices is definite',
    file: 'src/assume/definite.ts',
    find: 'isStrict: parts.some(({ isStrict }) => isStrict),',
    put: 'isStrict: true,',
  },
  {
    says: 'skew-symmetric matrices of any size are singular',
    file: 'src/assume/domain.ts',
    find: 'isOdd(size) && skewness(m)',
    put: 'skewness(m)',
  },
  {
    says: 'U*inv(W)*V is a projection for any W',
    file: 'src/assume/definite.ts',
    find: 'return same(gram, argument.term) ? argument.rows[0]!.dim : undefined;',
    put: 'return argument.rows[0]!.dim;',
  },
  {
    says: 'P - 2*I is idempotent where I - P is',
    file: 'src/assume/definite.ts',
    find: 'Q.isOne(c) && same(t, identity)',
    put: 'same(t, identity)',
  },
  {
    says: 'a positive diagonal matrix is positive off its diagonal',
    file: 'src/terms/sign.ts',
    find: 'return isNeverZero ? found : orZero(found);',
    put: 'return found;',
  },
  {
    says: "columns that are orthonormal are taken for rows: W*W' is I",
    file: 'src/rewrite/apply.ts',
    find: "if (of === 'matrix') return term.at.length === 2 && parameters.every((index, n) => term.at[n] === index);",
    put: "if (of === 'matrix') return true;",
  },

  // ---- sizes and kinks
  {
    says: 'a size that is a number is none to a proof',
    file: 'src/decide/size-degree.ts',
    find: "case 'size':\n      return { ...one, top: degreeOfDim(node.dim) };",
    put: "case 'size':\n      return one;",
  },
  {
    says: 'log(x^2) is 2*log(x)',
    file: 'rules/laws.ts',
    find: "where: ['a is nonnegative', 'b is a nonzero number'],",
    put: "where: ['b is a nonzero number'],",
  },
  {
    says: 'relu(x)^2 has a second derivative at 0',
    file: 'src/elaborate/conditions.ts',
    find: "case 'later':\n      return Math.max(order, whole + part) + multiplicity;",
    put: "case 'later':\n      return Math.max(order, whole + part) + multiplicity + 1;",
  },
];
