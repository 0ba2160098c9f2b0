/** A rule as people read and write it: data in the language's own syntax. */
export interface RuleSource {
  /** Stable: steps, tests and bug reports quote it. */
  readonly name: string;
  /** Declarations of what the pattern's names stand for. */
  readonly given: string;
  readonly from: string;
  readonly to: string;
  /** Facts that must hold: `y is onehot`, `x is written negative`. */
  readonly where?: readonly string[];
  /** Facts of the points that tests try it at, where few others have a value: `X is spd`, and `X is tall`. */
  readonly drawn?: readonly string[];
  /** Where the formula comes from. */
  readonly source: string;
  /** One sentence for a student. */
  readonly says: string;
  /** Pairs of input and result that tests run. */
  readonly examples?: readonly (readonly [input: string, result: string])[];
}

/** An identity between expressions, tried on the text before it turns into entries. */
export interface IdentitySource extends RuleSource {
  /** `claims`: it makes answers longer, or needs what only a claim can grant, and serves to decide claims alone. */
  readonly use: 'everywhere' | 'claims';
}
