import type { Authenticator } from '../core/vocabulary.ts';
import type { Catalogue } from '../wording/catalogue.ts';
import { capital } from './capital.ts';

/** What an authenticator is called: its factor, and what tells it from others of its kind. */
export function authenticatorName(
  words: Catalogue,
  { type, name, hint }: Pick<Authenticator, 'type' | 'name'> & { readonly hint?: string },
): { readonly name: string; readonly own: string | undefined } {
  const own = name === type ? hint : name;
  return { name: capital(words.factor(type)), own };
}
