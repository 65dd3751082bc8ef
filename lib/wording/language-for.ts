import { isLanguageTag } from '../core/language-tag.ts';
import { LANGUAGES } from './languages.ts';
import type { Language } from './languages.ts';

// A client may want as many as it likes.
const MAX_TAGS = 20;

/**
 * The language to speak to somebody who wants these, best first: BCP 47 tags, looked up as RFC 4647
 * section 3.4 says. What is no tag counts for nothing; when none is spoken it is English.
 */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted.slice(0, MAX_TAGS)) {
    const found = isLanguageTag(tag) ? spoken(tag.toLowerCase()) : undefined;
    if (found) return found;
  }
  return 'en';
}

/** No language is spoken in two scripts or regions, so a lookup comes down to the first subtag. */
function spoken(tag: string): Language | undefined {
  return LANGUAGES.find((language) => tag === language || tag.startsWith(`${language}-`));
}
