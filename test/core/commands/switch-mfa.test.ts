import { randomBytes } from 'node:crypto';

import { account } from '../../../lib/core/commands/account.ts';
import type { Account } from '../../../lib/core/commands/account.ts';
import { removeAuthenticator } from '../../../lib/core/commands/authenticators.ts';
import { factsOf } from '../../../lib/core/enrollment.ts';
import { parsePointer } from '../../../lib/core/pointer.ts';
import type { User } from '../../../lib/core/vocabulary.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { codeAt } from '../../factors/hotp.ts';
import { reasonOf, sentCode, startEngine, valueOf } from '../engine.ts';
import type { Lab, Visit } from '../engine.ts';

describe('switchMfa', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine();
  });

  /** A session that switched MFA on and has proved the mailbox since. */
  async function switchedOn(user: User): Promise<Visit> {
    const visit = await lab.signIn(user);
    valueOf(await visit.switchMfa(true));
    valueOf(await visit.prove('email', () => sentCode(lab)));
    return visit;
  }

  it('lets the session that switched it on go on, and makes every other pending at once', async () => {
    const user = lab.user({ emailVerified: true });
    const [here, there] = [await lab.signIn(user), await lab.signIn(user)];
    valueOf(await here.switchMfa(true));
    expect(await here.guard()).toBe('allowed');
    expect(await there.guard()).toBe('more-factors');
    expect(reasonOf(await there.run(account))).toBe('more-factors');
    expect(lab.events.at(-1)).toMatchObject({ type: 'mfa_switched_on', userId: user.id });
  });

  it('answers with the account as it is now, and notes the switch where it was thrown and nowhere else', async () => {
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    const id = parsePointer(visit.pointer)?.id;
    const noted = ({ record }: Account) => record.completed.map(({ factor, by }) => [factor, by]);
    const switched = valueOf(await visit.switchMfa(true));
    const on = { enrollment: { mfa: true }, facts: { mfa: true, held: [{ type: 'email' }] } };
    expect(switched).toMatchObject({ user, ...on, record: { id } });
    expect(noted(switched)).toEqual([
      ['password', 'first-factor'],
      ['email', 'switch'],
    ]);
    const other = await lab.signIn(user);
    valueOf(await other.prove('email', () => sentCode(lab)));
    for (const again of [true, false])
      expect(noted(valueOf(await other.switchMfa(again)))).toEqual([
        ['password', 'first-factor'],
        ['email', 'challenge'],
      ]);
  });

  it('proves nothing: the session that goes on may change nothing, and is of no more worth', async () => {
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    valueOf(await visit.switchMfa(true));
    expect(await visit.guard({ maxAgeMs: 60_000 })).toBe('challenge');
    expect(reasonOf(await visit.enroll('totp'))).toBe('challenge');
    expect(reasonOf(await visit.switchMfa(false))).toBe('challenge');
    expect(
      reasonOf(await visit.run((engine, caller) => removeAuthenticator(engine, caller, 'email'))),
    ).toBe('challenge');
    valueOf(await visit.prove('email', () => sentCode(lab)));
    expect(await visit.guard({ maxAgeMs: 60_000 })).toBe('allowed');
    expect(reasonOf(await visit.switchMfa(false))).toBe('done');
  });

  it('[THR-7] is not switched on where nothing is held but what signs in, or nobody got in again', async () => {
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user, 'email');
    expect(await visit.switchMfa(true)).toMatchObject({ reason: 'enrollment' });
    expect(await visit.guard()).toBe('allowed');
    valueOf(await visit.enroll('recoveryCode'));
    expect(await visit.switchMfa(true)).toMatchObject({ reason: 'enrollment' });
    await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    expect(await visit.guard()).toBe('allowed');
    const nobody = await lab.signIn(lab.user({}), 'email');
    valueOf(await nobody.switchMfa(true));
    expect(await nobody.guard()).toBe('allowed');
  });

  it('[THR-7] is not switched on where the host vouches no more for all that is held, or nobody got in again', async () => {
    const user = lab.user({ emailVerified: true });
    const owner = await switchedOn(user);
    valueOf(await owner.switchMfa(false));
    lab.users.set(user.id, { ...user, emailVerified: false });
    const visit = await lab.signIn(user);
    expect(await visit.switchMfa(true)).toMatchObject({ reason: 'enrollment' });
    expect(await visit.guard()).toBe('allowed');
    await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    expect(await visit.guard()).toBe('allowed');
  });

  it('[THR-7] is not switched on where no code reaches what is held, or nobody got in again', async () => {
    const store = memoryStore();
    const keys = [randomBytes(32)];
    lab = startEngine({ store, keys, countries: ['DE', 'US'] });
    const user = lab.user();
    await (await lab.signIn(user)).enrollSent('phone', { phone: '+4915112345678' });
    lab = startEngine({ store, keys, countries: ['US'] });
    lab.users.set(user.id, user);
    const visit = await lab.signIn(user);
    expect(await visit.switchMfa(true)).toMatchObject({ reason: 'enrollment' });
  });

  it('[THR-7] [A21] is not switched on where strangers had all that is held suspended, but from a known device', async () => {
    const user = lab.user({ emailVerified: true });
    const owner = await switchedOn(user);
    valueOf(await owner.switchMfa(false));
    const enrollment = await lab.engine.store.enrollment(user.id);
    const authenticators = enrollment.authenticators.map((one) => ({
      ...one,
      state: 'suspended' as const,
    }));
    const next = { ...enrollment, authenticators, version: enrollment.version + 1 };
    await lab.engine.store.save({ next, facts: factsOf(next, lab.engine.factors) });
    const stranger = await lab.signIn(user);
    expect(await stranger.switchMfa(true)).toMatchObject({ reason: 'enrollment' });
    const known = await lab.signIn(user, 'password', { device: owner.kept ?? '' });
    expect(reasonOf(await known.switchMfa(true))).toBe('done');
  });

  it('[A21] opens no pending session when another session switches MFA off and on', async () => {
    const user = lab.user({ emailVerified: true });
    const visit = await switchedOn(user);
    const pending = await lab.signIn(user);
    expect(await pending.guard()).toBe('more-factors');
    valueOf(await visit.switchMfa(false));
    expect(await pending.guard()).toBe('allowed');
    valueOf(await visit.switchMfa(true));
    expect(await pending.guard()).toBe('more-factors');
  });

  it.each([false, true])(
    '[A21] keeps no session that has not proved what is enrolled, not even its own, mailbox vouched for: %s',
    async (emailVerified) => {
      const user = lab.user({ emailVerified });
      const owner = await lab.signIn(user);
      const seed = await owner.enrollTotp();
      const thief = await lab.signIn(user);
      expect(await thief.guard()).toBe('allowed');
      valueOf(await thief.switchMfa(true));
      expect(await thief.guard()).toBe('more-factors');
      expect(await owner.guard()).toBe('allowed');
      const next = await lab.signIn(user);
      valueOf(await next.prove('totp', () => codeAt(seed, lab.clock.now)));
      expect(await next.guard()).toBe('allowed');
    },
  );

  it('keeps who holds recovery codes beside a mailbox that is vouched for', async () => {
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    valueOf(await visit.enroll('recoveryCode'));
    valueOf(await visit.switchMfa(true));
    expect(await visit.guard()).toBe('allowed');
  });

  it('counts what is switched on only for the authenticators that were held', async () => {
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    valueOf(await visit.switchMfa(true));
    lab.users.set(user.id, { ...user, email: 'moved@example.com' });
    await lab.signIn(user);
    expect(await visit.guard()).toBe('more-factors');
  });

  it('asks nothing of anybody while nothing is held', async () => {
    const visit = await lab.signIn(lab.user());
    valueOf(await visit.switchMfa(true));
    expect(await (await lab.signIn(lab.user({ id: 'user-1' }))).guard()).toBe('allowed');
    expect(await visit.guard({ enrolled: true })).toBe('enrollment');
    const seed = await visit.enrollTotp();
    const next = await lab.signIn(lab.user({ id: 'user-1' }));
    expect(await next.guard()).toBe('more-factors');
    valueOf(await next.prove('totp', () => codeAt(seed, lab.clock.now)));
    expect(await next.guard({ enrolled: true })).toBe('allowed');
  });
});
