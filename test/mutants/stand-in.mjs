/**
 * What the tests take from vitest, in one process and as little of it as they use: a mutant then costs a third of a second,
 * not five. The matchers are vitest's own. `collected` holds what the test files have declared since it was last emptied.
 */
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';
import { format } from 'node:util';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const collected = [];
let path = [];
let before = [];

const titleOf = (title, values, n) =>
  format(title.replaceAll('%#', String(n)), ...values.slice(0, title.match(/%[sdifjoO]/g)?.length ?? 0)).replaceAll(
    /\$(\w+)/g,
    (whole, name) =>
      values[0] && typeof values[0] === 'object' && name in values[0] ? String(values[0][name]) : whole,
  );
const each =
  (declare) =>
  (rows) =>
  (title, body, ...rest) =>
    rows.forEach((row, n) => {
      const values = Array.isArray(row) ? row : [row];
      declare(titleOf(title, values, n), () => body(...values), ...rest);
    });

const declareTest = (title, body) => collected.push({ name: [...path, title].join(' > '), body, before: [...before] });
const declareGroup = (title, body) => {
  const outside = [path, before];
  path = [...path, title];
  before = [...before];
  body();
  [path, before] = outside;
};
const nothing = () => {};
const withVariants = (declare) =>
  Object.assign((title, ...rest) => declare(title, rest.find((x) => typeof x === 'function') ?? nothing), {
    each: each(declare),
    skip: nothing,
    todo: nothing,
    skipIf: (condition) => (condition ? nothing : declare),
    runIf: (condition) => (condition ? declare : nothing),
  });
const failing = (title, body) =>
  declareTest(title, async () => {
    let failed = false;
    try {
      await body();
    } catch {
      failed = true;
    }
    if (!failed) throw new Error('passes, though it is said to fail');
  });

export const test = Object.assign(withVariants(declareTest), { fails: withVariants(failing) });
export const it = test;
export const describe = withVariants(declareGroup);
export const beforeEach = (body) => before.push(body);
export const beforeAll = (body) => {
  let done;
  before.push(() => (done ??= Promise.resolve(body())));
};
/** A process ends with its tests. */
export const afterEach = nothing;
export const afterAll = nothing;
export const vi = new Proxy(
  {},
  {
    get: (_, name) => {
      throw new Error(`vi.${String(name)} has no stand-in`);
    },
  },
);

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
const plain = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
chai.use(({ Assertion, AssertionError }) => {
  const same = (actual, expected, what) => {
    if (actual !== expected) throw new AssertionError(`${what} differs`);
  };
  Assertion.addMethod('toMatchFileSnapshot', function (file) {
    const full = resolve(file);
    same(this._obj, existsSync(full) ? readFileSync(full, 'utf8') : undefined, file);
  });
  Assertion.addMethod('toMatchInlineSnapshot', function (text) {
    const shown = typeof this._obj === 'string' ? this._obj : JSON.stringify(this._obj);
    same(
      plain(shown),
      plain(text)
        .replace(/^"(?=[^]*"$)/, '')
        .replace(/"$/, ''),
      'snapshot',
    );
  });
});
const made = (value, message) => chai.expect(value, message);
export const expect = Object.assign(made, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect);
