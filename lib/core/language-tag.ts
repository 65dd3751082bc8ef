// RFC 5646 section 4.4.1: no tag that is in use is longer.
const MAX_TAG = 35;

/** Whether this has the form of a BCP 47 language tag, such as `de-AT`. */
export function isLanguageTag(tag: unknown): tag is string {
  return typeof tag === 'string' && tag.length <= MAX_TAG && TAG.test(tag);
}

const TAG = /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i;
