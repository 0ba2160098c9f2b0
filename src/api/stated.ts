/** How is a reader told where an answer holds, and what it rests on? One short sentence for each condition and declared fact. */
import type { Condition, Need } from '../elaborate/conditions.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import { partsOf, namesIn } from '../syntax/parts.ts';
import { parseExpression } from '../parse/parse.ts';
import { toText, toUnicode, greekName } from '../print/text.ts';
import { factRecords } from '../syntax/facts.ts';
import type { Expression, Fact } from '../syntax/tree.ts';

// ---- conditions

/** `text` is for people; the rest says the same to programs. */
export interface StatedCondition {
  readonly text: string;
  readonly unicode: string;
  /** `domain`: the value exists only there; `smooth`: the derivative exists only there. */
  readonly kind: Condition['kind'];
  readonly needs: Need;
  /** What needs it, in the language. */
  readonly of: string;
  /** The part of the program that asks for it. */
  readonly because: string;
}

interface Telling {
  readonly checked: CheckedProgram;
  readonly answer: Expression;
  readonly show: (e: Expression) => string;
}

export function statedConditions(
  conditions: readonly Condition[],
  answer: Expression,
  checked: CheckedProgram,
): readonly StatedCondition[] {
  return conditions.map((condition) => ({
    text: textOf(condition, { checked, answer, show: toText }),
    unicode: inUnicode(condition, { checked, answer, show: toUnicode }),
    kind: condition.kind,
    needs: condition.needs,
    of: toText(condition.of),
    because: condition.because,
  }));
}

function inUnicode(condition: Condition, telling: Telling): string {
  const because = parseExpression(condition.because);
  const said = textOf(because.ok ? { ...condition, because: toUnicode(because.value) } : condition, telling);
  return said.replaceAll(' >= ', ' ≥ ').replaceAll(' != ', ' ≠ ');
}

function textOf(condition: Condition, telling: Telling): string {
  const { kind, only = [] } = condition;
  const said = kind === 'domain' ? domainText(condition, telling) : kinkText(condition, telling);
  if (only.length === 0) return said;
  const where = only.map((c) => `${telling.show(c.left)} ${c.comparison} ${telling.show(c.right)}`).join(', ');
  return said.replace(/(?=, for |: )|$/, ` for ${where}`);
}

const isScalar = (e: Expression, checked: CheckedProgram): boolean => checked.shapeOf(e).kind === 'scalar';

function domainText(condition: Condition, telling: Telling): string {
  const { needs, of, whole, because } = condition;
  const { checked, show } = telling;
  const single = isScalar(of, checked);
  const entries = single ? '' : ' in every entry';
  const said = ((): string => {
    switch (needs) {
      case 'positive':
        return `${show(of)} > 0${entries}`;
      case 'nonnegative':
        return `${show(of)} >= 0${entries}`;
      case 'nonzero':
        return single || whole ? `${show(of)} != 0` : `${show(of)} != 0 in every entry`;
      case 'invertible':
        return `${show(of)} is invertible`;
      case 'inside-unit':
        return `-1 < ${show(of)} < 1${entries}`;
      case 'unit':
        return `-1 <= ${show(of)} <= 1${entries}`;
      case 'probability':
        return `0 < ${show(of)} < 1${entries}`;
      case 'off-poles':
        return `${show(of)} is not 0, -1, -2, …${entries}`;
      case 'not-integer':
        return `${show(of)} is no whole number${entries}`;
      case 'natural':
        return `${show(of)} is 0, 1, 2, …${entries}`;
      case 'unique-maximum':
        return `${show(of)} has one largest entry`;
      case 'unique-minimum':
        return `${show(of)} has one smallest entry`;
      case 'definite':
        return `${show(of)} is positive definite`;
      case 'principal':
        return single ? `${show(of)} > 0` : `${show(of)} has no eigenvalue that is 0 or negative`;
      case 'distinct':
        return `${show(of)} has no equal entries`;
    }
  })();
  const pole = needs === 'positive' && !single ? poleIn(telling.answer, toText(of)) : undefined;
  const more = pole
    ? `; the answer itself is undefined where ${entryText(pole.under, show)} = 0 for some i with ${entryText(pole.over, show)} != 0`
    : '';
  return `${said}, for ${because}${more}`;
}

