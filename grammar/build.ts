/**
 * What each rule of matrix-calculus.ne makes. nearley calls these speculatively, for every prefix that could be a complete
 * phrase: nothing is changed in place, lists are chains of cells that share their beginnings, and whatever costs more than a
 * few steps waits in a closure until the phrase is known to end.
 */
import { fromDecimal, toText } from '../src/basics/rational.ts';
import { refuse } from '../src/basics/problem.ts';
import { closest } from '../src/basics/words.ts';
import { nameSums, unnamed, withNamedSums } from '../src/syntax/sums.ts';
import { factNames, factRecords } from '../src/syntax/facts.ts';
import type { Structure } from '../rules/structures.ts';
import {
  layouts,
  limits,
  type All,
  type Binding,
  type Call,
  type Claim,
  type Comparison,
  type Declaration,
  type Definition,
  type Expression,
  type Fact,
  type FactNote,
  type FunctionDeclaration,
  type FunctionDefinition,
  type Indicator,
  type Name,
  type Operator,
  type Program,
  type Question,
  type Range,
  type Setting,
  type SignedTerm,
  type Space,
  type Statement,
  type SumOver,
} from '../src/syntax/tree.ts';
import { cover, type Span } from '../src/basics/source.ts';
import type { Token } from './tokens.ts';

/** A finished expression, how many levels it has, and where it stands. */
interface Part {
  readonly node: Expression;
  readonly height: number;
  readonly span: Span;
}
/** A list that is still growing, last item first. */
interface Cell<Item> {
  readonly item: Item;
  readonly before: Cell<Item> | undefined;
}
type List<Item> = Cell<Item> | undefined;

/** Minus signs in a row, last one first. */
interface Signs {
  readonly start: number;
  readonly before: Signs | undefined;
  readonly count: number;
}
interface Term {
  readonly signs: Signs | undefined;
  readonly part: Part;
  readonly span: Span;
}
/** A sum that may still grow. */
interface Terms {
  readonly term: Term;
  /** Set by a `-` between this term and the one before. */
  readonly negative: boolean;
  readonly before: Terms | undefined;
  readonly height: number;
  readonly span: Span;
}
interface Exponents {
  readonly operator: Token;
  readonly term: Term;
  readonly before: Exponents | undefined;
  readonly count: number;
}
/** A statement, its inside read only when it is known to be complete. */
type Later<Value> = () => Value;

const from =
  <Parts extends readonly unknown[], Result>(build: (...parts: Parts) => Result) =>
  (parts: unknown[]): Result =>
    build(...(parts as unknown as Parts));

// ---- places, heights, lists

const placeOf = (token: Token): Span => ({ start: token.offset, end: token.offset + token.text.length });
const between = (first: Token, last: Token): Span => cover(placeOf(first), placeOf(last));

function part(node: Expression, span: Span, ...inside: readonly { readonly height: number }[]): Part {
  let height = 1;
  for (const child of inside) height = Math.max(height, child.height + 1);
  if (height > limits.depth)
    refuse({
      kind: 'limit',
      message: `this is nested more than ${limits.depth} levels deep`,
      span,
      hint: 'give names to its parts',
    });
  return { node, height, span };
}

function items<Item>(list: List<Item>): readonly Item[] {
  const found: Item[] = [];
  for (let cell = list; cell !== undefined; cell = cell.before) found.push(cell.item);
  return found.toReversed();
}

export const noItems = from((): List<never> => undefined);
export const firstItem = from((item: unknown): List<unknown> => ({ item, before: undefined }));
export const nextItem = from((before: List<unknown>, _: Token, item: unknown): List<unknown> => ({ item, before }));

// ---- atoms

const nameOf = (token: Token): Name => ({ kind: 'name', name: token.value, span: placeOf(token) });
const namesOf = (names: List<Token>): readonly Name[] => items(names).map(nameOf);

function numberOf(text: string, span: Span): Expression {
  const value = fromDecimal(text);
  return /[.eE]/.test(text) ? { kind: 'number', value, decimal: true, span } : { kind: 'number', value, span };
}

