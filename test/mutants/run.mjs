/** Runs tests over a changed source, in a process of their own. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, entryName } from './bundle.mjs';

const child = fileURLToPath(new URL('./child.mjs', import.meta.url));
/** Milliseconds of processor time that a test may take beyond ten times what it usually takes. */
const patience = 4_000;

const running = new Set();
process.on('exit', () => running.forEach((process) => process.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/**
 * @typedef {object} Wanted
 * @property {string} testFile
 * @property {readonly number[]} [only] some of its tests, by their places
 * @property {number} [longest] milliseconds that its longest test usually takes
 */

/**
 * @param {string} root
 * @param {Readonly<Record<string, string>>} changes texts that stand in place of files
 * @param {readonly string[]} testFiles
 * @param {(run: (files: readonly Wanted[], noting?: boolean) => Promise<object | undefined>) => Promise<T>} use
 * `run` gives what the child reports; undefined where it was stopped
 * @template T
 */
export async function withBundle(root, changes, testFiles, use, worker = 0) {
  // Below node_modules, so that packages are found from there.
  const folder = join(root, 'node_modules', '.cache', 'matgrad-mutants', `${process.pid}-${worker}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await bundle(root, testFiles, changes, folder);
    return await use((files, noting = false) => run(root, folder, files, noting));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let runs = 0;
async function run(root, folder, files, noting) {
  const result = join(folder, `result-${++runs}.json`);
  const wanted = files.map(({ testFile, only, longest }) => ({ entry: entryName(root, testFile), only, longest }));
  const task = { folder, files: wanted, noting, patience: noting ? 20 * patience : patience, result };
  const started = spawn(process.execPath, ['--max-old-space-size=2500', child, JSON.stringify(task)], {
    cwd: root,
    stdio: 'ignore',
  });
  running.add(started);
  const code = await new Promise((resolve) => started.on('close', resolve));
  running.delete(started);
  return code === 0 ? JSON.parse(readFileSync(result, 'utf8')) : undefined;
}
