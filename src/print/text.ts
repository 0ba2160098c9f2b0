/** Trees as one line: what one would type to get this tree, in ASCII or in Unicode, read back by the parser as the same tree. */
import { positionFunctions } from '../syntax/parts.ts';
import { isInteger, isNegative } from '../basics/rational.ts';
import { digitsOf, type Factor, type Handlers, fold, type Over } from './fold.ts';
import { factRecords } from '../syntax/facts.ts';
import { greekLetters } from '../syntax/greek.ts';
import { primed } from '../syntax/unknown.ts';
import {
  type ProductOperator,
  type Strength,
  strength,
  type Expression,
  type Binding,
  type Comparison,
  type FactNote,
  type Space,
  type Statement,
  type SumOver,
} from '../syntax/tree.ts';

// ---- what both have in common

export interface Piece {
  readonly text: string;
  readonly strength: Strength;
}

export interface Signs {
  readonly minus: string;
  readonly times: string;
  readonly entryTimes: string;
  readonly entryOver: string;
  readonly transpose: string;
  /** ⊙ always stands between spaces; .* only where the factors are not all short. */
  readonly alwaysSpaced: boolean;
}

export const at =
  (level: Strength) =>
  (text: string): Piece => ({ text, strength: level });
export const primary = at(strength.primary);
export const bracketed = (text: string): string => `(${text})`;
export const atLeast = (piece: Piece, level: Strength): string =>
  piece.strength >= level ? piece.text : bracketed(piece.text);
export const listed = (pieces: readonly Piece[], separator = ', '): string => pieces.map((p) => p.text).join(separator);

/** delta(i,k) is read like a pair of subscripts, so it is set as tightly. */
const separatorIn = (name: string): string => (positionFunctions.has(name) ? ',' : ', ');
export const plainCall = (name: string, args: readonly Piece[], separator = separatorIn(name)): Piece =>
  primary(`${name}(${args.map(inBrackets).join(separator)})`);
/** diag((1:n)): a range is a position only directly inside of the brackets of a subscript. */
const inBrackets = (piece: Piece): string => (piece.strength === strength.range ? bracketed(piece.text) : piece.text);

function product(first: Piece, rest: readonly Factor<Piece>[], signs: Signs): Piece {
  const factors = [first, ...rest.map((r) => r.piece)];
  const spaced = signs.alwaysSpaced || factors.length > 2 || factors.some((f) => f.strength < strength.postfix);
  const signOf: Record<Factor<Piece>['operator'], string> = {
    '*': signs.times,
    '/': '/',
    '.*': spaced ? ` ${signs.entryTimes} ` : signs.entryTimes,
    './': spaced ? ` ${signs.entryOver} ` : signs.entryOver,
  };
  let text = atLeast(first, strength.product);
  for (const [index, { operator, piece }] of rest.entries()) {
    if (isMisread(operator, first, rest, index)) text = bracketed(text);
    text += signOf[operator] + atLeast(piece, strength.power);
  }
  return at(strength.product)(text);
}

const isNumber = (piece: Piece): boolean => /^[\d.]+$/.test(piece.text);

/** (1/tau)*x, (h .* k)*W: the same trees without the brackets, but easily misread. */
function isMisread(operator: ProductOperator, first: Piece, rest: readonly Factor<Piece>[], index: number): boolean {
  const last = rest[index - 1];
  if (last === undefined || (operator !== '*' && operator !== '/')) return false;
  if (last.operator === '.*' || last.operator === './') return true;
  return (
    operator === '*' &&
    last.operator === '/' &&
    index === 1 &&
    first.strength >= strength.postfix &&
    !isNumber(last.piece)
  );
}

const named = (name: string, piece: Piece): Piece => primary(`${name}=${piece.text}`);
const plainComparison = (c: Comparison): string => c;
/** j, {j=1..n}, {j <= i}: the index itself is said where neither its range nor a condition does. */
function summedOver(index: string, { range, conditions }: Over<Piece>, node: SumOver, sign: (c: Comparison) => string) {
  if (!range && conditions.length === 0) return index;
  const where = conditions.map(
    ([left, right], n) => `${left.text} ${sign(node.conditions![n]!.comparison)} ${right.text}`,
  );
  const named = range ? [`${index}=${range[0].text}..${range[1].text}`] : [index];
  return `{${[...named, ...where].join(', ')}}`;
}

export const lineHandlers = (signs: Signs): Handlers<Piece> => ({
  number(node) {
    const digits = digitsOf(node);
    const size =
      digits.kind === 'integer'
        ? primary(digits.digits)
        : digits.kind === 'decimal'
          ? primary(digits.exponent === 0 ? digits.digits : `${digits.digits}e${digits.exponent}`)
          : at(strength.product)(`${digits.top}/${digits.bottom}`);
    return digits.negative ? at(strength.negation)(signs.minus + size.text) : size;
  },
  name: (node) => primary(node.name),
  all: () => primary(':'),
  sum(terms) {
    if (terms.length === 0) return primary('0');
    const written = terms.map(({ negative, piece }, index) => {
      const sign = index === 0 ? (negative ? signs.minus : '') : negative ? ` ${signs.minus} ` : ' + ';
      return sign + atLeast(piece, strength.product);
    });
    return at(strength.sum)(written.join(''));
  },
  negation: (of) => at(strength.negation)(signs.minus + atLeast(of, strength.product)),
  product: (first, rest) => product(first, rest, signs),
  power: (operator, base, exponent) =>
    at(strength.power)(atLeast(base, strength.postfix) + operator + atLeast(exponent, strength.power)),
  transpose: (of) => at(strength.postfix)(atLeast(of, strength.postfix) + signs.transpose),
  call(name, args, { within }, dim) {
    const called = plainCall(name, dim ? [...args, named('dim', dim)] : args);
    return within ? at(strength.range)(`${called.text} within ${within}`) : called;
  },
  subscript(of, indices, node) {
    // 1[z > 0] is an indicator: a number that is indexed keeps its brackets.
    const base = node.of.kind === 'number' ? bracketed(of.text) : atLeast(of, strength.postfix);
    return at(strength.postfix)(`${base}[${listed(indices, ',')}]`);
  },
  matrix: (rows) => primary(`[${rows.map((row) => row.map(inBrackets).join(', ')).join('; ')}]`),
  // As weak as can be: a range stands by itself inside of brackets.
  range: (from, to) => at(strength.range)(`${from.text}:${to.text}`),
  sumOver: (index, body, over, node) =>
    primary(`${node.how ?? 'sum'}_${summedOver(index, over, node, plainComparison)}(${body.text})`),
  indicator: (node, left, right) => primary(`1[${left.text} ${node.comparison} ${right.text}]`),
});

