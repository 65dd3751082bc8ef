import { randomBytes } from 'node:crypto';

import { removeAuthenticator } from '../../lib/core/commands/authenticators.ts';
import { factsOf } from '../../lib/core/enrollment.ts';
import type { Outcome } from '../../lib/core/outcome.ts';
import type { Authenticator } from '../../lib/core/vocabulary.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { codeAt } from '../factors/hotp.ts';
import { MINUTE, reasonOf, sentCode, startEngine, valueOf } from './engine.ts';
import type { Lab, Visit } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

describe('what may allow a change', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine({}, seededRandom('what may allow a change'));
  });

  const remove = (visit: Visit, which: string): Promise<Outcome<unknown>> =>
    visit.run((engine, caller) => removeAuthenticator(engine, caller, which));
  const byMail = async (visit: Visit) => valueOf(await visit.prove('email', () => sentCode(lab)));

  /** Someone with an app beside a mailbox, recovery codes and MFA, and a session that proved mail alone. */
  async function withApp() {
    const user = lab.user({ emailVerified: true });
    const first = await lab.signIn(user);
    const seed = await first.enrollTotp();
    const { reveal } = valueOf(await first.enroll('recoveryCode'));
    valueOf(await first.switchMfa(true));
    const visit = await lab.signIn(user);
    await byMail(visit);
    expect(await visit.guard()).toBe('allowed');
    return { user, seed, codes: reveal.recoveryCodes as readonly string[], visit };
  }

  /** Someone with a number beside a mailbox, and a session that proved mail alone. */
  async function withNumber() {
    const user = lab.user({ emailVerified: true });
    const first = await lab.signIn(user);
    await first.enrollSent('phone', { phone: '+4915123456789' });
    valueOf(await first.switchMfa(true));
    const visit = await lab.signIn(user);
    await byMail(visit);
    expect(reasonOf(await visit.enroll('totp'))).toBe('challenge');
    return { user, visit };
  }

  /** Makes something of an authenticator behind everybody's back. */
  async function spoil(userId: string, type: string, spoilt: Partial<Authenticator>) {
    const { engine } = lab;
    const stored = await engine.store.enrollment(userId);
    const next = {
      ...stored,
      version: stored.version + 1,
      authenticators: stored.authenticators.map((one) =>
        one.type === type ? { ...one, ...spoilt } : one,
      ),
    };
    await engine.store.save({ next, facts: factsOf(next, engine.factors) });
  }

  it('[THR-7] is mail where the number is of a country that gets no codes any more', async () => {
    const store = memoryStore();
    const keys = [randomBytes(32)];
    lab = startEngine({ store, keys, countries: ['DE', 'US'] });
    const { user } = await withNumber();
    const { now } = lab.clock;
    lab = startEngine({ store, keys, countries: ['US'] });
    lab.users.set(user.id, user);
    lab.clock.now = now + MINUTE;
    const visit = await lab.signIn(user);
    await byMail(visit);
    expect(reasonOf(await visit.enroll('totp'))).toBe('done');
    expect(reasonOf(await remove(visit, 'phone'))).toBe('done');
  });

  it('[ENR-2] is no mail where an app is: it binds, removes, replaces and switches off nothing', async () => {
    const { visit } = await withApp();
    const tried = [
      await visit.enroll('totp', {}, 'mine'),
      await visit.enroll('phone', { phone: '+4915123456789' }),
      await remove(visit, 'totp'),
      await remove(visit, 'recoveryCode'),
      await visit.switchMfa(false),
    ];
    const helping = { reason: 'challenge', factors: ['totp', 'recoveryCode'], only: true };
    for (const outcome of tried) expect(outcome).toMatchObject(helping);
    // Or a guard that asks for level 2 would be passed by whoever reads the mail.
    expect(await visit.guard({ aal: 2 })).toBe('more-factors');
  });

  it('[ENR-2] is the app, or a recovery code when the app is lost', async () => {
    const { user, seed, codes, visit } = await withApp();
    valueOf(await visit.prove('totp', () => codeAt(seed, lab.clock.now)));
    valueOf(await visit.enroll('totp', {}, 'second'));
    const lost = await lab.signIn(user);
    valueOf(await lost.prove('recoveryCode', codes[0] ?? ''));
    valueOf(await remove(lost, 'totp'));
  });

  it('[ENR-2] is mail where nothing better is held', async () => {
    const user = lab.user({ emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const visit = await lab.signIn(user);
    await byMail(visit);
    expect(await visit.guard({ aal: 2 })).toBe('enrollment');
    await visit.enrollTotp();
  });

  it.each<readonly [string, Partial<Authenticator>]>([
    ['is vouched for no more', { state: 'lapsed' }],
    ['is sealed under a key that is gone', { secret: 'gone' }],
  ])('[ENR-2] is mail where the only number %s', async (_what, spoilt) => {
    const { user, visit } = await withNumber();
    await spoil(user.id, 'phone', spoilt);
    expect(reasonOf(await visit.enroll('totp'))).toBe('done');
  });

  it('[ENR-2] is mail where the app sends no SMS any more', async () => {
    const { visit } = await withNumber();
    const { email } = lab.engine.senders;
    Object.assign(lab.engine, { senders: { email } });
    expect(reasonOf(await visit.enroll('totp'))).toBe('done');
  });

  it('[ENR-2] asks for no second step by what opened the session', async () => {
    const user = lab.user({ emailVerified: true, phoneVerified: true, phone: '+4915123456789' });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const visit = await lab.signIn(user, 'phone');
    await byMail(visit);
    expect(reasonOf(await visit.enroll('totp'))).toBe('done');
  });

  it.each(['suspended', 'disabled'] as const)(
    '[ENR-2] [THR-7] stays the app that was guessed at until it was %s',
    async (state) => {
      const { user, visit } = await withApp();
      await spoil(user.id, 'totp', { state });
      expect(await visit.enroll('totp', {}, 'mine')).toMatchObject({ reason: 'challenge' });
    },
  );
});
