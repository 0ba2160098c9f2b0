// `npm run bench`: how deriving grows with the size of the program, and how long a start takes. Prints tables; asserts nothing.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { growthTable } from './growth.mjs';
import { median } from './measure.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { parse } = await import(new URL('../../dist/src/index.js', import.meta.url));

const most = Number(process.argv[2] ?? 128);
for (const named of [true, false]) {
  console.log(`\nGradients of a tanh net by all its weights, layers ${named ? 'named' : 'nested in one expression'}`);
  console.log(growthTable(parse, most, named));
}

const softmax = 'z in R^n; tau > 0; y = softmax(z/tau)';
const derive = () => {
  const program = parse(softmax);
  if (!program.ok) throw new Error(program.problem.message);
  const answer = program.value.jacobian('y', 'z');
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value.text;
};
for (let warm = 0; warm < 300; warm++) derive();
const warmTimes = Array.from({ length: 200 }, () => {
  const start = performance.now();
  derive();
  return performance.now() - start;
});

const command = (...args) => {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
};
const colds = Array.from({ length: 9 }, () => ({
  bare: command('-e', '0'),
  derive: command('dist/src/cli/main.js', 'derive', 'softmax(z/tau)', '--wrt', 'z', '--no-check'),
  checked: command('dist/src/cli/main.js', 'derive', 'softmax(z/tau)', '--wrt', 'z'),
}));
const row = (name, times) => `${name.padEnd(56)} ${median(times).toFixed(1).padStart(8)} ms`;
console.log('\nTime for the Jacobian of softmax(z/tau), medians');
console.log(row('warm, from text to text', warmTimes));
console.log(
  row(
    'the command, process start to end, without the check',
    colds.map(({ derive }) => derive),
  ),
);
console.log(
  row(
    'the command with its numeric check',
    colds.map(({ checked }) => checked),
  ),
);
console.log(
  row(
    'for comparison: node itself, doing nothing',
    colds.map(({ bare }) => bare),
  ),
);
