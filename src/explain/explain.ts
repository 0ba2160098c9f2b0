/** A derivation as a student reads it: a view of the trace that made the answer. */
import { native } from '../../rules/native.ts';
import type { Derivation } from '../derive/derivation.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import { symmetryUsed } from '../derive/symmetry.ts';
import type { CellStep, Pass } from '../derive/trace.ts';
import { isLinear } from './forward-parts.ts';
import { forwardSteps } from './forward-steps.ts';
import { notebookFor, type Notebook, presetLetters } from './notebook.ts';
import { reverseSteps } from './reverse-steps.ts';
import { readingSteps, rewriteSteps, rulesFired } from './rewrite-steps.ts';
import { upright } from './formulas.ts';
import { stepFor, type Level, type Step, formulasOf } from './step.ts';
import { toText } from '../print/text.ts';
import type { Telling } from '../rewrite/rule.ts';
import { nameOf, subscript } from '../syntax/build.ts';
import { partsOf, namesIn, isOfPositions } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Node } from '../terms/node.ts';

export type { Level, Step } from './step.ts';

export function explain(derivation: Derivation, engine: ProgramEngine, level: Level): readonly Step[] {
  if (level === 'answer') return [answerStep(derivation)];
  const notebook = notebookFor(derivation, engine);
  const passes = passesOf(derivation.steps.map(withSymmetry));
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
  const read = readingSteps(engine.world.readings(derivation.question.expression), notebook);
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

/** Normal form does not tell a symmetric matrix from its transpose; a reader does. */
function withSymmetry(step: CellStep): CellStep {
  const symmetry = symmetryUsed(step);
  return symmetry ? { ...step, rewrites: [symmetry, ...step.rewrites] } : step;
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

// ---- closing
// From the last derivative to the answer as it was asked for.

const isDerivative = (e: Expression): boolean =>
  e.kind === 'call' && !e.within && /^(grad|jacobian|hessian|jvp|vjp|hvp|d)$/.test(e.name);

const hasSubscripts = (e: Expression): boolean =>
  e.kind === 'subscript' || isOfPositions(e) || partsOf(e).some(hasSubscripts);

/** 1 + sign(x) says sign(x) + 1. */
const inNoOrder = (e: Expression): string =>
  e.kind === 'sum'
    ? e.terms
        .map(({ negative, term }) => `${negative ? '-' : '+'}${inNoOrder(term)}`)
        .toSorted()
        .join('')
    : toText(e);

/** Nothing to add where the last step said it already, in the same form. */
export function closingSteps(derivation: Derivation, steps: readonly Step[], notebook: Notebook): readonly Step[] {
  const { question, expression, chains, indices, layout } = derivation;
  const rewrites = chains.flatMap((chain) => chain.rewrites);
  const last = steps.findLast(({ level }) => level === 'main');
  const answer = inNoOrder(upright(expression));
  const told = [last?.inMatrices?.after, last?.after].some((e) => e && inNoOrder(e) === answer);
  const { expression: asked, at } = question;
  const plain = isDerivative(asked) && at.length === 0;
  const isEntryAsked = asked.kind === 'subscript' && isDerivative(asked.of) && at.length === 0;
  // inv(A*B) is read as its answer: the identity has said all.
  const isRead = last?.before !== undefined && toText(last.before) === toText(asked) && at.length === 0;
  if (told && (plain || isEntryAsked || isRead)) return [];
  const fired = plain && layout ? [layout] : rulesFired(rewrites);
  const of = indices ? subscript(asked, ...indices.map(nameOf)) : asked;
  return [
    ...(plain ? [] : rewriteSteps(rewrites, notebook, notebook.indexNames)),
    stepFor(fired.length > 0 ? fired : lastTouch(derivation, last, notebook), { of, after: expression }, rewrites),
  ];
}

/** Nothing is left to rewrite: the same is written another way. */
function lastTouch({ indices, where }: Derivation, last: Step | undefined, { letters }: Notebook): readonly Telling[] {
  if (indices) return [native['one entry']];
  const own = new Set([...letters.values()].map(({ symbol }) => symbol.name));
  const shown = last?.inMatrices?.after ?? last?.after;
  const isEntry = last && !last.inMatrices && hasSubscripts(last.after);
  const touches = [
    ...(isEntry ? [native['matrix form']] : []),
    ...(shown && [...namesIn(shown)].some((name) => own.has(name)) ? [native['the letters put back']] : []),
    ...(where.length > 0 ? [native['a letter for a part']] : []),
  ];
  return touches.length > 0 ? touches : [native['matrix form']];
}

// ---- letters
// Letters are introduced before the first step that uses them.

export function introduced(steps: readonly Step[], notebook: Notebook): readonly Step[] {
  const waiting = new Map([...notebook.letters].map(([node, { symbol }]) => [symbol.name, node]));
  const done: Step[] = [];
  const introduce = (step: Step): void => {
    if (waiting.size > 0)
      for (const name of formulasOf(step).flatMap((e) => [...namesIn(e)])) {
        const node = waiting.get(name);
        if (!node) continue;
        waiting.delete(name);
        introduce(introduction(node, notebook));
      }
    done.push(step);
  };
  steps.forEach(introduce);
  return done;
}

function introduction(node: Node, notebook: Notebook): Step {
  const { name, axes, at, shape } = notebook.cell(node);
  const { use } = notebook.letters.get(node)!;
  const names = notebook.nameIndices(axes, new Map());
  const whole = shape.kind === 'scalar' && use === 'divisor' ? undefined : notebook.wholeMeaning(node);
  return {
    rules: ['a letter for a part'],
    says: `Write ${name} for the ${use === 'divisor' ? 'sum' : use}.`,
    ...(whole ? { of: nameOf(name!), after: whole } : { of: at(names), after: notebook.meaning(node, names) }),
    so: use === 'divisor' ? notebook.shownIn(node) : undefined,
    level: 'main',
    assumptions: [],
  };
}
