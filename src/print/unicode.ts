/** How does a reader like to see it on one line? Greek letters, ᵀ and ⊙; the language reads it back. */
import { isInteger, isNegative } from '../basics/rational.ts';
import { greekLetters } from '../syntax/greek.ts';
import { strength } from '../syntax/precedence.ts';
import type { Expression } from '../syntax/tree.ts';
import { fold, type Handlers } from './fold.ts';
import { at, atLeast, bracketed, lineHandlers, listed, type Piece, primary } from './line.ts';

const line = lineHandlers({
  minus: '−',
  times: '·',
  entryTimes: '⊙',
  entryOver: '⊘',
  transpose: 'ᵀ',
  alwaysSpaced: true,
});

/** theta_1 is θ_1 and theta2 is θ2; Sigma_j stays, since Σ_j( begins a sum. */
export function greekName(name: string): string {
  const [, stem = name, rest = ''] = /^([A-Za-z]+)((?:\d|_).*)$/s.exec(name) ?? [];
  const letter = greekLetters.get(stem);
  return letter === undefined || (stem === 'Sigma' && rest.startsWith('_')) ? name : letter + rest;
}

const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (digits: string): string => digits.replace(/\d/g, (d) => raised[Number(d)] ?? d);

/** ², ³, ⁻¹: the exponents that have characters of their own. */
function integerExponent(exponent: Expression): string | undefined {
  const negative = exponent.kind === 'negation';
  const size = negative ? exponent.of : exponent;
  if (size.kind !== 'number' || size.decimal === true || !isInteger(size.value) || isNegative(size.value))
    return undefined;
  return (negative ? '⁻' : '') + superscript(`${size.value.n}`);
}

/** Bars do not say which way they face: none inside of others, and none behind a name that could begin a sum, sum_j. */
const bars =
  (mark: string) =>
  ([argument]: readonly Piece[]): Piece | undefined =>
    argument === undefined || /‖|sum_\w+$/.test(argument.text) ? undefined : primary(`‖${argument.text}‖${mark}`);

/** By name and number of arguments. */
const notations: ReadonlyMap<string, (args: readonly Piece[]) => Piece | undefined> = new Map([
  ['norm2/1', bars('')],
  ['normf/1', bars('_F')],
  ['norm1/1', bars('₁')],
  [
    'inv/1',
    ([argument]: readonly Piece[]) => argument && at(strength.power)(`${atLeast(argument, strength.primary)}⁻¹`),
  ],
  ['eye/1', () => primary('I')],
  ['delta/2', (args: readonly Piece[]) => primary(`δ(${listed(args, ',')})`)],
]);

const comparisons = { '>': '>', '<': '<', '>=': '≥', '<=': '≤', '==': '==', '!=': '≠' } as const;

const handlers: Handlers<Piece> = {
  ...line,
  name: (node) => primary(greekName(node.name)),
  power(operator, base, exponent, node) {
    const mark = operator === '^' ? integerExponent(node.right) : undefined;
    if (mark === undefined) return line.power(operator, base, exponent, node);
    return at(strength.power)(atLeast(base, strength.primary) + mark);
  },
  // ᵀ is a letter to the language: behind _F it would belong to a name.
  transpose: (of) => line.transpose(of.text.endsWith('‖_F') ? primary(bracketed(of.text)) : of),
  call(name, args, node) {
    if (name === 'kron' && args.length === 2) {
      // As weak as a sum: ⊗ beside · is bracketed, although the language would not need it.
      return at(strength.sum)(args.map((a) => atLeast(a, strength.power)).join(' ⊗ '));
    }
    return notations.get(`${name}/${args.length}`)?.(args) ?? line.call(greekName(name), args, node);
  },
  sumOver: (index, body) => primary(`Σ_${greekName(index)}(${body.text})`),
  indicator: (node, left, right) => primary(`𝟏[${left.text} ${comparisons[node.comparison]} ${right.text}]`),
};

export const toUnicode = (e: Expression): string => fold(e, handlers).text;
