import { PASSWORD } from '../core/assurance.ts';
import type { Refusal } from '../core/outcome.ts';
import { link } from './link.ts';
import type { SettledPages } from './settle-pages.ts';
import type { Place } from './visit.ts';
import { withReturn } from './with-return.ts';

/**
 * Where somebody goes on who lacks something: to the challenge, to set-up, or to the app's own
 * sign-in, and from there back. Undefined where there is no such place.
 */
export function wayOn(
  site: { readonly options: SettledPages; readonly base: string },
  returnTo: string,
  { reason, factors = [], only }: Refusal,
): Place | undefined {
  const back = { site, returnTo };
  const { login } = site.options;
  const by = only ? factors.join(' ') : undefined;
  const challenge = { to: link(back, '/challenge', { by }) };
  const signIn =
    login === undefined ? undefined : { to: withReturn(login, returnTo), leaves: true };
  switch (reason) {
    case 'first-factor':
      return signIn;
    case 'more-factors':
      // No challenge brings a password.
      return factors.includes(PASSWORD) ? signIn : challenge;
    case 'challenge':
      return factors.length > 0 ? challenge : undefined;
    case 'enrollment':
      return { to: link(back, '/set-up', { must: '' }) };
    default:
      return undefined;
  }
}
