import { forget } from '../../../lib/core/commands/end-sessions.ts';
import { replaceCodes } from '../../../lib/core/commands/recovery-codes.ts';
import { everythingSent } from '../../support/everything-sent.ts';
import { sentCode, startEngine, valueOf } from '../engine.ts';

describe('a mailbox that was enrolled beside that of the account', () => {
  it('hears that MFA was switched, that recovery codes were made and replaced, and that all was forgotten [ENR-6] [A68]', async () => {
    const lab = startEngine();
    const user = lab.user({ email: 'ada@example.com', emailVerified: true });
    const visit = await lab.signIn(user);
    await visit.enrollSent('email', { email: 'second@example.com' });
    const heard = async () => {
      await everythingSent();
      return lab.outbox.splice(0).map(({ to }) => to);
    };
    await heard();
    const both = ['ada@example.com', 'second@example.com'];
    valueOf(await visit.switchMfa(true));
    expect((await heard()).toSorted()).toEqual(both);
    valueOf(await visit.enroll('recoveryCode'));
    expect((await heard()).toSorted()).toEqual(both);
    valueOf(await visit.prove('email', () => sentCode(lab)));
    await heard();
    await visit.must((engine, caller) => replaceCodes(engine, caller, 'recoveryCode'));
    expect((await heard()).toSorted()).toEqual(both);
    await forget(lab.engine, {}, user.id);
    expect((await heard()).toSorted()).toEqual(both);
  });
});
