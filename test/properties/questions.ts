/** The questions of all corpora as lines of batch mode: public problems, seeds, golden chapters, generated programs. */
import { readdirSync, readFileSync } from 'node:fs';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { parse } from '../../src/index.ts';
import { generate, kinds } from '../fuzz/generate.ts';

export interface Asked {
  readonly id: string;
  readonly program?: string;
  readonly ask?: string;
  readonly expr?: string;
  readonly [field: string]: unknown;
}
export interface Told {
  readonly ok: boolean;
  readonly text: string;
  readonly where?: readonly { readonly name: string; readonly text: string }[];
  readonly error?: { readonly kind: string; readonly message: string };
}

const near = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const linesOf = (path: string): readonly Asked[] =>
  near(path)
    .trim()
    .split('\n')
    .map((line) => ({ ...(JSON.parse(line) as Asked), values: undefined, sizes: undefined }));

export const publicProblems = (): readonly Asked[] => linesOf('../corpus/problems.jsonl');
export const seeds = (): readonly Asked[] => linesOf('../corpus/seeds.jsonl');

export const golden = (): readonly Asked[] =>
  readdirSync(new URL('../golden', import.meta.url))
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .flatMap((file) =>
      [...near(`../golden/${file}`).matchAll(/```mg\n([\s\S]*?)```\n/g)].flatMap(([, block], n) => {
        const program = parse(block!);
        if (!program.ok) return [];
        const questions = program.value.questions().filter(({ kind }) => kind === 'question');
        return questions.map(({ text }, k): Asked => ({ id: `${file} ${n}.${k}`, program: block!, ask: text }));
      }),
    );

export const generated = (count: number, seed: number): readonly Asked[] =>
  Array.from({ length: count }, (_, n) => {
    const statements = generate(randomNumbers(seed * 10_007 + n), kinds[n % kinds.length]).text.split('\n');
    return { id: `generated ${n}`, program: statements.slice(0, -1).join('; '), ask: statements.at(-1)! };
  });
