import type { Language } from './languages.ts';

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar']);

/** Which way a language is written: the `dir` of what holds its text. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}
