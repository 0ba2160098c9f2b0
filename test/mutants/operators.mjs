/**
 * Which small changes of a source file would a mistake look like? Each is a mutant: a stretch of the text and what stands there
 * instead. Only the parser knows the language here; types are stripped afterwards, so a mutant need not be well typed.
 */
import { parseAst } from 'rolldown/parseAst';

/**
 * @typedef {object} Mutant
 * @property {string} file relative to the project
 * @property {number} start
 * @property {number} end
 * @property {string} text what stands there instead
 * @property {string} what the change in words
 * @property {{ start: number, end: number }} site the expression that must be evaluated for the mutant to matter
 */

/** @returns {readonly Mutant[]} */
export function mutantsOf(file, source) {
  const found = [];
  const program = parseAst(source, { lang: 'ts' });
  const isData = file.startsWith('rules/');
  const valuesOf = isData ? valuesIn(source) : new Map();

  /** `node` is what is evaluated; the change may concern only a part of it. */
  const add = (node, what, start, end, text) => {
    if (source.slice(start, end) === text) return;
    found.push({ file, start, end, text, what, site: { start: node.start, end: node.end } });
  };
  const instead = (node, what, text) => add(node, what, node.start, node.end, text);
  const textOf = (node) => source.slice(node.start, node.end);
  const wrapped = (node) => `(${textOf(node)})`;

  const condition = (test, loops = false) => {
    if (isLiteral(test)) return;
    if (!loops) instead(test, 'condition always true', 'true');
    instead(test, 'condition always false', 'false');
  };

  const operators = {
    IfStatement: ({ test }) => condition(test),
    ConditionalExpression: ({ test }) => condition(test),
    WhileStatement: ({ test }) => condition(test, true),
    ForStatement: ({ test }) => test && condition(test, true),
    LogicalExpression: (node) => {
      instead(node, `left of ${node.operator} dropped`, wrapped(node.right));
      instead(node, `right of ${node.operator} dropped`, wrapped(node.left));
    },
    BinaryExpression: (node, { isCondition }) => {
      const { operator, left, right } = node;
      const swapped = otherOperator.get(operator);
      if (!swapped || (isCondition && operator.endsWith('=='))) return;
      if (operator === '+' && [left, right].some(isText)) return;
      instead(node, `${swapped} for ${operator}`, `(${textOf(left)} ${swapped} ${textOf(right)})`);
    },
    UnaryExpression: (node, { isCondition }) => {
      const { operator, argument } = node;
      if (operator === '!' && isCondition) return;
      if (operator === '!' || operator === '-') instead(node, `${operator} dropped`, wrapped(argument));
    },
    Literal: (node, { parent }) => {
      // Only where it decides: what bounds effort, or feeds chance, may be another number.
      const isCompared = parent?.type === 'BinaryExpression' && comparisons.has(parent.operator);
      if (typeof node.value === 'number' && isCompared) instead(node, 'another number', String(node.value + 1));
      if (typeof node.value === 'boolean') instead(node, 'the other truth value', String(!node.value));
    },
    CallExpression: (node, { inChain }) => {
      const { callee } = node;
      if (inChain || node.optional) return;
      if (callee.type === 'MemberExpression' && !callee.computed && !callee.optional) {
        const { object, property } = callee;
        if (withoutCall.has(property.name)) instead(node, `${property.name} dropped`, wrapped(object));
        const other = otherMethod.get(property.name);
        if (other) add(node, `${other} for ${property.name}`, property.start, property.end, other);
      }
      const name = textOf(callee);
      if (node.arguments.length === 1 && identities.has(name))
        instead(node, `${name} dropped`, wrapped(node.arguments[0]));
      const other = otherFunction.get(name);
      if (other) add(node, `${other} for ${name}`, callee.start, callee.end, other);
    },
    ExpressionStatement: (node) => {
      if (node.expression.type === 'CallExpression') add(node.expression, 'call dropped', node.start, node.end, ';');
    },
    SwitchCase: ({ test }) => {
      if (test) instead(test, 'case dropped', "'no such case'");
    },
    ArrayExpression: (node, { parent }) => {
      const isTable = parent?.type === 'NewExpression' || node.elements.every((e) => e && isText(e));
      if (isData && (parent?.type !== 'Property' || spoken.has(parent.key.name)) && parent?.type !== 'NewExpression')
        return;
      const { elements } = node;
      elements.forEach((element, n) => {
        if (!element) return;
        const isSpread = element.type === 'SpreadElement' && elements.length > 1;
        if (!isTable && !isSpread) return;
        const rest = elements.filter((_, k) => k !== n).map(textOf);
        instead(node, `without ${short(textOf(element))}`, `[${rest.join(', ')}]`);
      });
    },
    Property: (node) => {
      if (!isData || node.key.type !== 'Identifier') return;
      const { key, value } = node;
      const change = (what, text) => add(value, what, value.start, value.end, text);
      if (key.name === 'where') change('where dropped', '[]');
      if (facets.has(key.name)) {
        if (isText(value)) {
          const others = valuesOf.get(key.name);
          const other = others[(others.indexOf(value.value) + 1) % others.length];
          change(`${key.name}: another value`, `'${other}'`);
        }
        if (value.type === 'Literal' && typeof value.value === 'number')
          change(`${key.name}: another number`, String(value.value + 1));
        if (value.type === 'ArrayExpression' && value.elements.some((e) => e.type === 'ObjectExpression'))
          change(`${key.name} dropped`, '[]');
      }
    },
  };

  const visit = (node, context) => {
    if (!node || typeof node.type !== 'string') return;
    if (node.type.startsWith('TS') && !node.expression) return;
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') return;
    // What invariant() says can never fail by design.
    if (node.type === 'CallExpression' && node.callee.name === 'invariant') return;
    if (node.type === 'ExpressionStatement' && node.expression.type === 'CallExpression')
      if (node.expression.callee.name === 'invariant') return;
    operators[node.type]?.(node, context);
    for (const [key, value] of Object.entries(node)) {
      if (key === 'typeAnnotation' || key === 'typeArguments' || key === 'typeParameters' || key === 'returnType')
        continue;
      if (node.type === 'ImportExpression' || (key === 'key' && !node.computed)) continue;
      const children = Array.isArray(value) ? value : [value];
      for (const child of children) {
        if (!child || typeof child.type !== 'string') continue;
        visit(child, {
          parent: node,
          isCondition: isConditionOf(node, key) || (node.type === 'ParenthesizedExpression' && context.isCondition),
          inChain:
            node.type === 'ChainExpression' ||
            (context.inChain && (key === 'object' || key === 'callee' || key === 'expression')),
        });
      }
    }
  };
  visit(program, { isCondition: false, inChain: false });
  return found;
}

