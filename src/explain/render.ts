/** Steps as lines of text, of Unicode, or as aligned LaTeX. */
import { nameOf } from '../syntax/build.ts';
import { namesIn, mapParts } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import { toLatex } from '../print/latex.ts';
import { toText, toUnicode } from '../print/text.ts';
import { isDerivativeSign } from './formulas.ts';
import { type Equation, ruleOf, type Step } from './step.ts';

type Print = (e: Expression) => string;

/** A derivative that is not worked out yet is one sign, not a quotient: it is printed as a name is, and then filled in. */
function withSigns(print: Print, fraction: (of: string, by: string) => string): Print {
  const whole: Print = (root) => {
    const used = namesIn(root);
    const signs: (readonly [token: string, text: string])[] = [];
    const named = mapParts(root, (e) => {
      if (!isDerivativeSign(e) || e.left.kind !== 'call' || e.right.kind !== 'call') return undefined;
      let token = `Z${signs.length}`;
      while (used.has(token)) token = `Z${token}`;
      signs.push([token, fraction(whole(e.left.arguments[0]!), whole(e.right.arguments[0]!))]);
      return nameOf(`${token}zz`);
    });
    return signs.reduceRight(
      (text, [token, sign]) => text.replaceAll(print(nameOf(`${token}zz`)), () => sign),
      print(named),
    );
  };
  return whole;
}

export const stepText: Print = withSigns(toText, (of, by) => `d(${of})/d(${by})`);
export const stepUnicode: Print = withSigns(
  toUnicode,
  (of, by) => `∂${/^[\p{L}\p{N}_]+(\[[^\]]*\])?$/u.test(of) ? of : `(${of})`}/∂${by}`,
);
export const stepLatex: Print = withSigns(toLatex, (of, by) =>
  /\\frac|\\sum|[-+ ]/.test(of)
    ? `\\frac{\\partial}{\\partial ${by}} \\left(${of}\\right)`
    : `\\frac{\\partial ${of}}{\\partial ${by}}`,
);

const chain = ({ of, before, after }: Equation, print: Print): string =>
  [of, before, after].flatMap((e) => (e ? [print(e)] : [])).join(' = ');

function lines(step: Step, n: string, print: Print): readonly string[] {
  const { so, inMatrices, assumptions, says } = step;
  const head = `${n} ${ruleOf(step)}${assumptions.length > 0 ? ` (assuming ${assumptions.join(', ')})` : ''}`;
  const formula = chain(step, print) + (so ? `, so ${chain(so, print)}` : '');
  return [head, ...(says ? [says] : []), formula, ...(inMatrices ? [`in matrices: ${chain(inMatrices, print)}`] : [])];
}
export type LineStyle = 'text' | 'unicode';

/** A numbered list; every line but the first of a step is indented, and no sentence comes twice. */
export function renderSteps(steps: readonly Step[], style: LineStyle = 'text', withSentences = true): string {
  const print = style === 'text' ? stepText : stepUnicode;
  const said = new Set<string>();
  return steps
    .map((step, n) => {
      const repeats = said.has(step.says);
      said.add(step.says);
      const [head, ...rest] = lines(withSentences && !repeats ? step : { ...step, says: '' }, `${n + 1}.`, print);
      return [head, ...rest.map((line) => `   ${line}`)].join('\n');
    })
    .join('\n');
}

/** One aligned block, a row for each equality, with the rule beside it. */
export function stepsLatex(steps: readonly Step[]): string {
  const rows = steps.flatMap((step) => {
    const equations = [step, step.so, step.inMatrices].filter((e): e is Equation => e !== undefined);
    return equations.map((e, n) => `${latexRow(e)}${n === 0 ? ` && \\text{${escaped(ruleOf(step))}}` : ''}`);
  });
  return `\\begin{aligned}\n${rows.join(' \\\\\n')}\n\\end{aligned}`;
}
function latexRow({ of, before, after }: Equation): string {
  const [left, ...rest] = [of, before, after].flatMap((e) => (e ? [stepLatex(e)] : []));
  return rest.length > 0 ? `${left} &= ${rest.join(' = ')}` : `& ${left}`;
}
const escaped = (text: string): string =>
  text.replace(/[\\{}$&#^_%~*]/g, (c) =>
    c === '\\'
      ? '\\textbackslash{}'
      : c === '^'
        ? '\\textasciicircum{}'
        : c === '~'
          ? '\\textasciitilde{}'
          : c === '*'
            ? '*'
            : `\\${c}`,
  );