/** A size or an exponent in one token: a number or a name, perhaps with a minus. */
function atomOf(token: Token): Part {
  const span = placeOf(token);
  const text = token.value.replace(/^-/, '');
  const atom: Expression = /^[0-9.]/.test(text) ? numberOf(text, span) : { kind: 'name', name: text, span };
  return token.value.startsWith('-')
    ? part({ kind: 'negation', of: atom, span }, span, { height: 1 })
    : part(atom, span);
}

export const number = from(atomOf);
export const name = from((token: Token): Part => part(nameOf(token), placeOf(token)));

// ---- sums

const addSign = (token: Token, before?: Signs): Signs => {
  const count = (before?.count ?? 0) + 1;
  if (count > limits.chain)
    refuse({ kind: 'limit', message: `more than ${limits.chain} minus signs in a row`, span: placeOf(token) });
  return { start: token.offset, before, count };
};
export const firstSign = from((token: Token) => addSign(token));
export const nextSign = from((before: Signs, token: Token) => addSign(token, before));

export const plainTerm = from((inside: Part): Term => ({ signs: undefined, part: inside, span: inside.span }));
export const signedTerm = from((signs: Signs, inside: Part): Term => {
  let first = signs;
  while (first.before !== undefined) first = first.before;
  return { signs, part: inside, span: { start: first.start, end: inside.span.end } };
});

const negated = (inside: Part, start: number): Part => {
  const span = { start, end: inside.span.end };
  return part({ kind: 'negation', of: inside.node, span }, span, inside);
};

/** Applies the signs, innermost first, leaving out the first `spare` ones of the text. */
function signed(signs: Signs | undefined, inside: Part, spare = 0): Part {
  let result = inside;
  for (let sign = signs; sign !== undefined && sign.count > spare; sign = sign.before)
    result = negated(result, sign.start);
  return result;
}

export const firstTerm = from((term: Term): Terms => ({
  term,
  negative: false,
  before: undefined,
  height: term.part.height,
  span: term.span,
}));
export const nextTerm = from((before: Terms, operator: Token, term: Term): Terms => ({
  term,
  negative: operator.type === 'minus',
  before,
  height: Math.max(before.height, term.part.height),
  span: cover(before.span, term.span),
}));

/** Called when a sum cannot grow any more. */
function finished(terms: Terms): Part {
  if (terms.before === undefined) return signed(terms.term.signs, terms.term.part);
  const flat: SignedTerm[] = [];
  let height = 0;
  for (let cell: Terms | undefined = terms; cell !== undefined; cell = cell.before) {
    const leads = cell.before === undefined && cell.term.signs !== undefined;
    const term = signed(cell.term.signs, cell.term.part, leads ? 1 : 0);
    height = Math.max(height, term.height);
    flat.push({ negative: leads || cell.negative, term: term.node });
  }
  return part({ kind: 'sum', terms: flat.toReversed(), span: terms.span }, terms.span, { height });
}

const nodeOf = (terms: Terms): Expression => finished(terms).node;

// ---- products and powers

function binary(operator: string, left: Part, right: Part): Part {
  const span = cover(left.span, right.span);
  if (operator === '⊗')
    return part({ kind: 'call', name: 'kron', arguments: [left.node, right.node], span }, span, left, right);
  if (operator === '\\') {
    const inverse = part({ kind: 'call', name: 'inv', arguments: [left.node], span: left.span }, left.span, left);
    return part({ kind: 'binary', operator: '*', left: inverse.node, right: right.node, span }, span, inverse, right);
  }
  const node = { kind: 'binary', operator: operator as Operator, left: left.node, right: right.node, span } as const;
  return part(node, span, left, right);
}

export const product = from((left: Part, operator: Token, right: Part) => binary(operator.value, left, right));
export const signedProduct = from((left: Part, operator: Token, signs: Signs, right: Part) =>
  binary(operator.value, left, signed(signs, right)),
);

const addExponent = (operator: Token, term: Term, before?: Exponents): Exponents => {
  const count = (before?.count ?? 0) + 1;
  if (count > limits.chain)
    refuse({ kind: 'limit', message: `more than ${limits.chain} powers in a row`, span: placeOf(operator) });
  return { operator, term, before, count };
};
export const firstExponent = from((operator: Token, term: Term) => addExponent(operator, term));
export const nextExponent = from((before: Exponents, operator: Token, term: Term) =>
  addExponent(operator, term, before),
);

