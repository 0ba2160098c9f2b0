/** Runs tests over a changed source in a process of their own. */
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
 * @param {string} root
 * @param {Readonly<Record<string, string>>} changes texts that stand in place of files
 * @param {readonly { testFile: string, only?: readonly number[], longest?: number }[]} files with the tests wanted of each
 * @returns what the child reports; undefined where it was stopped
 */
export async function runTests(root, changes, files, { noting = false, worker = 0 } = {}) {
  // Below node_modules, so that packages are found from there.
  const folder = join(root, 'node_modules', '.cache', 'matgrad-mutants', `${process.pid}-${worker}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  try {
    await bundle(
      root,
      files.map(({ testFile }) => testFile),
      changes,
      folder,
    );
    const result = join(folder, 'result.json');
    const wanted = files.map(({ testFile, only, longest }) => ({ entry: entryName(root, testFile), only, longest }));
    const task = { folder, files: wanted, noting, patience: noting ? 20 * patience : patience, result };
    const options = ['--max-old-space-size=2500', child, JSON.stringify(task)];
    const process_ = spawn(process.execPath, options, { cwd: root, stdio: 'ignore' });
    running.add(process_);
    const code = await new Promise((resolve) => process_.on('close', resolve));
    running.delete(process_);
    return code === 0 ? JSON.parse(readFileSync(result, 'utf8')) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
