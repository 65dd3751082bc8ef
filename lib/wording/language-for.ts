import { LANGUAGES } from './languages.ts';
import type { Language } from './languages.ts';

// Both are of the client's making, so there is an end to what is read of them.
const MAX_TAGS = 20;
const MAX_TAG = 35;

/**
 * The language to speak to somebody who wants these, best first: BCP 47 tags, looked up as RFC 4647
 * section 3.4 says. What is no tag counts for nothing; when none is spoken it is English.
 */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted.slice(0, MAX_TAGS)) {
    const found = spoken(tag);
    if (found) return found;
  }
  return 'en';
}

/** No language is spoken in two scripts or regions, so a lookup comes down to the first subtag. */
function spoken(tag: string): Language | undefined {
  if (tag.length > MAX_TAG) return undefined;
  const [, subtag] = /^([a-z]{2,3})(?:-[a-z\d]{1,8})*$/i.exec(tag) ?? [];
  return LANGUAGES.find((language) => language === subtag?.toLowerCase());
}
