/** All tests and the source below them as plain JavaScript, changed here and there: a fifth of a second for the whole project. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** The name of a test file's module in the bundle. */
export const entryName = (root, testFile) => relative(root, testFile).replace(/\.ts$/, '').replaceAll('/', '--');

/**
 * @param {string} root
 * @param {readonly string[]} testFiles
 * @param {Readonly<Record<string, string>>} changes texts that stand in place of files
 * @param {string} folder where the modules are written
 */
export async function bundle(root, testFiles, changes, folder) {
  const standIn = join(root, 'test/mutants/stand-in.mjs');
  const plugin = {
    name: 'mutants',
    resolveId: (name) => (name === 'vitest' ? { id: pathToFileURL(standIn).href, external: true } : null),
    load(id) {
      const text = changes[id] ?? (id.endsWith('.ts') ? readFileSync(id, 'utf8') : undefined);
      // A module of the bundle stands elsewhere.
      return text
        ?.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(id)))
        .replaceAll('import.meta.filename', JSON.stringify(id));
    },
  };
  const build = await rolldown({
    input: Object.fromEntries(testFiles.map((file) => [entryName(root, file), file])),
    platform: 'node',
    external: (id) => id.startsWith('node:') || (!/^[./\0]/.test(id) && id !== 'vitest' && !id.startsWith('file:')),
    plugins: [plugin],
    logLevel: 'silent',
    treeshake: false,
  });
  await build.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name].mjs',
    minify: false,
  });
  await build.close();
}
