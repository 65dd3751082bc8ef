/** What the texts are written in: BCP 47 language subtags. */
export const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'pt',
  'it',
  'nl',
  'pl',
  'ja',
  'zh',
  'ar',
  'hi',
] as const;

export type Language = (typeof LANGUAGES)[number];
