import { PASSWORD } from '../core/assurance.ts';
import type { Refusal } from '../core/outcome.ts';
import { link } from './link.ts';
import type { SettledPages } from './settle-pages.ts';
import { withReturn } from './with-return.ts';

/**
 * Where somebody goes on who lacks something: to the challenge, to set-up, or to the app's own
 * sign-in, and from there back. Undefined where there is no such place.
 */
export function wayOn(
  site: { readonly options: SettledPages; readonly base: string },
  returnTo: string,
  { reason, factors = [], only }: Refusal,
): string | undefined {
  const back = { site, returnTo };
  const { login } = site.options;
  const challenge = link(back, '/challenge', { by: only ? factors.join(' ') : undefined });
  const signIn = login === undefined ? undefined : withReturn(login, returnTo);
  switch (reason) {
    case 'first-factor':
      return signIn;
    case 'more-factors':
      // No challenge brings a password.
      return factors.includes(PASSWORD) ? signIn : challenge;
    case 'challenge':
      return factors.length > 0 ? challenge : undefined;
    case 'enrollment':
      return link(back, '/set-up', { must: '' });
    default:
      return undefined;
  }
}
