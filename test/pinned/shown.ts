/** What an answer or a verdict comes to, as lines: all that it shows but its steps, which other tests follow. */
import { answerLine } from '../../src/cli/batch.ts';

interface Shown {
  readonly text: string;
  readonly where?: readonly { readonly name: string; readonly text: string }[];
  readonly conditions?: readonly string[];
  readonly notes?: readonly string[];
}
export interface VerdictShown {
  readonly verdict: string;
  readonly how?: readonly string[];
  readonly why?: string;
  readonly conditions?: readonly string[];
  readonly counterexample?: Counterexample;
}
interface Counterexample {
  readonly sizes: object;
  readonly indices: object;
  readonly values: object;
  readonly functions: object;
  readonly left: unknown;
  readonly right: unknown;
}
type Told =
  | { readonly ok: false; readonly error: { readonly kind: string; readonly message: string; readonly hint?: string } }
  | ({ readonly ok: true } & (VerdictShown | Shown | { readonly answers: readonly Shown[] }));

export function shown(program: string, ask: string): readonly string[] {
  const want = ['text', 'where', 'conditions', 'notes'];
  const told = answerLine(JSON.stringify({ program, ask, want })) as unknown as Told;
  if (!told.ok) {
    const { kind, message, hint } = told.error;
    return [`refused (${kind}): ${message}${hint === undefined ? '' : ` (${hint})`}`];
  }
  if ('verdict' in told) return verdictLines(told);
  return 'answers' in told ? told.answers.flatMap(answerLines) : answerLines(told);
}

const answerLines = ({ text, where = [], conditions = [], notes = [] }: Shown): readonly string[] => [
  text,
  ...where.map((part) => `where ${part.name} = ${part.text}`),
  ...conditions.map((condition) => `condition: ${condition}`),
  ...notes.map((note) => `note: ${note}`),
];

export function verdictLines({
  verdict,
  how = [],
  why,
  conditions = [],
  counterexample,
}: VerdictShown): readonly string[] {
  return [
    why === undefined ? verdict : `${verdict}: ${why}`,
    ...conditions.map((condition) => `condition: ${condition}`),
    ...(how.length > 0 ? [`by ${how.join('; ')}`] : []),
    ...(counterexample ? pointLines(counterexample) : []),
  ];
}
function pointLines({ sizes, indices, values, functions, left, right }: Counterexample): readonly string[] {
  const given = Object.entries({ ...sizes, ...indices, ...values, ...functions });
  return [
    ...(given.length > 0 ? [`at ${given.map(([name, value]) => `${name} = ${written(value)}`).join(', ')}`] : []),
    `${written(left)} is not ${written(right)}`,
  ];
}
const written = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value, rounded).replaceAll(',', ', ');
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
