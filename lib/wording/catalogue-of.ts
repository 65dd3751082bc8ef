import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import type { Language } from './languages.ts';

const CATALOGUES: Readonly<Record<Language, () => Catalogue | Promise<Catalogue>>> = {
  en: () => en,
  de: async () => (await import('./de.ts')).de,
};

/** The texts of a language. All but English are loaded when they are first asked for. */
export async function catalogueOf(language: Language): Promise<Catalogue> {
  return CATALOGUES[language]();
}
