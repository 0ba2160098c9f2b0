/**
 * Mutants that no test can kill, or none should: matched by the trimmed line that they are in, never by its number, and
 * by what is changed where the line holds several. Each with the reason.
 */
export const accepted = [];
