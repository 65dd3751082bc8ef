/** What the texts are written in: BCP 47 language subtags. */
export const LANGUAGES = ['en'] as const;

export type Language = (typeof LANGUAGES)[number];
