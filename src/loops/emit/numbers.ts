/** How is a double written so that it reads back as the same double? */

/** Shortest text that reads back exactly; NaN, the infinities and -0 included. */
export function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return String(value);
}
/** Whether the text starts with a sign, so that a minus before it needs parentheses. */
export const isSigned = (value: number): boolean => value < 0 || Object.is(value, -0);
