/** What a text may ask of us. Beyond these a text is refused: later stages walk trees recursively and must never overflow. */
export const limits = {
  /** UTF-16 units in one text. */
  characters: 200_000,
  /** Levels of the tree; the terms of a sum are one level, parentheses are none. */
  depth: 1_000,
  /** Operators in a^b^c^…, and minus signs in a row. */
  chain: 200,
  /** Digits of one number, and the largest power of ten in 1e…. */
  digits: 1_000,
} as const;
