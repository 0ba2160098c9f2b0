/**
 * Runs test files of a bundle until one test fails, and tells what happened. A second thread ends the process when a test takes
 * more processor time than it may: a mutant may never end, and a busy machine must not look like that.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const milliseconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

if (isMainThread) {
  const shared = new SharedArrayBuffer(16);
  const limits = new Float64Array(shared);
  const { folder, files, noting, patience, result } = JSON.parse(process.argv[2]);
  const allow = (more) => {
    limits[0] = milliseconds() + more;
  };
  const reached = new Uint8Array(noting ? 1 << 17 : 1);
  globalThis.__reached = (site) => {
    reached[site] = 1;
  };
  const takeReached = () => {
    const sites = [];
    reached.forEach((yes, site) => yes && sites.push(site));
    reached.fill(0);
    return sites;
  };
  allow(patience * 5);
  const watch = new Worker(new URL(import.meta.url), { workerData: shared });
  watch.unref();

  const { collected } = await import(new URL('./stand-in.mjs', import.meta.url));
  const report = { files: [] };
  for (const { entry, only, longest = 0 } of files) {
    const file = { entry, milliseconds: 0, tests: [] };
    report.files.push(file);
    collected.length = 0;
    const start = milliseconds();
    allow(patience * 5);
    try {
      await import(pathToFileURL(join(folder, `${entry}.mjs`)).href);
    } catch (error) {
      file.failed = `does not load: ${error?.message}`;
    }
    if (noting) file.loading = takeReached();
    const wanted = only && new Set(only);
    for (const [n, { name, body, before }] of file.failed ? [] : [...collected].entries()) {
      if (wanted && !wanted.has(n)) continue;
      const from = milliseconds();
      allow(patience + 10 * longest);
      try {
        for (const each of before) await each();
        await body();
      } catch (error) {
        file.failed ??= `${name}: ${String(error?.message).slice(0, 300)}`;
      }
      if (noting) file.tests.push({ milliseconds: milliseconds() - from, sites: takeReached() });
      else if (file.failed) break;
    }
    file.milliseconds = milliseconds() - start;
    if (file.failed && !noting) break;
  }
  writeFileSync(result, JSON.stringify(report));
  process.exit();
} else {
  const limits = new Float64Array(workerData);
  setInterval(() => {
    if (milliseconds() > limits[0]) process.kill(process.pid, 'SIGKILL');
  }, 200);
}
