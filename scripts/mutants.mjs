// npm run mutants -- --seed 1 --seconds 600 --in src/decide
// npm run mutants -- --planted
// Changes the source in one small place after the other (test/mutants/operators.mjs) and asks whether a test fails. Files are
// changed in memory only. A sample by seed, as many as the time allows; where fewer than 85 % are killed, the exit code is 1.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accepted } from '../test/mutants/accepted.mjs';
import { mutantsOf, mutated } from '../test/mutants/operators.mjs';
import { planted } from '../test/mutants/planted.mjs';
import { reachedBy, siteName } from '../test/mutants/reached.mjs';
import { rulesAtStart } from '../test/mutants/rules-at-start.mjs';
import { withBundle } from '../test/mutants/run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
/** Read once: where a mutant stands is counted in the text that it was found in. */
const texts = new Map();
const read = (file) => {
  if (!texts.has(file)) texts.set(file, readFileSync(join(root, file), 'utf8'));
  return texts.get(file);
};
const say = (line) => console.log(line);

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const has = (name) => process.argv.includes(`--${name}`);
const [seed, workers] = [Number(option('seed', '1')), Number(option('workers', '1'))];
const only = option('in', '');
/** Test files, by a regular expression: `test/(terms|form)/` for a quick look. */
const among = new RegExp(option('tests', ''));
/** Milliseconds of tests that a mutant is given, the most promising ones first. */
const most = has('survivors') ? Infinity : Number(option('most', '12')) * 1000;
const wanted = 0.85;
const [neverEnds, notReached] = ['never ends', 'no test reaches it'];
const conditionsOfRules = 'conditions of rules';

/** Where conditions and decisions are held. Hashes and interning may differ as they like: no answer shows them. */
const groups = {
  'facts and what follows (assume)': ['src/assume'],
  'claims (decide)': ['src/decide'],
  [conditionsOfRules]: [
    'rules',
    'src/derive/compile.ts',
    'src/derive/store.ts',
    'src/rewrite/match.ts',
    'src/rewrite/apply.ts',
  ],
  'normal form (terms)': ['src/terms'],
  'form search (form)': ['src/form'],
};
const leftOut = /(hash|intern|compiled-rules)\.ts$/;
const filesOf = (place) => {
  if (place.endsWith('.ts')) return existsSync(join(root, place)) ? [place] : [];
  if (!existsSync(join(root, place))) return [];
  return readdirSync(join(root, place), { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${place}/${file}`)
    .filter((file) => !leftOut.test(file))
    .toSorted();
};
const groupOf = new Map(
  Object.entries(groups).flatMap(([group, places]) => places.flatMap(filesOf).map((file) => [file, group])),
);

// ---- the mutants, in an order by seed

const hashOf = (text) => createHash('sha1').update(text).digest('hex');
const lineOf = (source, at) => source.slice(0, at).split('\n').length;
const lineText = (source, at) => source.slice(source.lastIndexOf('\n', at - 1) + 1, source.indexOf('\n', at)).trim();

const mutantsOfFile = new Map();
for (const file of groupOf.keys()) {
  const source = read(file);
  const seen = new Map();
  const mutants = mutantsOf(file, source).map((mutant) => {
    const line = lineText(source, mutant.start);
    // A name that survives changes elsewhere in the file.
    const name = `${file} | ${line} | ${mutant.what} | ${mutated(line, local(source, mutant))}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return { ...mutant, line, key: hashOf(`${name} ${nth}`) };
  });
  mutantsOfFile.set(file, mutants);
}
/** The change within its line. */
function local(source, { start, end, text }) {
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const indent = source.slice(from).match(/^ */)[0].length;
  return { start: start - from - indent, end: end - from - indent, text };
}
const isAccepted = ({ file, line, what }) =>
  accepted.find((a) => a.file === file && a.line === line && (a.what === undefined || a.what === what));

const everyMutant = [...mutantsOfFile.values()].flat();
for (const a of accepted)
  if (!everyMutant.some((mutant) => mutant.file === a.file && mutant.line === a.line))
    say(`accepted, but not there any more: ${a.file}: ${a.line}`);
const candidates = everyMutant
  .filter(({ file }) => file.startsWith(only))
  .filter((mutant) => !isAccepted(mutant))
  .toSorted((a, b) => (hashOf(`${seed} ${a.key}`) < hashOf(`${seed} ${b.key}`) ? -1 : 1));

// ---- what each run changes, and which tests it needs

/** Rules are compiled when the project is built; here at the start of each run, from what stands in rules/. */
const compiledFromRules = { [join(root, 'src/derive/compiled-rules.ts')]: rulesAtStart };
const needsRules = (file) => groupOf.get(file) === conditionsOfRules;

const began = Date.now();
const testFiles = await reachedBy(root, mutantsOfFile, compiledFromRules, { workers, among, say });
const whole = testFiles.reduce((total, { milliseconds }) => total + milliseconds, 0) / 1000;
say(`${testFiles.length} test files, ${whole.toFixed(0)} s of processor time; looked at in ${seconds(began)} s`);
const ends = Date.now() + Number(option('seconds', '600')) * 1000;
function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(0);
}

/** How often a test file that reached a mutant of a source file killed it: what promises most in a second comes first. */
const experience = new Map();
const experienceOf = (file, testFile) => experience.get(`${file} ${testFile}`) ?? { run: 0, killed: 0 };
function promise(file, testFile, time) {
  const folders = file.split('/').slice(0, -1);
  const near = folders.some((folder) => testFile.includes(`/test/${folder}/`)) ? 6 : 0;
  const { run, killed } = experienceOf(file, testFile);
  return (killed + near + 1) / (run + near + 4) / (time + 100);
}

