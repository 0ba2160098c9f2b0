/** Words compared: which comes first, and which was meant? */

// ---- order
// By characters, runs of digits as numbers: i_2 before i_10, whatever the locale.

export function inTextOrder(a: string, b: string): number {
  const [left, right] = [pieces(a), pieces(b)];
  for (const [n, piece] of left.entries()) {
    const other = right[n];
    if (other === undefined) return 1;
    if (piece === other) continue;
    return Number(piece) - Number(other) || (piece < other ? -1 : 1);
  }
  return left.length - right.length;
}
const pieces = (text: string): readonly string[] => text.match(/\d+|\D/g) ?? [];

// ---- meant
// Did you mean …?

/** Letters to insert, delete, replace or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

const longest = 60;
const plain = (word: string): string => word.toLowerCase().replaceAll(/[_-]/g, '');

/**
 * The candidate that `word` was probably meant to be. Short words must be closer than long ones; case, `_` and `-` hardly count.
 * Of equally close candidates the first wins.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  const wanted = plain(word);
  const allowed = Math.floor((wanted.length + 1) / 3);
  let [best, least]: [string | undefined, number] = [undefined, allowed + 1];
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > longest) continue;
    const given = plain(candidate);
    if (Math.abs(given.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, given);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}