/** A^-1' would silently drop the transpose: the 1 would take it. */
function refuseTransposedNumber(base: Part, { term }: Exponents): void {
  const exponent = term.part.node;
  if (exponent.kind !== 'transpose' || exponent.of.kind !== 'number') return;
  const written = `${base.node.kind === 'name' ? base.node.name : 'A'}^${term.signs === undefined ? '' : '-'}${toText(exponent.of.value)}`;
  refuse({
    kind: 'syntax',
    message: "`'` binds to the exponent, and a number needs no transpose",
    span: term.span,
    hint: `write (${written})' for the transpose of a power`,
  });
}

/** Groups a^b^c to the right. */
export const power = from((base: Part, exponents: Exponents): Part => {
  refuseTransposedNumber(base, exponents);
  let { operator, term } = exponents;
  let exponent = signed(term.signs, term.part);
  for (let cell = exponents.before; cell !== undefined; cell = cell.before) {
    exponent = signed(cell.term.signs, binary(operator.value, cell.term.part, exponent));
    ({ operator, term } = cell);
  }
  return binary(operator.value, base, exponent);
});

export const raisedBySuperscript = from((base: Part, exponent: Token) => binary('^', base, atomOf(exponent)));

// ---- postfixes, calls, brackets

export const transpose = from((of: Part, quote: Token): Part => {
  const span = cover(of.span, placeOf(quote));
  return part({ kind: 'transpose', of: of.node, span }, span, of);
});

const isToken = (item: Terms | Token | Part): item is Token => 'type' in item;
const isPart = (item: Terms | Part): item is Part => 'node' in item;

function ranging(lower: Terms, upper: Terms, span: Span): Part & { readonly node: Range } {
  const [a, b] = [finished(lower), finished(upper)];
  const node: Range = { kind: 'range', from: a.node, to: b.node, span };
  return { ...part(node, span, a, b), node };
}
export const range = from((lower: Terms, _: Token, upper: Terms) =>
  ranging(lower, upper, cover(lower.span, upper.span)),
);
export const rangeInBrackets = from((open: Token, lower: Terms, _: Token, upper: Terms, close: Token) =>
  ranging(lower, upper, between(open, close)),
);

export const subscript = from((of: Part, _: Token, list: List<Terms | Token | Part>, close: Token): Part => {
  const span = cover(of.span, placeOf(close));
  const indices: (Expression | All)[] = [];
  let height = of.height;
  for (const item of items(list)) {
    if (isToken(item)) indices.push({ kind: 'all', span: placeOf(item) });
    else {
      const index = isPart(item) ? item : finished(item);
      height = Math.max(height, index.height);
      indices.push(index.node);
    }
  }
  return part({ kind: 'subscript', of: of.node, indices, span }, span, { height });
});

const tallest = (parts: readonly Part[]): { readonly height: number } => ({
  height: parts.reduce((most, { height }) => Math.max(most, height), 0),
});

function calling(callee: string, nameSpan: Span, given: readonly Part[], span: Span): Part {
  const nodes = given.map(({ node }) => node);
  return part({ kind: 'call', name: callee, nameSpan, arguments: nodes, span }, span, tallest(given));
}

export const call = from((callee: Token, _: Token, list: List<Terms>, close: Token) =>
  calling(callee.value, placeOf(callee), items(list).map(finished), between(callee, close)),
);
/** grad(f, S) within symmetric. */
export const callWithin = from((callee: Token, _: Token, list: List<Terms>, __: Token, where: Token): Part => {
  const made = calling(callee.value, placeOf(callee), items(list).map(finished), between(callee, where));
  return { ...made, node: { ...(made.node as Call), within: where.value as Structure } };
});
/** softmax(X, dim=1); of sums and means the axis is a second argument. */
export const callAlong = from(
  (callee: Token, _: Token, list: List<Terms>, __: Token, ___: Token, ____: Token, axis: Terms, close: Token): Part => {
    const [given, dim, span] = [items(list).map(finished), finished(axis), between(callee, close)];
    const isSecond = given.length === 1 && (callee.value === 'sum' || callee.value === 'mean');
    const made = calling(callee.value, placeOf(callee), isSecond ? [...given, dim] : given, span);
    return isSecond ? made : part({ ...(made.node as Call), dim: dim.node }, span, ...given, dim);
  },
);
export const norm = from((open: Token, inside: Terms, close: Token) =>
  calling(close.value, placeOf(open), [finished(inside)], between(open, close)),
);
export const gradient = from((nabla: Token, of: Part) => {
  const place = placeOf(nabla);
  const variable = part({ kind: 'name', name: nabla.value, span: place }, place);
  return calling('grad', place, [of, variable], cover(place, of.span));
});
export const jacobian = from((sign: Token, of: Part, _: Token, __: Token, variable: Part) =>
  calling('jacobian', placeOf(sign), [of, variable], cover(placeOf(sign), variable.span)),
);