/** The tests that reach a site, file by file, the most promising first, for at most so many milliseconds. */
function testsFor(file, reaches, most) {
  const wanted = testFiles.flatMap(({ testFile, milliseconds, tests, loading }) => {
    // Small files as a whole: what one test leaves in a memo another may look at.
    const all = loading.size > 0 && reaches(loading);
    const hits = [...tests.keys()].filter((n) => all || reaches(tests[n].sites));
    if (hits.length === 0) return [];
    const only = milliseconds < 300 ? undefined : hits;
    const time = (only ?? [...tests.keys()]).reduce((sum, n) => sum + tests[n].milliseconds, 0);
    const longest = Math.max(...tests.map((test) => test.milliseconds));
    return [{ testFile, only, longest, time }];
  });
  wanted.sort((a, b) => promise(file, b.testFile, b.time) - promise(file, a.testFile, a.time));
  let total = 0;
  return wanted.filter(({ time }, n) => n === 0 || (total += time) < most);
}

async function runMutant(worker, mutant, tests) {
  const changes = {
    ...(needsRules(mutant.file) ? compiledFromRules : {}),
    [join(root, mutant.file)]: mutated(read(mutant.file), mutant),
  };
  const done = await withBundle(
    root,
    changes,
    tests.map(({ testFile }) => testFile),
    (run) => run(tests),
    worker,
  );
  if (!done) return { killed: true, by: neverEnds };
  done.files.forEach(({ failed }, n) => {
    const { run, killed } = experienceOf(mutant.file, tests[n].testFile);
    experience.set(`${mutant.file} ${tests[n].testFile}`, { run: run + 1, killed: killed + (failed ? 1 : 0) });
  });
  const killer = done.files.find(({ failed }) => failed);
  return { killed: killer !== undefined, by: killer && `${killer.entry}: ${killer.failed}` };
}

const shown = ({ file, start, end, text, what }) => {
  const source = read(file);
  const short = (s) => (s.length > 160 ? `${s.slice(0, 157)}…` : s).replaceAll(/\s+/g, ' ');
  return `${file}:${lineOf(source, start)}  ${what}\n      ${short(source.slice(start, end))}\n   -> ${short(text)}`;
};

/** Each worker takes the next job until there is none, or no time is left. */
async function inParallel(jobs, work) {
  let next = 0;
  const one = async (_, worker) => {
    while (next < jobs.length && Date.now() < ends) await work(worker, jobs[next++]);
  };
  await Promise.all(Array.from({ length: workers }, one));
}

// ---- planted ones

if (has('planted')) {
  let alive = 0;
  await inParallel(planted, async (worker, { file, find, put, says }) => {
    const source = read(file);
    const at = source.indexOf(find);
    if (at < 0 || source.includes(find, at + 1)) {
      alive++;
      say(`STALE      ${says}: its place is not found once in ${file}`);
      return;
    }
    const mutant = { file, start: at, end: at + find.length, text: put };
    const { killed, by } = await runMutant(
      worker,
      mutant,
      testsFor(file, () => true, Infinity),
    );
    if (!killed) alive++;
    say(`${killed ? 'killed    ' : 'SURVIVED  '} ${says}${by ? `\n             by ${by}` : ''}`);
  });
  say(`${planted.length - alive} of ${planted.length} planted mutants are killed`);
  process.exit(alive > 0 ? 1 : 0);
}

// ---- a sample

/** From every group in turn, so that each has its share of the time. */
function inTurn(mutants) {
  const lists = Object.keys(groups).map((group) => mutants.filter(({ file }) => groupOf.get(file) === group));
  const most = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: most }, (_, n) => lists.flatMap((list) => list.slice(n, n + 1))).flat();
}
const cache = join(root, 'node_modules', '.cache', 'matgrad-mutants');
const lastSurvivors = join(cache, 'survivors.json');
const again = has('survivors') ? new Set(JSON.parse(readFileSync(lastSurvivors, 'utf8'))) : undefined;
const jobs = inTurn(again ? candidates.filter(({ key }) => again.has(key)) : candidates);

const results = [];
await inParallel(jobs, async (worker, mutant) => {
  const site = siteName(mutant);
  const tests = testsFor(mutant.file, (sites) => sites.has(site), most);
  const result = tests.length === 0 ? { killed: false, by: notReached } : await runMutant(worker, mutant, tests);
  results.push({ mutant, ...result });
  if (!result.killed) say(`${result.by ? 'NOT REACHED' : 'SURVIVED'}  ${shown(mutant)}`);
});

let poor = false;
say('');
for (const group of Object.keys(groups)) {
  const tried = results.filter(({ mutant }) => groupOf.get(mutant.file) === group);
  if (tried.length === 0) continue;
  const killed = tried.filter((r) => r.killed);
  const all = everyMutant.filter(({ file }) => groupOf.get(file) === group);
  const known = all.filter(isAccepted).length;
  const rate = killed.length / tried.length;
  if (rate < wanted) poor = true;
  const count = (by) => tried.filter((r) => r.by === by).length;
  say(
    `${group}: ${killed.length} of ${tried.length} killed (${(100 * rate).toFixed(1)} %), ${count(neverEnds)} of them never end; ` +
      `${count(notReached)} not reached; ${all.length} mutants in all, ${known} accepted`,
  );
}
const survivors = results.filter(({ killed }) => !killed).map(({ mutant }) => mutant.key);
mkdirSync(cache, { recursive: true });
writeFileSync(lastSurvivors, JSON.stringify(survivors));
say(`seed ${seed}, ${results.length} mutants tried; the survivors once more: npm run mutants -- --survivors`);
process.exit(poor ? 1 : 0);
