import { listAuthenticators } from '../../../lib/core/commands/authenticators.ts';
import { confirmEnrollment } from '../../../lib/core/commands/confirm-enrollment.ts';
import type { Store } from '../../../lib/core/ports.ts';
import { codeAt } from '../../factors/hotp.ts';
import { reasonOf, sentCode, startEngine, valueOf } from '../engine.ts';

describe('confirmEnrollment', () => {
  it('binds nothing of a factor that nobody began to enroll, or that does not exist', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user());
    expect(await visit.confirm('badge', '123456')).toEqual({
      status: 'refused',
      reason: 'unknown-factor',
    });
    expect(await visit.confirm('totp', '123456')).toEqual({
      status: 'refused',
      reason: 'no-authenticator',
      factor: 'totp',
    });
    expect(await visit.must(listAuthenticators)).toEqual([]);
  });

  it('says of what is bound already that it is there, whatever is answered', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    expect(await visit.confirm('email', '123456')).toEqual({
      status: 'refused',
      reason: 'authenticator-exists',
      factor: 'email',
    });
    expect(await visit.confirm('totp', '123456')).toMatchObject({ reason: 'no-authenticator' });
  });

  it('[CRY-5] binds nothing of a draft that no key opens any more', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user());
    const seed = String(valueOf(await visit.enroll('totp')).reveal['secret']);
    const keyring = { ...lab.engine.keyring, open: () => undefined };
    const wanted = { factor: 'totp', answer: codeAt(seed, lab.clock.now) };
    const outcome = await visit.run((engine, caller) =>
      confirmEnrollment({ ...engine, keyring }, caller, wanted),
    );
    expect(outcome).toEqual({ status: 'refused', reason: 'no-authenticator', factor: 'totp' });
  });

  it('says of what is out of use that it is not there', async () => {
    const lab = startEngine();
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    valueOf(await visit.switchMfa(true));
    valueOf(await visit.prove('email', () => sentCode(lab)));
    lab.users.set(user.id, { ...user, emailVerified: false });
    expect(await visit.confirm('email', '123456')).toMatchObject({ reason: 'no-authenticator' });
    const { authenticators } = await lab.engine.store.enrollment(user.id);
    expect(authenticators).toMatchObject([{ type: 'email', state: 'lapsed' }]);
  });

  it('[A06] binds one mailbox once, though two sessions began to enroll it', async () => {
    const lab = startEngine();
    const user = lab.user();
    const [first, second] = [await lab.signIn(user), await lab.signIn(user)];
    valueOf(await first.enroll('email', { email: 'both@example.com' }));
    const code = sentCode(lab);
    lab.clock.now += 60_000;
    valueOf(await second.enroll('email', { email: 'both@example.com' }));
    valueOf(await second.confirm('email', sentCode(lab)));
    expect(await first.confirm('email', code)).toMatchObject({ status: 'refused' });
    expect(await second.must(listAuthenticators)).toHaveLength(1);
  });

  it('[A06] says so when what a session is about to confirm was bound by the host’s word meanwhile', async () => {
    const lab = startEngine();
    const user = lab.user();
    const visit = await lab.signIn(user);
    valueOf(await visit.enroll('email'));
    lab.users.set(user.id, { ...user, emailVerified: true });
    expect(await visit.confirm('email', sentCode(lab))).toEqual({
      status: 'refused',
      reason: 'authenticator-exists',
      factor: 'email',
    });
  });

  it('[ENR-2] is for the user whom the client takes itself for, and for nobody else', async () => {
    const lab = startEngine();
    const [user, other] = [lab.user(), lab.user()];
    const visit = await lab.signIn(user);
    const seed = String(valueOf(await visit.enroll('totp')).reveal['secret']);
    const code = codeAt(seed, lab.clock.now);
    expect(reasonOf(await visit.confirm('totp', code, other.id))).toBe('no-user');
    expect(reasonOf(await visit.confirm('totp', code, user.id))).toBe('done');
  });

  it('names after its factor what was begun without a name', async () => {
    const lab = startEngine();
    const { store } = lab.engine;
    const open: Store['open'] = ({ challenge: { name: _name, ...challenge }, ...rest }) =>
      store.open({ challenge, ...rest });
    Object.assign(lab.engine, { store: { ...store, open } });
    const visit = await lab.signIn(lab.user());
    await visit.enrollTotp('my phone');
    expect(await visit.must(listAuthenticators)).toMatchObject([{ name: 'totp' }]);
  });
});
