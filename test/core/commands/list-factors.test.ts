import { listFactors } from '../../../lib/core/commands/list-factors.ts';
import { reasonOf, startEngine, valueOf, Visit } from '../engine.ts';

describe('listFactors', () => {
  it('says of each factor whether it could answer a challenge here', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    expect(await visit.must(listFactors)).toEqual({
      totp: true,
      email: true,
      phone: false,
      recoveryCode: false,
    });
  });

  it('[VER-12] offers no factor that opened the session', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user({ emailVerified: true }), 'email');
    expect(await visit.must(listFactors)).toMatchObject({ email: false });
  });

  it('offers no factor whose channel nobody serves', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    const caller = { pointer: visit.pointer };
    const { sms } = lab.engine.senders;
    const withoutMail = { ...lab.engine, senders: sms ? { sms } : {} };
    expect(valueOf(await listFactors(withoutMail, caller))).toMatchObject({ email: false });
    expect(valueOf(await listFactors(lab.engine, caller))).toMatchObject({ email: true });
  });

  it('[STO-8] answers nobody without a session', async () => {
    expect(reasonOf(await new Visit(startEngine()).run(listFactors))).toBe('first-factor');
  });
});
