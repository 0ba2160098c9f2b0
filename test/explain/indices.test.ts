/** Letters of indices: none means two things in one formula, and the program's own keep theirs. */
import { expect, test } from 'vitest';
import { explain } from '../../src/explain/explain.ts';
import { indicesOfProgram } from '../../src/explain/notebook.ts';
import { stepText } from '../../src/explain/render.ts';
import { formulasOf, type Step } from '../../src/explain/step.ts';
import { everyPart, partsOf } from '../../src/syntax/parts.ts';
import type { Expression } from '../../src/syntax/tree.ts';
import { type Asked, corpora } from '../corpus/asked.ts';
import { told } from './given.ts';

/** Names that stand as indices and are not bound by a sum; letters bound twice are reported. */
function freeLetters(
  root: Expression,
  taken: ReadonlySet<string>,
  fault: (letter: string) => void,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (e: Expression, bound: ReadonlySet<string>): void => {
    if (e.kind === 'sum-over') {
      if (bound.has(e.index) || taken.has(e.index)) fault(e.index);
      visit(e.body, new Set([...bound, e.index]));
      return;
    }
    const indices = e.kind === 'subscript' ? e.indices : e.kind === 'call' && e.name === 'delta' ? e.arguments : [];
    for (const index of indices) if (index.kind === 'name' && !bound.has(index.name)) found.add(index.name);
    for (const part of partsOf(e)) visit(part, bound);
  };
  visit(root, new Set());
  return found;
}

/** The names in indicators. */
function comparedNames(root: Expression): readonly string[] {
  const found: string[] = [];
  everyPart(root, (e) => {
    if (e.kind === 'indicator')
      for (const side of [e.left, e.right]) everyPart(side, (part) => part.kind === 'name' && found.push(part.name));
  });
  return found;
}

function faultsIn(step: Step, own: ReadonlySet<string>): readonly string[] {
  const faults: string[] = [];
  for (const { of, before, after } of [step, step.so, step.inMatrices].filter((e) => e !== undefined)) {
    const [left, ...others] = [of, before, after]
      .filter((e) => e !== undefined)
      .map((e) => freeLetters(e, own, (letter) => faults.push(`${stepText(e)} binds ${letter}, which is free in it`)));
    // Where a block stands, as in 1[i == j + 2], its indices are known.
    const known = new Set([...(left ?? []), ...[of, before].flatMap((e) => (e ? comparedNames(e) : []))]);
    for (const letters of others)
      for (const letter of letters)
        if (!known.has(letter) && !own.has(letter)) faults.push(`${letter} comes from nowhere in ${stepText(after)}`);
  }
  for (const e of formulasOf(step))
    if (/\[-?\d{3,}|\d{4,}\]|undefined/.test(stepText(e))) faults.push(`${stepText(e)} shows an index of ours`);
  return faults;
}

const faultsOf = ({ name, derivation, engine }: Asked): readonly string[] => {
  const own = indicesOfProgram(engine, derivation);
  return explain(derivation, engine, 'detail').flatMap((step) =>
    faultsIn(step, own).map((fault) => `${name}: ${step.rules.join(', ')}: ${fault}`),
  );
};

test.each(corpora)(
  '%s: no step binds a letter that is free in it',
  (_, problems) => {
    expect([...problems()].flatMap(faultsOf)).toEqual([]);
  },
  300_000,
);

test('the index of a label is not the letter of a sum', () => {
  expect(told('z in R^n; y = softmax(z); L = -log(y[k])', 'grad(L, z)')).toMatchInlineSnapshot(`
    "1. derivative of log
       d(L)/d(y[l]) = -delta(l,k)/y[k]
       in matrices: d(L)/d(y) = -eye(n)[:,k]./y
    2. derivative of softmax, definition of y
       d(y[l])/d(z[i]) = y[l]*(delta(i,l) - y[i])
    3. chain rule
       d(L)/d(z[i]) = sum_l(d(L)/d(y[l])*d(y[l])/d(z[i])) = y[i] - delta(i,k)
       in matrices: d(L)/d(z) = y - eye(n)[:,k]"
  `);
});
test('entries of names keep the letters that the program gives them', () => {
  expect(told('z in R^n; A in R^(n x n); y = A*z; L = y[i]*y[j]', 'grad(L, z)')).toMatchInlineSnapshot(`
    "1. product rule
       d(L)/d(y[k]) = y[i]*delta(k,j) + y[j]*delta(k,i)
       in matrices: d(L)/d(y) = y[i]*eye(n)[:,j] + y[j]*eye(n)[:,i]
    2. chain rule
       d(L)/d(z[k]) = sum_l(d(L)/d(y[l])*A[l,k]) = y[i]*A[j,k] + A[i,k]*y[j]
       in matrices: d(L)/d(z) = (y[i]*A[j,:] + y[j]*A[i,:])'"
  `);
  expect(told('z in R^n; A in R^(n x n); y = A*z', 'grad(y[k], z)')).toMatchInlineSnapshot(`
    "1. derivative of the variable
       d(y[k])/d(y[l]) = delta(l,k)
       in matrices: d(y[k])/d(y) = eye(n)[:,k]
    2. linearity
       d(y[k])/d(z[i]) = sum_l(d(y[k])/d(y[l])*A[l,i]) = A[k,i]
       in matrices: d(y[k])/d(z) = A[k,:]'"
  `);
  expect(told('z in R^n; A in R^(n x n); y = A*z', 'jacobian(y[k]*y, z)')).toMatchInlineSnapshot(`
    "1. linearity
       d(y[i])/d(z[l]) = d((A*z)[i])/d(z[l]) = A[i,l]
    2. chain rule, product rule
       d(y[i]*y[k])/d(z[l]) = y[i]*d(y[k])/d(z[l]) + y[k]*d(y[i])/d(z[l]) = A[i,l]*y[k] + y[i]*A[k,l]
    3. matrix form
       jacobian(y[k]*y, z) = y*A[k,:] + y[k]*A"
  `);
});
