/** What does the command tell a script? One number; `--help` lists them. */
export const exitCodes = {
  ok: 0,
  /** A claim is refuted, or a numeric check fails. */
  wrong: 1,
  /** The input or the command line has a problem. */
  problem: 2,
  /** A claim could not be decided, and nothing worse happened. */
  undecided: 3,
  /** A bug of matgrad. */
  internal: 70,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Of several results the gravest counts. */
const gravity: readonly ExitCode[] = [
  exitCodes.ok,
  exitCodes.undecided,
  exitCodes.wrong,
  exitCodes.problem,
  exitCodes.internal,
];
export const graver = (a: ExitCode, b: ExitCode): ExitCode => (gravity.indexOf(a) >= gravity.indexOf(b) ? a : b);

export const exitCodeHelp = `Exit codes:
  0   everything was answered; all claims are proved, all numeric checks pass
  1   a claim is refuted, or a numeric check fails
  2   the input or the command line has a problem
  3   a claim could be neither proved nor refuted
  70  a bug in matgrad`;
