import { account } from '../../lib/core/commands/account.ts';
import { replaceCodes } from '../../lib/core/commands/recovery-codes.ts';
import { parsePointer } from '../../lib/core/pointer.ts';
import { codeAt } from '../factors/hotp.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { reasonOf, startEngine, valueOf } from './engine.ts';
import type { Lab, Visit } from './engine.ts';

describe('the first factor that counts', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine();
  });
  const codesOf = async (visit: Visit) =>
    valueOf(await visit.enroll('recoveryCode')).reveal.recoveryCodes as string[];

  it.each([
    ['an app', false, (owner: Visit) => owner.enrollTotp()],
    ['a mailbox that is vouched for', true, async (owner: Visit) => owner.switchMfa(true)],
  ])(
    '[A20] [ENR-4] takes the recovery codes and the known browser from who had the password before: %s',
    async (_what, emailVerified, bind) => {
      const user = lab.user({ emailVerified });
      const thief = await lab.signIn(user);
      const [code = ''] = await codesOf(thief);
      valueOf(await thief.prove('recoveryCode', code));
      const device = thief.kept ?? '';
      const owner = await lab.signIn(user);
      lab.events.length = 0;
      await bind(owner);
      valueOf(await owner.switchMfa(true));
      const again = await lab.signIn(user, 'password', { device });
      expect(await again.guard()).toBe('more-factors');
      const sessions = await lab.engine.store.sessions(user.id);
      expect(sessions.map((session) => session.device)).toEqual(['unknown', 'unknown', 'unknown']);
      expect(reasonOf(await again.challenge('recoveryCode'))).toBe('no-authenticator');
      expect(await owner.guard()).toBe('allowed');
      await everythingSent();
      expect(lab.events.filter(({ type }) => type === 'authenticator_removed')).toMatchObject([
        { userId: user.id, factor: 'recoveryCode' },
      ]);
      const gone = lab.outbox.filter(({ text }) => text.includes('removed'));
      expect(gone.map(({ to }) => to)).toEqual([user.email]);
    },
  );

  it.each(['email', 'phone'] as const)(
    '[A20] [ENR-4] takes the recovery codes of whoever had what signs in, and enrolled that as well: %s',
    async (factor) => {
      const user = lab.user({ phone: '+14155552671' });
      const thief = await lab.signIn(user, factor);
      await thief.enrollSent(factor, factor === 'phone' ? { phone: user.phone } : {});
      const [code = ''] = await codesOf(thief);
      const owner = await lab.signIn(user, factor);
      await owner.enrollTotp();
      valueOf(await owner.switchMfa(true));
      const { authenticators } = await lab.engine.store.enrollment(user.id);
      expect(authenticators.map(({ type }) => type)).toEqual(['totp']);
      const again = await lab.signIn(user, factor);
      expect(reasonOf(await again.challenge('recoveryCode'))).toBe('no-authenticator');
      expect(code).not.toBe('');
      expect(lab.events.filter(({ type }) => type === 'authenticator_removed')).toMatchObject(
        [factor, 'recoveryCode'].map((gone) => ({
          userId: user.id,
          session: parsePointer(owner.pointer)?.id,
          factor: gone,
        })),
      );
      expect(await owner.guard()).toBe('allowed');
    },
  );

  it('[A20] [ENR-4] takes them where it is the host that vouches for it, while MFA was on already', async () => {
    const user = lab.user();
    const owner = await lab.signIn(user);
    const thief = await lab.signIn(user);
    const [code = ''] = await codesOf(thief);
    valueOf(await thief.prove('recoveryCode', code));
    const device = thief.kept ?? '';
    valueOf(await owner.switchMfa(true));
    lab.users.set(user.id, { ...user, emailVerified: true });
    lab.events.length = 0;
    const again = await lab.signIn(user, 'password', { device });
    expect(await again.guard()).toBe('more-factors');
    expect(reasonOf(await again.challenge('recoveryCode'))).toBe('no-authenticator');
    const [, , begun] = await lab.engine.store.sessions(user.id);
    expect(begun?.device).toBe('unknown');
    expect(lab.events.filter(({ type }) => type === 'authenticator_removed')).toMatchObject([
      { userId: user.id, factor: 'recoveryCode' },
    ]);
    await everythingSent();
    expect(lab.outbox.filter(({ text }) => text.includes('removed'))).toHaveLength(1);
  });

  it('[THR-7] is never what opened the session: MFA that is on asks for nothing that cannot be proved', async () => {
    const user = lab.user();
    const visit = await lab.signIn(user, 'email');
    valueOf(await visit.switchMfa(true));
    expect(await visit.enroll('email')).toMatchObject({ reason: 'same-as-first', factor: 'email' });
    lab.users.set(user.id, { ...user, emailVerified: true });
    const again = await lab.signIn(user, 'email');
    expect(await again.guard()).toBe('allowed');
    expect(reasonOf(await again.run(account))).toBe('done');
    const byPassword = await lab.signIn(user);
    expect(await byPassword.guard()).toBe('more-factors');
  });

  it('[ENR-6] is told at what goes with it, too, and of what the host vouches for nothing', async () => {
    const user = lab.user();
    const byMail = await lab.signIn(user, 'email');
    await byMail.enrollSent('email', { email: 'second@example.com' });
    const owner = await lab.signIn(user, 'email');
    lab.outbox.length = 0;
    await owner.enrollTotp();
    await everythingSent();
    const told = lab.outbox.filter(({ text }) => text.includes('was removed'));
    expect(told.map(({ to }) => to).toSorted()).toEqual(['second@example.com', user.email]);

    const moved = lab.user({ emailVerified: true });
    const visit = await lab.signIn(moved);
    await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    lab.users.set(moved.id, { ...moved, emailVerified: false });
    lab.events.length = 0;
    await visit.enrollSent('email', { email: 'third@example.com' });
    expect(lab.events.map(({ type }) => type)).not.toContain('authenticator_removed');
  });

  it('keeps the recovery codes that its own session made, before it or anew', async () => {
    const user = lab.user();
    const owner = await lab.signIn(user);
    const [code = ''] = await codesOf(owner);
    await owner.enrollTotp();
    valueOf(await owner.switchMfa(true));
    const next = await lab.signIn(user);
    expect(reasonOf(await next.prove('recoveryCode', code))).toBe('done');
  });

  it('takes nothing where none comes to count, or where another counted before', async () => {
    const user = lab.user();
    const held = async () =>
      (await lab.engine.store.enrollment(user.id)).authenticators.map(({ type }) => type);
    const owner = await lab.signIn(user);
    await codesOf(owner);
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    expect(await held()).toEqual(['recoveryCode']);

    const seed = await owner.enrollTotp();
    const other = await lab.signIn(user);
    valueOf(await other.prove('totp', () => codeAt(seed, other.now)));
    valueOf(await other.run((engine, caller) => replaceCodes(engine, caller, 'recoveryCode')));
    await owner.enrollTotp('second');
    expect(await held()).toEqual(['recoveryCode', 'totp', 'totp']);
  });
});
