/** `matgrad batch`: JSON lines in, JSON lines out, in order. One bad line never ends the run. */
import { createInterface } from 'node:readline';
import { answerLine } from './batch-answer.ts';
import { exitCodes, type ExitCode, readArguments, UsageError, version } from './usage.ts';
import { say } from './terminal.ts';

export const help = `Requests as JSON lines on standard input, one answer each as a JSON line on standard output, in order.

Usage: matgrad batch < requests.jsonl > answers.jsonl

A request:
  {"id": "S1", "program": "z in R^n; tau > 0; y = softmax(z/tau)", "ask": "jacobian(y, z)",
   "values": {"z": [0.1, 0.2, 0.3], "tau": 0.5}, "want": ["text", "latex", "steps", "value", "conditions"]}

Its fields:
  program            declarations and definitions
  ask                a question, or a claim such as a == b
  expr, wrt, kind    instead of ask: an expression, a variable, and gradient, jacobian or hessian
  vars               instead of declarations: {"z": {"shape": ["n"], "domain": "real"}}
  let                names for parts: [["s", "softmax(A*x)"]]; the answer then introduces none
  sizes, values      numbers; sizes are read off the values where they can be
  want               text, unicode, latex, steps, cases, value, conditions, check

An answer has "ok": true, or "ok": false and an error with kind, message, line, column and hint.

Options:
  -h, --help         this text
  -V, --version      the version

Example:
  echo '{"expr": "x\\u0027*A*x", "wrt": "x", "kind": "gradient"}' | matgrad batch

Exit code: 0, also where single requests have problems.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {});
  if (values.help) return say(help);
  if (values.version) return say(`matgrad ${version()}`);
  if (positionals.length > 0)
    throw new UsageError(
      `batch takes no ${positionals[0]}: it reads standard input`,
      `matgrad batch < ${positionals[0]}`,
    );
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity }))
    if (line.trim() !== '') await write(answerLine(line));
  return exitCodes.ok;
}

/** A slow reader slows us down instead of filling our memory. */
async function write(answer: Readonly<Record<string, unknown>>): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(answer)}\n`)) return;
  await new Promise((resolve) => process.stdout.once('drain', resolve));
}
