/** Who may import whom? Everything in src/ is read and held to the order that ARCHITECTURE.md shows. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/**
 * From the bottom up: a folder imports from folders to its left in its own line, and from the lines above it.
 * `grammar` and `rules` are the folders of these names beside src/; index is src/index.ts.
 */
export const layers: readonly (readonly string[])[] = [
  ['basics', 'rules'],
  ['syntax', 'shape'],
  ['grammar'],
  ['terms', 'parse', 'print'],
  ['assume'],
  ['rewrite', 'evaluate', 'loops'],
  ['elaborate'],
  ['form'],
  ['decide'],
  ['derive'],
  ['explain'],
  ['api'],
  ['index'],
  ['cli', 'plugin'],
];
const order = layers.flat();

interface Import {
  readonly from: string;
  readonly to: string;
}
const root = fileURLToPath(new URL('..', import.meta.url));
const folderOf = (path: string): string => {
  const [top, second] = path.split('/') as [string, string | undefined];
  return top === 'src' ? second!.replace(/\.ts$/, '') : top;
};

function imports(): readonly Import[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.flatMap((file) => {
    const path = join('src', file).replaceAll('\\', '/');
    const text = readFileSync(join(root, path), 'utf8');
    const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) => target!);
    return targets.map((target) => ({
      from: path,
      to: relative(root, normalize(join(root, dirname(path), target))).replaceAll('\\', '/'),
    }));
  });
}
const found = imports();
const isUpwards = ({ from, to }: Import): boolean => order.indexOf(folderOf(to)) > order.indexOf(folderOf(from));

test('imports run downwards', () => {
  const wrong = found.filter(isUpwards);
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
});
test('rewriting is handed its rules, but for those that it carries out itself', () => {
  const handed = found.filter(({ to }) => folderOf(to) === 'rules' && to !== 'rules/native.ts');
  expect(new Set(handed.map(({ from }) => folderOf(from)))).not.toContain('rewrite');
});
test('emitters see loops, never terms', () => {
  const seen = new Set(found.filter(({ from }) => from.startsWith('src/loops/emit/')).map(({ to }) => folderOf(to)));
  expect(seen).not.toContain('terms');
});
test('the interpreter shares nothing with the symbolic engine', () => {
  const seen = new Set(found.filter(({ from }) => folderOf(from) === 'evaluate').map(({ to }) => folderOf(to)));
  for (const folder of ['terms', 'elaborate', 'rewrite', 'loops', 'derive']) expect(seen).not.toContain(folder);
});
test('what settles claims by definitions alone has no law of the engine in it', () => {
  const seen = found.filter(({ from }) => /decide\/(reference|measured)\.ts$/.test(from)).map(({ to }) => folderOf(to));
  for (const folder of ['terms', 'assume', 'rewrite', 'loops', 'form', 'rules']) expect(seen).not.toContain(folder);
});
test('an explanation reads the trace and finds nothing of its own', () => {
  const texts = readdirSync(join(root, 'src/explain')).map((file) =>
    readFileSync(join(root, 'src/explain', file), 'utf8'),
  );
  expect(texts.length).toBeGreaterThan(5);
  for (const text of texts) expect(text).not.toMatch(/\b(simplify|rewriteEverywhere|rewriteOnce|applyRule)\(/);
});
