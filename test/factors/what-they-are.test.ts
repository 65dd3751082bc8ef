import { factorContext } from '../../lib/core/engine.ts';
import type { Factor } from '../../lib/core/factor.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { email } from '../../lib/factors/email.ts';
import { phone } from '../../lib/factors/phone.ts';
import { recoveryCodes } from '../../lib/factors/recovery-codes.ts';
import { totp } from '../../lib/factors/totp.ts';
import { startEngine } from '../core/engine.ts';

const rules = { tries: 4, digits: 7, ttlMs: 120_000, countries: 'all' } as const;

describe('a factor says of itself', () => {
  // RFC 8176 section 2 for `amr`; NIST SP 800-63B-4 sections 2.2.1, 3.1.3.1 and 3.2.5 for the rest.
  it.each<readonly [() => Factor, object]>([
    [
      () => totp(rules) as Factor,
      { type: 'totp', amr: ['otp'], aal2: true, guessable: true, role: 'factor', max: 10 },
    ],
    [
      () => email(rules) as Factor,
      { type: 'email', amr: ['email'], aal2: false, guessable: true, role: 'factor', max: 10 },
    ],
    [
      () => phone(rules) as Factor,
      { type: 'phone', amr: ['sms'], aal2: true, guessable: true, role: 'factor', max: 10 },
    ],
    [
      () => recoveryCodes(rules) as Factor,
      {
        type: 'recoveryCode',
        amr: ['recovery'],
        aal2: false,
        guessable: false,
        role: 'recovery',
        max: 1,
      },
    ],
  ])('what it is called, what it is worth, and how it may be answered: %#', (create, expected) => {
    const { type, traits } = create();
    const channels: Readonly<Record<string, string>> = { email: 'email', phone: 'sms' };
    const channel = channels[type];
    expect({ type, ...traits }).toEqual({
      ...expected,
      phishingResistant: false,
      alsoCalled: expect.any(RegExp) as RegExp,
      tries: 4,
      ttlMs: channel === undefined ? 600_000 : 120_000,
      ...(channel === undefined ? {} : { channel }),
    });
  });

  it('where its owner is reached by it, in full', async () => {
    expect(await email(rules).destination({ address: 'ada@example.com' })).toEqual({
      channel: 'email',
      to: 'ada@example.com',
    });
    expect(await phone(rules).destination({ number: '+14155552671' })).toEqual({
      channel: 'sms',
      to: '+14155552671',
    });
    const abroad = phone({ ...rules, countries: ['DE'] });
    expect(await abroad.destination({ number: '+14155552671' })).toBeUndefined();
  });

  it('that nothing is sent by it, where it sends nothing', () => {
    expect(totp(rules).destination({ seed: '', lastStep: 0 })).toBeUndefined();
    expect(recoveryCodes(rules).destination({ left: [] })).toBeUndefined();
  });

  it('whether what it enrolls has to be confirmed, and why nothing can be enrolled', async () => {
    const about = { challenge: 'c', authenticator: 'a', purpose: 'enroll', session: 's' } as const;
    const enroll = async (factor: Factor, user: Partial<User> = {}) => {
      const whose = { user: { id: 'u1', ...user }, factor: factor.type };
      return factor.enroll(factorContext(startEngine().engine, { ...about, ...whose }), {});
    };
    const sent = { email: 'ada@example.com', phone: '+14155552671' };
    for (const factor of [totp(rules), email(rules), phone(rules)] as Factor[])
      expect(await enroll(factor, sent)).toMatchObject({ status: 'draft' });
    expect(await enroll(recoveryCodes(rules) as Factor)).toMatchObject({ status: 'bound' });
    expect(await enroll(email(rules) as Factor)).toEqual({
      status: 'missing',
      message: 'The account has no e-mail address.',
    });
    for (const address of ['a@example.com, b@example.com', 'a@example.com\r\nBcc: b@example.com'])
      expect(await enroll(email(rules) as Factor, { email: address })).toEqual({
        status: 'unacceptable',
        message: 'The address of the account is not one mailbox.',
      });
    expect(await enroll(phone(rules) as Factor)).toEqual({
      status: 'missing',
      message: 'The account has no phone number.',
    });
  });

  it('that a code of another length is wrong, as any wrong one is', () => {
    const about = { challenge: 'c', authenticator: 'a', purpose: 'prove', session: 's' } as const;
    const user = { id: 'u1' };
    const context = factorContext(startEngine().engine, { ...about, user, factor: 'totp' });
    const secret = { seed: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', lastStep: 0 };
    for (const code of ['', '1', '12345', '1234567'])
      expect(totp(rules).judge(context, secret, code)).toEqual({ ok: false, reason: 'wrong' });
  });
});
