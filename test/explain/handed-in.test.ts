/** A rule that is handed in at run time is told like those that come with matgrad: its own name, its own sentence. */
import { expect, test } from 'vitest';
import { compileRewrite, identitiesFrom } from '../../src/derive/compile.ts';
import { derivationOf } from '../../src/derive/derivation.ts';

import { programEngine } from '../../src/derive/program-engine.ts';
import type { Catalogue } from '../../src/derive/catalogue.ts';
import { standardCatalogue } from '../../src/derive/catalogue.ts';
import { checked } from '../elaborate/given.ts';
import { explain } from '../../src/explain/explain.ts';
import { toText } from '../../src/print/text.ts';
import type { Step } from '../../src/explain/step.ts';

function stepsWith(catalogue: Partial<Catalogue>, program: string): readonly Step[] {
  const read = checked(program);
  const engine = programEngine(read, { ...standardCatalogue(), ...catalogue });
  const [asked] = read.questions;
  if (asked?.kind !== 'question') throw new Error(`${program} asks nothing`);
  return explain(derivationOf(asked, engine), engine, 'detail');
}
const toldBy = (steps: readonly Step[], rule: string): readonly string[] =>
  steps
    .filter(({ rules }) => rules.includes(rule))
    .map(({ says, before, after }) => `${before ? toText(before) : ''} = ${toText(after)}: ${says}`);

test('a rule for entries', () => {
  const rule = compileRewrite({
    name: 'a rule of the class',
    given: 'x in R',
    from: 'sign(x)',
    to: 'x/abs(x)',
    source: 'the blackboard',
    says: 'Where x is not 0, it has the length 1 once it is divided by its own.',
  });
  const steps = stepsWith({ rewrites: [rule, ...standardCatalogue().rewrites] }, 'x in R; grad(abs(x), x)');
  expect(toldBy(steps, 'a rule of the class')).toContain(
    'sign(x) = x/abs(x): Where x is not 0, it has the length 1 once it is divided by its own.',
  );
});

test('an identity', () => {
  const identities = identitiesFrom([
    {
      name: 'the norm of a transpose',
      given: 'A in R^(m x n)',
      from: "norm2(A')",
      to: 'norm2(A)',
      use: 'everywhere',
      source: 'the blackboard',
      says: 'The entries are the same, in another order.',
    },
  ]);
  const steps = stepsWith({ identities }, "A in R^(m x n); grad(norm2(A')^2, A)");
  expect(toldBy(steps, 'the norm of a transpose')).toEqual([
    "norm2(A') = norm2(A): The entries are the same, in another order.",
  ]);
  expect(
    stepsWith({ identities: () => [] }, "A in R^(m x n); grad(norm2(A')^2, A)").flatMap(({ rules }) => rules),
  ).not.toContain('the norm of a transpose');
});