export const parenthesised = from((open: Token, inside: Terms, close: Token): Part => {
  const span = between(open, close);
  const { node, height } = finished(inside);
  return { node: { ...node, span }, height, span };
});

export const matrix = from((open: Token, list: List<List<Terms>>, close: Token): Part => {
  const span = between(open, close);
  const rows = items(list).map((row) => items(row).map(finished));
  const nodes = rows.map((row) => row.map(({ node }) => node));
  return part({ kind: 'matrix', rows: nodes, span }, span, tallest(rows.flat()));
});

export const indicator = from((open: Token, left: Terms, relation: Token, right: Terms, close: Token): Part => {
  const span = between(open, close);
  const [a, b] = [finished(left), finished(right)];
  const comparison = relation.value as Comparison;
  return part({ kind: 'indicator', comparison, left: a.node, right: b.node, span }, span, a, b);
});

const howOf = ({ text }: Token): SumOver['how'] =>
  /^(?:prod|[Π∏])/u.test(text) ? 'prod' : text.startsWith('mean') ? 'mean' : undefined;
/** sum_{j,k} is a sum over j of a sum over k; means and products likewise. */
function summing(sum: Token, body: Part, span: Span): Part {
  const how = howOf(sum);
  return sum.value
    .split(',')
    .reduceRight(
      (inside, index) => part({ kind: 'sum-over', how, index, body: inside.node, span }, span, inside),
      body,
    );
}
export const sumOver = from((sum: Token, body: Part) => summing(sum, body, cover(placeOf(sum), body.span)));

/** What stands in the braces of sum_{…}, or in the brackets of y[…] = …. */
type Over =
  | { readonly kind: 'index'; readonly name: Name; readonly range: Range | undefined }
  | { readonly kind: 'condition'; readonly part: Part & { readonly node: Indicator } };

export const overIndex = from((name: Token): Over => ({ kind: 'index', name: nameOf(name), range: undefined }));
export const overRange = from((name: Token, _: Token, lower: Terms, __: Token, upper: Terms): Over => ({
  kind: 'index',
  name: nameOf(name),
  range: ranging(lower, upper, cover(lower.span, upper.span)).node,
}));
export const overCondition = from((left: Terms, relation: Token, right: Terms): Over => {
  const span = cover(left.span, right.span);
  const [a, b] = [finished(left), finished(right)];
  const comparison = relation.value as Comparison;
  const node: Indicator = { kind: 'indicator', comparison, left: a.node, right: b.node, span };
  return { kind: 'condition', part: { ...part(node, span, a, b), node } };
});

/** Indices that are named are those that are summed. Without, which names of the conditions are is known when the whole statement is (src/syntax/sums.ts): till then the index has no name. */
function summingWhere(open: Token, list: List<Over>, body: Part, span: Span): Part {
  const how = howOf(open);
  const over = items(list);
  const indices = over.flatMap((o) => (o.kind === 'index' ? [o] : []));
  const conditions = over.flatMap((o) => (o.kind === 'condition' ? [o.part] : []));
  const nodes = conditions.map(({ node }) => node);
  if (indices.length === 0)
    return part(
      { kind: 'sum-over', how, index: unnamed, conditions: nodes, body: body.node, span },
      span,
      body,
      ...conditions,
    );
  return indices.reduceRight((inside, { name, range }, n) => {
    const isInnermost = n === indices.length - 1 && conditions.length > 0;
    const sum: SumOver = {
      kind: 'sum-over',
      how,
      index: name.name,
      ...(range && { range }),
      ...(isInnermost && { conditions: nodes }),
      body: inside.node,
      span,
    };
    return part(sum, span, inside, ...(isInnermost ? conditions : []));
  }, body);
}
export const sumWhere = from((open: Token, list: List<Over>, _: Token, body: Part) =>
  summingWhere(open, list, body, cover(placeOf(open), body.span)),
);

