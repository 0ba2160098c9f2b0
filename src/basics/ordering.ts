/** By characters, runs of digits as numbers: i_2 before i_10, whatever the locale. */
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
