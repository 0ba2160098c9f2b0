// npm run fuzz -- --seed 1 --seconds 60 --kind hessian
// Compiles the project with its fuzzer aside (Node runs no TypeScript), runs it, and says what it found. A program that
// takes longer than a minute is stopped, reported as a hang, and the run goes on behind it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'node_modules', '.cache', 'matgrad-fuzz');
const longest = 60_000;

const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
execFileSync(process.execPath, [tsc, '-p', root, '--noEmit', 'false', '--outDir', built, '--noCheck'], {
  stdio: 'inherit',
});
mkdirSync(built, { recursive: true });
writeFileSync(join(built, 'package.json'), '{ "type": "module" }\n');

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const ends = Date.now() + Number(option('seconds', '30')) * 1000;
const kind = option('kind');
const totals = { programs: 0, compared: 0, counts: {} };

/** One process, from a program number on; resolves to the number to go on from, or undefined at the end. */
function run(from) {
  const own = [
    '--seed',
    option('seed', '1'),
    '--seconds',
    String(Math.max(1, (ends - Date.now()) / 1000)),
    '--from',
    String(from),
  ];
  const child = spawn(
    process.execPath,
    ['--stack-size=4000', join(built, 'test/fuzz/main.js'), ...own, ...(kind ? ['--kind', kind] : [])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let trying;
  let watch;
  let finished = false;
  const watched = () => {
    clearTimeout(watch);
    watch = setTimeout(() => {
      report({ found: 'hang', text: trying?.text ?? '', detail: `longer than ${longest / 1000} s` });
      child.kill('SIGKILL');
    }, longest);
  };
  watched();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.text !== undefined && event.trying !== undefined) {
      trying = event;
      watched();
    } else if (event.found) {
      watched();
      report(event);
    } else if (event.done) {
      finished = true;
      totals.programs += event.done.programs;
      totals.compared += event.done.compared;
      for (const [fault, n] of Object.entries(event.done.counts))
        totals.counts[fault] = (totals.counts[fault] ?? 0) + n;
    }
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(watch);
      if (!finished && signal === null)
        report({ found: 'abort', text: trying?.text ?? '', detail: `the process ended with ${code}` });
      resolve(finished || trying === undefined ? undefined : trying.trying + 1);
    });
  });
}

let found = 0;
function report({ found: fault, text, answer, detail }) {
  if (fault !== 'refused') found++;
  console.log(`\n${fault}\n  ${text.replaceAll('\n', '\n  ')}${answer ? `\n  -> ${answer}` : ''}\n  ${detail}`);
}

for (let from = Number(option('from', '0')); from !== undefined && Date.now() < ends;) from = await run(from);
console.log(`\n${totals.programs} programs, ${totals.compared} compared with finite differences:`, totals.counts);
process.exit(found > 0 ? 1 : 0);
