import {
  removeAuthenticator,
  renameAuthenticator,
} from '../../../lib/core/commands/authenticators.ts';
import { endSessions, forget } from '../../../lib/core/commands/end-sessions.ts';
import { eraseUser } from '../../../lib/core/commands/erase-user.ts';
import { remainingCodes, replaceCodes } from '../../../lib/core/commands/recovery-codes.ts';
import { endSession, signOut } from '../../../lib/core/commands/sessions.ts';
import { parsePointer } from '../../../lib/core/pointer.ts';
import { codeAt } from '../../factors/hotp.ts';
import { START, startEngine, valueOf } from '../engine.ts';
import type { Lab, Visit } from '../engine.ts';

const ip = '192.0.2.7';

describe('what a host hears of each command [LOG-2]', () => {
  let lab: Lab;
  let visit: Visit;
  let who: { readonly userId: string; readonly session: string };
  beforeEach(async () => {
    lab = startEngine();
    const user = lab.user();
    visit = await lab.signIn(user, 'password', { ip });
    who = { userId: user.id, session: parsePointer(visit.pointer)?.id ?? '' };
  });

  /** The events since last asked, without what they have in common. */
  const heard = () =>
    lab.events.splice(0).map(({ at, ip: from, ...event }) => {
      expect([at >= START, from]).toEqual([true, ip]);
      return event;
    });

  it('is who signed in and out, by what, in which session and from where', async () => {
    expect(heard()).toEqual([{ type: 'signed_in', ...who, factor: 'password' }]);
    await signOut(lab.engine, { ip, pointer: visit.pointer });
    expect(heard()).toEqual([{ type: 'signed_out', ...who }]);
  });

  it('is which app was added, renamed and removed', async () => {
    const seed = await visit.enrollTotp('Phone');
    const [app] = (await lab.engine.store.enrollment(who.userId)).authenticators;
    const about = { ...who, factor: 'totp', authenticator: app?.id };
    expect(heard()).toContainEqual({ type: 'authenticator_added', ...about });
    valueOf(await visit.prove('totp', codeAt(seed, lab.clock.now)));
    heard();
    await visit.must((engine, caller) =>
      renameAuthenticator(engine, caller, { id: app?.id ?? '', name: 'Old phone' }),
    );
    expect(heard()).toEqual([{ type: 'authenticator_renamed', ...about }]);
    await visit.must((engine, caller) => removeAuthenticator(engine, caller, 'totp'));
    expect(heard()).toEqual([{ type: 'authenticator_removed', ...about }]);
  });

  it('is that recovery codes were made and replaced', async () => {
    const { reveal } = valueOf(await visit.enroll('recoveryCode'));
    const [codes] = (await lab.engine.store.enrollment(who.userId)).authenticators;
    const about = { ...who, factor: 'recoveryCode', authenticator: codes?.id };
    expect(heard()).toContainEqual({ type: 'authenticator_added', ...about });
    const [code = ''] = reveal['recoveryCodes'] as readonly string[];
    valueOf(await visit.prove('recoveryCode', code));
    heard();
    await visit.must((engine, caller) => replaceCodes(engine, caller, 'recoveryCode'));
    expect(heard()).toEqual([{ type: 'recovery_codes_replaced', ...about }]);
  });

  it('is that sessions were ended, by their user or by the host', async () => {
    heard();
    await visit.must((engine, caller) => endSession(engine, caller, 'others'));
    expect(heard()).toEqual([{ type: 'sessions_ended', ...who }]);
    await endSessions(lab.engine, { ip }, who.userId);
    expect(heard()).toEqual([{ type: 'sessions_ended', userId: who.userId, reason: 'host' }]);
  });

  it('is whose enrollment was forgotten, and who was erased', async () => {
    const { userId } = who;
    await visit.enrollTotp();
    heard();
    await forget(lab.engine, { ip }, userId);
    expect(heard()).toEqual([{ type: 'enrollment_forgotten', userId }]);
    await eraseUser(lab.engine, userId);
    const erased = lab.events.map(({ type, ...event }) => [type, event.userId]);
    expect(erased).toEqual([['user_erased', userId]]);
  });

  it('and a refusal names the factor that it is about', async () => {
    const mailless = startEngine({ email: undefined });
    const alone = await mailless.signIn(mailless.user());
    const refusals = [
      await visit.challenge('totp'),
      await alone.challenge('email'),
      await alone.enroll('email'),
      await visit.run((engine, caller) => remainingCodes(engine, caller, 'recoveryCode')),
      await visit.run((engine, caller) => replaceCodes(engine, caller, 'recoveryCode')),
      await (await lab.signIn(lab.user(), 'totp')).challenge('totp'),
    ];
    expect(refusals).toEqual([
      { status: 'refused', reason: 'no-authenticator', factor: 'totp' },
      { status: 'refused', reason: 'no-channel', factor: 'email' },
      { status: 'refused', reason: 'no-channel', factor: 'email' },
      { status: 'refused', reason: 'no-authenticator', factor: 'recoveryCode' },
      { status: 'refused', reason: 'no-authenticator', factor: 'recoveryCode' },
      { status: 'refused', reason: 'same-as-first', factor: 'totp' },
    ]);
  });
});