// ---- spaces and facts

export const scalars = from((reals: Token): Space => ({ sizes: [], span: placeOf(reals) }));
export const columns = from((reals: Token, _: Token, size: Token): Space => ({
  sizes: [atomOf(size).node],
  span: between(reals, size),
}));
export const columnsInBrackets = from((reals: Token, _: Token, __: Token, size: Terms, close: Token): Space => ({
  sizes: [nodeOf(size)],
  span: between(reals, close),
}));
export const arrays = from(
  (reals: Token, _: Token, __: Token, sizes: List<Terms>, ___: Token, last: Terms, close: Token): Space => ({
    sizes: [...items(sizes), last].map(nodeOf),
    span: between(reals, close),
  }),
);
export const columnsRaised = from((reals: Token, size: Token): Space => ({
  sizes: [atomOf(size).node],
  span: between(reals, size),
}));
export const matricesRaised = from((reals: Token, rows: Token, _: Token, columns: Token): Space => ({
  sizes: [atomOf(rows).node, atomOf(columns).node],
  span: between(reals, columns),
}));

const facts: ReadonlySet<string> = new Set(factNames);
const isFact = (word: string): word is Fact => facts.has(word);

function factOf(word: Token): Fact {
  if (isFact(word.value)) return word.value;
  const meant = closest(word.value, facts);
  return refuse({
    kind: 'fact',
    message: `${word.text} is no fact that can be stated`,
    span: placeOf(word),
    hint: meant === undefined ? `the facts are ${[...facts].toSorted().join(', ')}` : `did you mean ${meant}?`,
  });
}

export const fact = from((word: Token): Later<FactNote> => () => ({ fact: factOf(word), span: placeOf(word) }));
export const factAt = from((word: Token, _: Token, place: Terms): Later<FactNote> => () => {
  const stated = factOf(word);
  const span = cover(placeOf(word), place.span);
  if (stated !== 'onehot')
    refuse({ kind: 'fact', message: `${stated} has no position`, span, hint: 'only onehot is followed by at' });
  return { fact: stated, at: nodeOf(place), span };
});

/** mean m, cov C, bernoulli p. */
export const factOfValue = from((word: Token, value: Terms): Later<FactNote> => () => {
  const stated = factOf(word);
  const span = cover(placeOf(word), value.span);
  if (!factRecords[stated].value)
    refuse({ kind: 'fact', message: `${stated} says all by itself`, span, hint: `a comma behind ${stated}?` });
  return { fact: stated, value: nodeOf(value), span };
});

const now = <Value>(later: Later<Value>): Value => later();

// ---- statements

const spanAll = (first: Span, rest: readonly { readonly span?: Span | undefined }[]): Span =>
  rest.reduce<Span>((all, { span }) => (span === undefined ? all : cover(all, span)), first);

export const declaration = from(
  (names: List<Token>, _: Token, space: Space, list: List<Later<FactNote>>): Later<Declaration> =>
    () => {
      const notes = items(list).map(now);
      const variables = namesOf(names);
      const span = spanAll(space.span ?? { start: 0, end: 0 }, [...variables, ...notes]);
      return { kind: 'declaration', names: variables, space, facts: notes, span };
    },
);

const signs: ReadonlyMap<string, Fact> = new Map(
  factNames.flatMap((fact) => {
    const { comparison } = factRecords[fact];
    return comparison ? [[comparison, fact] as const] : [];
  }),
);

export const signDeclaration = from(
  (names: List<Token>, relation: Token, bound: Token, list: List<Later<FactNote>>): Later<Declaration> =>
    () => {
      const sign: FactNote = { fact: signs.get(relation.value) ?? 'nonzero', span: between(relation, bound) };
      const notes = [sign, ...items(list).map(now)];
      const variables = namesOf(names);
      const span = spanAll(between(relation, bound), [...variables, ...notes]);
      return { kind: 'declaration', names: variables, facts: notes, span };
    },
);

