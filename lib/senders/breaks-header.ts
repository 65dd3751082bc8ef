/** Whether a header field would hold a line break, NUL or any other control character (SMTP header injection). */
export function breaksHeader(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text);
}
