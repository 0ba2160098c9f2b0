/**
 * The fuzzer's loop: `npm run fuzz -- --seed 1 --seconds 60 --kind hessian`. One line of JSON per event on standard output:
 * {"trying": …} before each program, so that whoever started us can tell which one hangs, {"found": …}, {"done": …}.
 */
import { randomNumbers } from '../../src/evaluate/points.ts';
import { generate, type Kind, kinds, sizes } from './generate.ts';
import { type Finding, judge } from './judge.ts';
import { shrink } from './shrink.ts';

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};
const seed = Number(option('seed', '1'));
const seconds = Number(option('seconds', '30'));
const first = Number(option('from', '0'));
const most = Number(option('programs', 'Infinity'));
const kind = kinds.find((name) => name === option('kind', '')) satisfies Kind | undefined;
const say = (event: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

/** Faults whose signature does not tell one defect from another. */
const unalike: ReadonlySet<string> = new Set(['no fixed point', 'slow', 'unsaid', 'latex']);

const ends = Date.now() + seconds * 1000;
const counts: Record<string, number> = {};
const seen = new Map<string, number>();
let [programs, compared, index] = [0, 0, first];
for (; Date.now() < ends && programs < most; index++) {
  const { text, kind: made } = generate(randomNumbers(seed * 1_000_003 + index), kind, 'second edition');
  say({ trying: index, text });
  const verdict = judge(text, { sizes, seed: index });
  programs++;
  if (verdict.compared) compared++;
  for (const finding of verdict.findings) {
    counts[finding.fault] = (counts[finding.fault] ?? 0) + 1;
    const key = `${finding.fault} ${finding.signature}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    if (
      times >
      (finding.signature.startsWith('wrong')
        ? 12
        : unalike.has(finding.fault)
          ? 4
          : finding.fault === 'refused'
            ? 3
            : 1)
    )
      continue;
    const small = finding.fault === 'slow' ? text : shrink(text, (t) => stillHas(finding, t));
    const again = judge(small, { sizes, seed: index });
    const shown = again.findings.find((f) => f.fault === finding.fault) ?? finding;
    say({
      found: finding.fault,
      signature: finding.signature,
      index,
      kind: made,
      text: small,
      answer: again.text,
      detail: shown.detail,
    });
  }
}
say({ done: { seed, programs, compared, counts, repeated: Object.fromEntries(seen), next: index } });

function stillHas({ fault, signature }: Finding, text: string): boolean {
  try {
    return judge(text, { sizes, seed: index }).findings.some((f) => f.fault === fault && f.signature === signature);
  } catch {
    return false;
  }
}