function kinkText({ needs, of, whole, along, divides, because }: Condition, { checked, show }: Telling): string {
  const which = along === 1 ? `a column of ${show(of)}` : along === 2 ? `a row of ${show(of)}` : show(of);
  if (needs === 'unique-maximum')
    return `except where ${which} has several largest entries: ${because} has a kink there`;
  if (needs === 'unique-minimum')
    return `except where ${which} has several smallest entries: ${because} has a kink there`;
  if (needs === 'distinct') return `except where ${show(of)} has equal entries: ${because} has no derivative there`;
  if (needs === 'invertible') return `except where ${show(of)} is singular: ${because} has a kink there`;
  if (needs === 'not-integer') {
    const which = isScalar(of, checked) ? show(of) : `an entry of ${show(of)}`;
    return `except where ${which} is a whole number: ${because} jumps there`;
  }
  if (needs === 'inside-unit')
    return `except where ${isScalar(of, checked) ? show(of) : `an entry of ${show(of)}`} is 1 or -1: ${because} has no derivative there`;
  if (needs === 'positive') return `except where ${zeroText(of, checked, show)}: ${because} has no derivative there`;
  if (divides)
    return `except where ${zeroText(of, checked, show)}: the derivative of ${because} is written with divisions by it`;
  return `except where ${whole ? `${show(of)} = 0` : zeroText(of, checked, show)}: ${because} has a kink there`;
}

/** z[i] = 0 for any i. */
function zeroText(of: Expression, checked: CheckedProgram, show: (e: Expression) => string): string {
  const { kind } = checked.shapeOf(of);
  if (kind === 'scalar') return `${show(of)} = 0`;
  if (of.kind !== 'name') return `an entry of ${show(of)} is 0`;
  return kind === 'matrix' ? `${show(of)}[i,j] = 0 for some i, j` : `${show(of)}[i] = 0 for some i`;
}

/** t./z where z is the array that must not be 0, and t more than a number. */
function poleIn(
  answer: Expression,
  under: string,
): { readonly over: Expression; readonly under: Expression } | undefined {
  const stack = [answer];
  for (let e = stack.pop(); e; e = stack.pop()) {
    if (
      e.kind === 'binary' &&
      e.operator === './' &&
      e.left.kind === 'name' &&
      e.right.kind === 'name' &&
      toText(e.right) === under
    )
      return { over: e.left, under: e.right };
    stack.push(...partsOf(e));
  }
  return undefined;
}
const entryText = (name: Expression, show: (e: Expression) => string): string => `${show(name)}[i]`;

// ---- declared facts behind a question

export interface Assumption {
  readonly text: string;
  readonly unicode: string;
}

export function assumptionsBehind(question: Expression, checked: CheckedProgram): readonly Assumption[] {
  const seen = new Set<string>();
  const waiting = [question];
  for (let e = waiting.pop(); e; e = waiting.pop())
    for (const name of namesIn(e)) {
      if (seen.has(name)) continue;
      seen.add(name);
      const value = checked.definitions.get(name)?.value ?? checked.functionDefinitions.get(name)?.value;
      if (value) waiting.push(value);
    }
  return [...checked.variables.values()]
    .filter(({ name }) => seen.has(name))
    .flatMap(({ name, facts, at, moments }) =>
      [...facts]
        .filter((fact) => fact !== 'constant')
        .map((fact): Assumption => {
          const which = factRecords[fact].value;
          const value = which && moments?.[which];
          const text = value ? `${name} ${fact} ${toText(value)}` : said(name, fact, at);
          if (value) return { text, unicode: `${greekName(name)} ${fact} ${toUnicode(value)}` };
          return { text, unicode: said(greekName(name), fact, at).replace('>=', '≥').replace('!=', '≠') };
        }),
    );
}

function said(name: string, fact: Fact, at: Expression | undefined): string {
  const { comparison } = factRecords[fact];
  if (comparison) return `${name} ${comparison} 0`;
  return at && fact === 'onehot' ? `${name} onehot at ${toText(at)}` : `${name} ${fact}`;
}
