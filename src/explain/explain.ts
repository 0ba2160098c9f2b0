/** A derivation as a student reads it: a view of the trace that made the answer. */
import type { CellStep, Pass } from '../differentiate/trace.ts';
import type { Derivation } from '../engine/answer.ts';
import type { ProgramEngine } from '../engine/engine.ts';
import { forwardSteps, stepFor } from './forward-steps.ts';
import { closingSteps } from './closing.ts';
import { introduced } from './introduce.ts';
import { notebookFor } from './notebook.ts';
import { presetLetters } from './question-letters.ts';
import { reverseSteps } from './reverse-steps.ts';
import type { Level, Step } from './step.ts';

export type { Level, Step } from './step.ts';

export function explain(derivation: Derivation, engine: ProgramEngine, level: Level): readonly Step[] {
  if (level === 'answer') return [answerStep(derivation)];
  const notebook = notebookFor(derivation, engine);
  const passes = passesOf(derivation.steps);
  const preset = presetLetters(derivation.question.expression);
  const derived = passes.flatMap(([pass, steps]) => (pass.mode === 'forward' ? forwardSteps(pass, steps, notebook, preset) : reverseSteps(pass, steps, notebook)));
  const steps = introduced([...derived, ...closingSteps(derivation, derived, notebook)], notebook);
  return level === 'detail' ? steps : steps.filter((step) => step.level === 'main');
}

function passesOf(steps: readonly CellStep[]): readonly (readonly [Pass, readonly CellStep[]])[] {
  const passes = new Map<Pass, CellStep[]>();
  for (const step of steps) passes.set(step.pass, [...(passes.get(step.pass) ?? []), step]);
  return [...passes];
}

function answerStep({ question, expression, steps, rewrites }: Derivation): Step {
  const all = [...steps.flatMap((step) => step.rewrites), ...rewrites];
  const used = steps.flatMap(({ contributions }) => contributions.flatMap(({ via }) => via.flatMap(({ rules }) => rules)));
  return { ...stepFor([...new Set(used)], { of: question.expression, after: expression }, all), says: '' };
}
