/** What could stand at a place, in words, from the types of token that the parser was waiting for. */
import type { TokenType } from '../../grammar/tokens.ts';

/** The most telling first: only a few are shown. */
const words: readonly (readonly [TokenType, string])[] = [
  ['number', 'a number'],
  ['reals', 'R'],
  ['rparen', '`)`'],
  ['rbracket', '`]`'],
  ['rbrace', '`}`'],
  ['bar_close', '`‖`'],
  ['multiply', 'an operator'],
  ['slash', '`/`'],
  ['cross', '`x`'],
  ['equals', '`==`'],
  ['arrow', '`->`'],
  ['word', 'a name'],
  ['lparen', '`(`'],
  ['zero', '0'],
  ['assign', '`=`'],
  ['separator', 'the end of the line'],
  ['end', 'the end'],
  ['comma', '`,`'],
  ['member', '`in`'],
];
const shown = 3;

/** Whatever is only one case of something said already. */
function covered(types: ReadonlySet<TokenType>): ReadonlySet<TokenType> {
  const left = new Set<TokenType>();
  if (types.has('number') && types.has('lparen'))
    for (const type of ['word', 'zero', 'lparen'] as const) left.add(type);
  if (types.has('multiply')) left.add('slash');
  if (types.has('transpose')) left.add('lparen');
  if (types.has('separator')) left.add('end');
  return left;
}

export function expectedWords(types: ReadonlySet<TokenType>): string | undefined {
  const left = covered(types);
  const startsExpression = types.has('number') && types.has('minus');
  const named = words
    .filter(([type]) => types.has(type) && !left.has(type))
    .map(([type, word]) => (type === 'number' && startsExpression ? 'an expression' : word))
    .slice(0, shown);
  return named.length < 2 ? named[0] : `${named.slice(0, -1).join(', ')} or ${named.at(-1)}`;
}
