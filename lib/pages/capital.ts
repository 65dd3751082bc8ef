/** A text as it stands at the head of a line, in scripts that tell capitals. */
export function capital(text: string): string {
  return text.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}