/** What the records of a file have in these places: a wrong one is likely to be another record's. */
function valuesIn(source) {
  const found = new Map([...facets].map((facet) => [facet, []]));
  for (const [, facet, value] of source.matchAll(/\b(\w+): '([^']*)'/g))
    if (found.has(facet) && !found.get(facet).includes(value)) found.get(facet).push(value);
  return found;
}

const isConditionOf = (node, key) => key === 'test' || node.type === 'LogicalExpression';
const isLiteral = ({ type }) => type === 'Literal';
const isText = (node) => node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
const short = (text) => (text.length > 40 ? `${text.slice(0, 37)}…` : text);

/** Places of records that decide something. Formulas are no conditions: each is tested at random points. */
const facets = new Set(
  'domain derivativeDomain kinks needs order raised range least most reached integers parity period monotone curvature ofEquals ofScalar'
    .concat(' result of entries zeros symmetry within definite keeps axes nearby inside use')
    .split(' '),
);
/** Names and texts for people. */
const spoken = new Set(['arguments', 'aliases', 'letters', 'exact', 'examples']);
const comparisons = new Set(['<', '<=', '>', '>=', '===', '!==']);
const otherOperator = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['===', '!=='],
  ['!==', '==='],
  ['+', '-'],
  ['-', '+'],
  ['*', '/'],
  ['/', '*'],
  ['%', '*'],
]);
/** Methods whose receiver is of the kind that they give. */
const withoutCall = new Set(['filter', 'toSorted', 'slice', 'toReversed']);
const otherMethod = new Map([
  ['some', 'every'],
  ['every', 'some'],
]);
/** Functions of one argument that give what they are given, but for a sign, a transpose and the like. */
const identities = new Set(['negate', 'transpose', 'Q.negate', 'Q.inverse', 'Q.absolute', 'Math.abs', 'multipliedOut']);
const otherFunction = new Map([
  ['Math.min', 'Math.max'],
  ['Math.max', 'Math.min'],
  ['Q.plus', 'Q.minus'],
  ['Q.minus', 'Q.plus'],
  ['Q.isPositive', '!Q.isNegative'],
  ['plus', 'minus'],
  ['minus', 'plus'],
]);

/** The text with one mutant in it. */
export const mutated = (source, { start, end, text }) => source.slice(0, start) + text + source.slice(end);

/** The text with a note at every site: `__reached(first)` at the first of `sites`, and so on. */
export function noted(source, sites, first) {
  // Of two that start together the longer opens first, of two that end together the shorter closes first.
  const pieces = sites.flatMap(({ start, end }, n) => [
    { at: start, rank: -end, text: `(__reached(${first + n}), ` },
    { at: end, rank: -source.length - start, text: ')' },
  ]);
  pieces.sort((a, b) => a.at - b.at || a.rank - b.rank);
  let [made, from] = ['', 0];
  for (const { at, text } of pieces) {
    made += source.slice(from, at) + text;
    from = at;
  }
  return made + source.slice(from);
}