export const functionDeclaration = from(
  (declared: Token, _: Token, domain: List<Space>, __: Token, to: Space): Later<FunctionDeclaration> =>
    () => ({
      kind: 'function-declaration',
      name: nameOf(declared),
      from: items(domain),
      to,
      span: spanAll(placeOf(declared), [to]),
    }),
);

function define(defined: Token, entries: List<Over>, value: Terms): Definition {
  const indices = items(entries).flatMap((o) => (o.kind === 'index' ? [o] : []));
  return {
    kind: 'definition',
    name: nameOf(defined),
    indices: indices.map(({ name }) => name),
    ...(indices.some(({ range }) => range) && { ranges: indices.map(({ range }) => range) }),
    value: nodeOf(value),
    span: cover(placeOf(defined), value.span),
  };
}
export const definition = from(
  (defined: Token, _: Token, value: Terms): Later<Definition | Setting> =>
    () =>
      settingIn(defined, nodeOf(value)) ?? define(defined, undefined, value),
);
/** layout = numerator is no definition: a setting has words of its own. */
function settingIn(defined: Token, value: Expression): Setting | undefined {
  if (defined.value !== 'layout' || value.kind !== 'name') return undefined;
  const layout = layouts.find((known) => known === value.name);
  const span = cover(placeOf(defined), value.span ?? placeOf(defined));
  if (layout) return { kind: 'setting', name: 'layout', value: layout, span };
  const meant = closest(value.name, layouts);
  return meant
    ? refuse({ kind: 'name', message: `${value.name} is no layout`, span: value.span, hint: `layout = ${meant}?` })
    : undefined;
}
export const definitionByEntry = from(
  (defined: Token, _: Token, indices: List<Over>, __: Token, ___: Token, value: Terms): Later<Definition> =>
    () =>
      define(defined, indices, value),
);
export const functionDefinition = from(
  (defined: Token, _: Token, parameters: List<Token>, __: Token, ___: Token, value: Terms): Later<FunctionDefinition> =>
    () => ({
      kind: 'function-definition',
      name: nameOf(defined),
      parameters: namesOf(parameters),
      value: nodeOf(value),
      span: cover(placeOf(defined), value.span),
    }),
);

export const binding = from((bound: Token, _: Token, value: Terms): Later<Binding> => () => ({
  name: nameOf(bound),
  value: nodeOf(value),
  span: cover(placeOf(bound), value.span),
}));

function ask(asked: Terms, bindings: List<Later<Binding>>, cases?: Token): Question {
  const at = items(bindings).map(now);
  const last = cases === undefined ? at : [...at, { span: placeOf(cases) }];
  return {
    kind: 'question',
    expression: nodeOf(asked),
    at,
    byCases: cases !== undefined,
    span: spanAll(asked.span, last),
  };
}
export const question = from(
  (asked: Terms): Later<Question> =>
    () =>
      ask(asked, undefined),
);
export const questionAt = from(
  (asked: Terms, _: Token, bindings: List<Later<Binding>>): Later<Question> =>
    () =>
      ask(asked, bindings),
);
export const questionByCases = from(
  (asked: Terms, cases: Token): Later<Question> =>
    () =>
      ask(asked, undefined, cases),
);
export const questionAtByCases = from(
  (asked: Terms, _: Token, bindings: List<Later<Binding>>, cases: Token): Later<Question> =>
    () =>
      ask(asked, bindings, cases),
);

const claiming = (left: Terms, right: Terms, start: Span): Claim => ({
  kind: 'claim',
  left: nodeOf(left),
  right: nodeOf(right),
  span: cover(start, right.span),
});
export const claim = from(
  (check: Token, left: Terms, _: Token, right: Terms): Later<Claim> =>
    () =>
      claiming(left, right, placeOf(check)),
);
export const plainClaim = from(
  (left: Terms, _: Token, right: Terms): Later<Claim> =>
    () =>
      claiming(left, right, left.span),
);

// ---- whole texts

export const programText = from((list: List<Later<Statement>>): Program =>
  withNamedSums({ statements: items(list).map(now) }),
);
export const expressionText = from((terms: Terms): Expression => nameSums(nodeOf(terms), new Set()));
export const statementText = from(
  (statement: Later<Statement>): Statement => withNamedSums({ statements: [statement()] }).statements[0]!,
);
export const bindingsText = from((list: List<Later<Binding>>): readonly Binding[] => items(list).map(now));
