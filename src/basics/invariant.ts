/** A broken promise of ours, never a problem in the input: those are Problems (src/diagnostics). */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

export function invariant(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new InvariantError(`matgrad broke a promise: ${promise}. Please report this.`);
}

export function unreachable(value: never, what: string): never {
  throw new InvariantError(`matgrad broke a promise: unexpected ${what} ${JSON.stringify(value)}. Please report this.`);
}
