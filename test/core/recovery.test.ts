import { parsePointer } from '../../lib/core/pointer.ts';
import { codeAt } from '../factors/hotp.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { SECOND, startEngine, valueOf } from './engine.ts';
import type { Lab } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

describe('a recovery code', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine({}, seededRandom('recovery'));
  });

  /** A user with an app and codes, and the session in which they were set up. */
  async function setUp(mfa = true) {
    const user = lab.user();
    const first = await lab.signIn(user);
    const seed = await first.enrollTotp();
    const codes = valueOf(await first.enroll('recoveryCode')).reveal.recoveryCodes as string[];
    if (mfa) valueOf(await first.switchMfa(true));
    lab.clock.now += SECOND;
    const next = await lab.signIn(user);
    lab.events.length = 0;
    const [code = ''] = codes;
    return { user, first, next, code, app: () => codeAt(seed, lab.clock.now) };
  }

  const ended = () => lab.events.filter(({ type }) => type === 'sessions_ended');

  it('[REC-9] that completes a sign-in ends every other session, and the host hears why', async () => {
    const { user, first, next, code } = await setUp();
    next.from = { ip: '192.0.2.7' };
    valueOf(await next.prove('recoveryCode', code));
    expect(await next.guard()).toBe('allowed');
    expect(await first.guard()).toBe('first-factor');
    expect(ended()).toEqual([
      {
        type: 'sessions_ended',
        at: lab.clock.now,
        userId: user.id,
        session: parsePointer(next.pointer)?.id,
        factor: 'recoveryCode',
        authenticator: expect.any(String),
        ip: '192.0.2.7',
        reason: 'recovery',
      },
    ]);
  });

  it('[REC-3] is told of at every mailbox that was enrolled, too', async () => {
    const user = lab.user({ email: 'ada@example.com' });
    const visit = await lab.signIn(user);
    await visit.enrollSent('email', { email: 'second@example.com' });
    const [code] = valueOf(await visit.enroll('recoveryCode')).reveal.recoveryCodes as string[];
    const told = async () => {
      await everythingSent();
      return lab.outbox.splice(0).map(({ to }) => to);
    };
    await told();
    valueOf(await visit.prove('recoveryCode', code ?? ''));
    expect((await told()).toSorted()).toEqual(['ada@example.com', 'second@example.com']);
  });

  it('ends no session when the one that it is shown in is complete already', async () => {
    const { first, next, code, app } = await setUp();
    valueOf(await next.prove('totp', app));
    valueOf(await next.prove('recoveryCode', code));
    expect([await first.guard(), await next.guard()]).toEqual(['allowed', 'allowed']);
    expect(ended()).toEqual([]);
  });

  it('ends no session while MFA is off', async () => {
    const { first, next, code } = await setUp(false);
    valueOf(await next.prove('recoveryCode', code));
    expect([await first.guard(), await next.guard()]).toEqual(['allowed', 'allowed']);
    expect(ended()).toEqual([]);
  });

  it('has no say in a sign-in by an app, which ends no session', async () => {
    const { first, next, app } = await setUp();
    valueOf(await next.prove('totp', app));
    expect([await first.guard(), await next.guard()]).toEqual(['allowed', 'allowed']);
    expect(ended()).toEqual([]);
  });
});
