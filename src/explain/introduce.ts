/** Letters are introduced before the first step that uses them. */
import { namesIn } from '../syntax/parts.ts';
import type { Node } from '../terms/node.ts';
import { nameOf } from '../syntax/build.ts';
import type { Notebook } from './notebook.ts';
import { formulasOf, type Step } from './step.ts';

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
