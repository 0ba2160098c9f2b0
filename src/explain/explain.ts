/** A derivation as a student reads it: a view of the trace that made the answer. */
import type { CellStep, Pass } from '../derive/trace.ts';
import type { Derivation } from '../derive/derivation.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import { forwardSteps } from './forward-steps.ts';
import { stepFor } from './step-for.ts';
import { isLinear } from './forward-parts.ts';
import { closingSteps } from './closing.ts';
import { introduced } from './introduce.ts';
import { notebookFor } from './notebook.ts';
import { presetLetters } from './question-letters.ts';
import { restatedSteps } from './rewrite-steps.ts';
import { reverseSteps } from './reverse-steps.ts';
import type { Level, Step } from './step.ts';

export type { Level, Step } from './step.ts';

export function explain(derivation: Derivation, engine: ProgramEngine, level: Level): readonly Step[] {
  if (level === 'answer') return [answerStep(derivation)];
  const notebook = notebookFor(derivation, engine);
  const passes = passesOf(derivation.steps);
  const ending = {
    preset: presetLetters(derivation.question.expression),
    endsInMatrices: derivation.indices === undefined,
  };
  const parts = passes.filter(
    ([{ seed }]) => seed?.node.kind === 'symbol' && seed.node.symbol.role === 'differential',
  ).length;
  const derived = passes.flatMap(([pass, steps]) => {
    if (pass.mode === 'reverse') return reverseSteps(pass, steps, notebook);
    const told = forwardSteps(pass, steps, notebook, ending);
    return parts > 1 && pass.seed ? partOfDifferential(told, pass) : told;
  });
  const read = restatedSteps(derivation.restatements);
  const told = [...read, ...derived];
  const steps = introduced([...told, ...closingSteps(derivation, told, notebook)], notebook);
  return level === 'detail' ? steps : steps.filter((step) => step.level === 'main');
}

/** d(f) has a part for each variable: none of them is d(f) itself. */
function partOfDifferential(steps: readonly Step[], { targets: [target] }: Pass): readonly Step[] {
  const last = steps.findLast(({ level }) => level === 'main');
  if (!last || target?.kind !== 'symbol') return [];
  return [
    {
      rules: last.rules,
      says: `What varies with ${target.symbol.name}.`,
      after: last.after,
      level: 'main',
      assumptions: last.assumptions,
    },
  ];
}

function passesOf(steps: readonly CellStep[]): readonly (readonly [Pass, readonly CellStep[]])[] {
  const passes = new Map<Pass, CellStep[]>();
  for (const step of steps) {
    const known = passes.get(step.pass);
    if (known) known.push(step);
    else passes.set(step.pass, [step]);
  }
  return [...passes];
}

function answerStep({ question, expression, steps, chains }: Derivation): Step {
  const all = [...steps, ...chains].flatMap(({ rewrites }) => rewrites);
  const used = steps.flatMap(({ contributions }) =>
    contributions.flatMap(({ via }) => via.flatMap(({ rules }) => rules)),
  );
  const telling = used.filter((rule) => !isLinear([rule]));
  return {
    ...stepFor(telling.length > 0 ? telling : used.slice(0, 1), { of: question.expression, after: expression }, all),
    says: '',
  };
}