// ---- ASCII

const inAscii = lineHandlers({
  minus: '-',
  times: '*',
  entryTimes: '.*',
  entryOver: './',
  transpose: "'",
  alwaysSpaced: false,
});

export const toText = (e: Expression): string => fold(e, inAscii).text;

// ---- Unicode

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

const inUnicode: Handlers<Piece> = {
  ...line,
  name: (node) => primary(greekName(node.name)),
  power(operator, base, exponent, node) {
    const mark = operator === '^' ? integerExponent(node.right) : undefined;
    if (mark === undefined) return line.power(operator, base, exponent, node);
    return at(strength.power)(atLeast(base, strength.primary) + mark);
  },
  // ᵀ is a letter to the language: behind _F it would belong to a name.
  transpose: (of) => line.transpose(of.text.endsWith('‖_F') ? primary(bracketed(of.text)) : of),
  call(name, args, node, dim) {
    // ∇ would take `f within …` for what it is applied to.
    if (dim || node.within) return line.call(greekName(name), args, node, dim);
    if (name === 'kron' && args.length === 2) {
      // As weak as a sum: ⊗ beside · is bracketed, although the language would not need it.
      return at(strength.sum)(args.map((a) => atLeast(a, strength.power)).join(' ⊗ '));
    }
    const derived = primed(name, args.length);
    const spoken = derived ? greekName(derived.of) + '′″‴'[derived.order - 1]! : greekName(name);
    return notations.get(`${name}/${args.length}`)?.(args) ?? line.call(spoken, args, node, dim);
  },
  sumOver: (index, body, over, node) => {
    const sign = node.how === 'mean' ? node.how : node.how === 'prod' ? 'Π' : 'Σ';
    return primary(`${sign}_${summedOver(greekName(index), over, node, (c) => comparisons[c])}(${body.text})`);
  },
  indicator: (node, left, right) => primary(`𝟏[${left.text} ${comparisons[node.comparison]} ${right.text}]`),
};

export const toUnicode = (e: Expression): string => fold(e, inUnicode).text;

// ---- statements

const isAtom = (size: Expression): boolean => size.kind === 'name' || size.kind === 'number';
const sizeToText = (size: Expression): string => (isAtom(size) ? toText(size) : `(${toText(size)})`);

export function spaceToText({ sizes }: Space): string {
  if (sizes.length === 0) return 'R';
  const [size] = sizes;
  return size && sizes.length === 1 ? `R^${sizeToText(size)}` : `R^(${sizes.map(sizeToText).join(' x ')})`;
}

const factToText = ({ fact, at, value }: FactNote): string =>
  at ? `${fact} at ${toText(at)}` : value ? `${fact} ${toText(value)}` : fact;

function declarationToText(names: string, space: Space | undefined, facts: readonly FactNote[]): string {
  if (space) return [`${names} in ${spaceToText(space)}`, ...facts.map(factToText)].join(', ');
  const [first, ...rest] = facts;
  const comparison = first && factRecords[first.fact].comparison;
  if (comparison === undefined) return [`${names} in R`, ...facts.map(factToText)].join(', ');
  return [`${names} ${comparison} 0`, ...rest.map(factToText)].join(', ');
}

const bindingsToText = (bindings: readonly Binding[]): string =>
  bindings.map((b) => `${b.name.name} = ${toText(b.value)}`).join(', ');

export function statementToText(s: Statement): string {
  switch (s.kind) {
    case 'declaration':
      return declarationToText(s.names.map((n) => n.name).join(', '), s.space, s.facts);
    case 'function-declaration':
      return `${s.name.name} : ${s.from.map(spaceToText).join(' x ')} -> ${spaceToText(s.to)}`;
    case 'definition': {
      const entries = s.indices.map(({ name }, n) => {
        const range = s.ranges?.[n];
        return range ? `${name}=${toText(range.from)}..${toText(range.to)}` : name;
      });
      const indices = entries.length > 0 ? `[${entries.join(',')}]` : '';
      return `${s.name.name}${indices} = ${toText(s.value)}`;
    }
    case 'setting':
      return `${s.name} = ${s.value}`;
    case 'function-definition':
      return `${s.name.name}(${s.parameters.map((p) => p.name).join(', ')}) = ${toText(s.value)}`;
    case 'question': {
      const point = s.at.length > 0 ? ` at ${bindingsToText(s.at)}` : '';
      return `${toText(s.expression)}${point}${s.byCases ? ' by cases' : ''}`;
    }
    case 'claim':
      return `check ${toText(s.left)} == ${toText(s.right)}`;
  }
}
