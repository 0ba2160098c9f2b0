/** Which tests reach which sites, and how long do they take? Found by one run with a note at every site. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryName } from './bundle.mjs';
import { noted } from './operators.mjs';
import { withBundle } from './run.mjs';

/** Tests of other parts: they take half of the time, and a guard that only they hold is not held. */
const apart =
  /^test\/(parse|grammar|print|loops|basics|cli|examples|bench|explain\/g|properties\/growth|fuzz\/fuzz|readme|architecture)/;

const testFilesOf = (root, among) =>
  readdirSync(join(root, 'test'), { recursive: true })
    .filter((file) => file.endsWith('.test.ts') && !apart.test(`test/${file}`) && among.test(`test/${file}`))
    .map((file) => join(root, 'test', file))
    .toSorted();

/** The sites of a file's mutants, each once, in the order of the text. */
function sitesOf(mutants) {
  const sites = new Map(mutants.map(({ site }) => [`${site.start}-${site.end}`, site]));
  return [...sites.values()].toSorted((a, b) => a.start - b.start || b.end - a.end);
}
export const siteName = ({ file, site }) => `${file}:${site.start}-${site.end}`;

/**
 * @typedef {object} TestFile
 * @property {string} testFile
 * @property {number} milliseconds of processor time, all its tests together
 * @property {readonly { milliseconds: number, sites: ReadonlySet<string> }[]} tests
 * @property {ReadonlySet<string>} loading sites that are reached when the file is loaded
 */

/**
 * @param {string} root
 * @param {ReadonlyMap<string, readonly import('./operators.mjs').Mutant[]>} mutantsOfFile
 * @param {Readonly<Record<string, string>>} always changes made in every run
 * @param {{ workers: number, among: RegExp, say: (line: string) => void }} settings `among`: the test files that are used
 * @returns {Promise<readonly TestFile[]>}
 */
export async function reachedBy(root, mutantsOfFile, always, { workers, among, say }) {
  const changes = { ...always };
  const names = [];
  for (const [file, mutants] of mutantsOfFile) {
    const sites = sitesOf(mutants);
    changes[join(root, file)] = noted(readFileSync(join(root, file), 'utf8'), sites, names.length);
    names.push(...sites.map((site) => siteName({ file, site })));
  }
  const named = (sites) => new Set(sites.map((n) => names[n]));
  const testFiles = testFilesOf(root, among);
  const keptIn = keeper(root, changes);
  const missing = testFiles.filter((testFile) => !existsSync(keptIn(testFile)));
  // Each file in a process of its own: what an earlier one has left in a memo it would not reach again.
  if (missing.length > 0)
    await withBundle(root, changes, missing, async (run) => {
      const waiting = [...missing];
      const one = async () => {
        for (let testFile = waiting.shift(); testFile; testFile = waiting.shift()) {
          const done = await run([{ testFile }], true);
          if (done) writeFileSync(keptIn(testFile), JSON.stringify(done.files[0]));
        }
      };
      await Promise.all(Array.from({ length: workers }, one));
    });
  return testFiles.flatMap((testFile) => {
    const kept = keptIn(testFile);
    const entry = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : { failed: 'does not end' };
    if (entry.failed) {
      say(`left out, as it fails without a mutant: ${entryName(root, testFile)}: ${entry.failed}`);
      return [];
    }
    const tests = entry.tests.map(({ milliseconds, sites }) => ({ milliseconds, sites: named(sites) }));
    return [{ testFile, milliseconds: entry.milliseconds, tests, loading: named(entry.loading) }];
  });
}

/** What a test file reaches stays the same as long as it, the source, and what tests share do. */
function keeper(root, changes) {
  const folder = join(root, 'node_modules', '.cache', 'matgrad-mutants');
  mkdirSync(folder, { recursive: true });
  const shared = ['src', 'rules', 'test']
    .flatMap((place) => readdirSync(join(root, place), { recursive: true }).map((file) => join(root, place, file)))
    .filter((file) => /\.(ts|jsonl|txt)$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(file, 'utf8'));
  const hashOf = (texts) => createHash('sha1').update(texts.join('\n')).digest('hex');
  const common = hashOf([...shared, ...Object.values(changes)]);
  return (testFile) => join(folder, `${hashOf([common, testFile, readFileSync(testFile, 'utf8')])}.json`);
}
