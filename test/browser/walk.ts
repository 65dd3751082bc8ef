import type { Page } from 'playwright-core';

import { NUMBER } from './visitor.ts';
import type { Visitor } from './visitor.ts';

/** What is done at each page; the name tells its state, too. */
export type Look = (name: string, page: Page) => Promise<void>;

/**
 * Goes through every page in every state that looks different, in whatever language: forms are found
 * by where they lead. Ends signed in, with a second factor missing.
 */
export async function walk(visitor: Visitor, look: Look): Promise<void> {
  const { page, host } = visitor;
  const user = host.addUser({ emailVerified: true, phone: NUMBER });
  const at = (name: string): Promise<void> => look(name, page);
  const open = (selector: string): Promise<void> =>
    visitor.leave(() => page.locator(selector).first().click());
  const send = (path: string): Promise<void> =>
    open(`main form[action*="/security${path}"] button`);
  const type = (name: string, text: string): Promise<void> =>
    page.locator(`main [name="${name}"]`).fill(text);
  const answer = async (code: string): Promise<void> => {
    await type('code', code);
    await send('');
  };

  // Another browser of the same user, so that there is a session to end.
  const elsewhere = host.browser();
  await elsewhere.post('/v1/account/sessions/email', {
    email: user.email,
    password: user.password,
  });
  host.clock.forward(600_000);
  await visitor.go('/login?returnTo=/security');
  await visitor.signIn(user);
  await at('settings-new');

  await visitor.go('/security/set-up?must=');
  await at('set-up');
  await visitor.go('/security/set-up/totp');
  await at('set-up-app');
  await type('name', 'Ada’s phone');
  await send('/set-up/totp');
  await visitor.readSecret();
  await at('set-up-app-key');
  await answer(visitor.wrongCode('totp', user));
  await at('set-up-app-wrong');
  await answer(visitor.code('totp', user));
  await at('recovery-codes');
  await send('/recovery-codes');
  await at('recovery-codes-shown');

  await visitor.go('/security/set-up/phone');
  await at('set-up-phone');
  await type('phone', '12');
  await send('/set-up/phone');
  await at('set-up-phone-refused');
  await type('phone', NUMBER);
  await send('/set-up/phone');
  await at('set-up-phone-sent');
  await answer(visitor.code('phone', user));
  await at('settings');
  await open('main li:nth-child(2) a');
  await at('manage');
  await visitor.go('/security/recovery-codes');
  await at('recovery-codes-again');

  await open('form[action*="/sign-out"] button');
  host.clock.forward(90_000);
  await visitor.go('/account');
  await visitor.signIn(user);
  await at('challenge-app');
  await answer(visitor.wrongCode('totp', user));
  await at('challenge-wrong');
  await open('nav a:has-text("example.com")');
  await at('challenge-send');
  await send('/challenge/send');
  await at('challenge-sent');
  await open('nav li:last-child a');
  await at('challenge-recovery');
  for (let wrong = 0; wrong < 5; wrong += 1) await answer('AAAA-AAAA-AAAA');
  await at('challenge-locked');
  await visitor.go('/security/nowhere');
  await at('not-found');
}
