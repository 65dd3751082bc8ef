/**
 * A text whose direction is its own and that of nothing around it (Unicode Standard Annex 9, FSI and
 * PDI): a name, an address or a number in a script that runs the other way. Never around a code,
 * which is copied.
 */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
