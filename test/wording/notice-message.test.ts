import fc from 'fast-check';

import type { Notice, NoticeType } from '../../lib/core/notice.ts';
import type { Channel } from '../../lib/core/ports.ts';
import { noticeMessages } from '../../lib/wording/notice-message.ts';

const AT = Date.UTC(2026, 10, 24, 5, 20, 59);
const TO: Readonly<Record<Channel, string>> = { email: 'ada@example.com', sms: '+14155552671' };
const TYPES: readonly NoticeType[] = [
  'authenticator_added',
  'authenticator_removed',
  'authenticator_disabled',
  'mfa_switched_on',
  'mfa_switched_off',
  'recovery_codes_made',
  'recovery_codes_replaced',
  'recovery_code_used',
  'phone_changed',
  'factor_failing',
  'enrollment_forgotten',
];

describe('the text of a notice', () => {
  describe.each(TYPES)('%s', (type) => {
    it('says what happened to which account, when, and what to do if it was not you [ENR-6]', async () => {
      const { subject, text, to } = await written({ type, factor: 'totp' });
      expect(subject).toBe('Security notice from Acme');
      expect(text).toMatch(/ your Acme account /);
      expect(text).toContain('November 24, 2026 at 05:20 UTC');
      expect(text).toMatch(/If it was not you[,:] .*password/);
      expect(to).toBe(TO.email);
    });

    it('has a text of its own', async () => {
      const others = await Promise.all(
        TYPES.filter((other) => other !== type).map((other) => written({ type: other })),
      );
      expect(others.map(({ text }) => text)).not.toContain((await written({ type })).text);
    });

    it('holds no link and nothing that is answered by one click [DEL-8]', async () => {
      expect((await written({ type })).text).not.toMatch(/https?:|www\.|<|\breply\b/i);
    });

    it('is one line by SMS, of the GSM alphabet, in three parts at most', async () => {
      const { text } = await written({ type, factor: 'recoveryCode', remaining: 2 }, 'sms');
      expect(text).toMatch(/^[\x20-\x5a\x61-\x7a]*$/);
      expect(text.length).toBeLessThanOrEqual(459);
    });
  });

  it.each([
    ['totp', 'authenticator app'],
    ['email', 'codes by e-mail'],
    ['phone', 'codes by SMS'],
    ['something new', 'second factor'],
  ])('names %s as its owner knows it: %s', async (factor, words) => {
    expect((await written({ type: 'authenticator_added', factor })).text).toContain(`(${words})`);
  });

  it.each([
    [9, '9 recovery codes are left.', false],
    [4, '4 recovery codes are left.', false],
    [3, '3 recovery codes are left.', true],
    [1, '1 recovery code is left.', true],
    [0, 'No recovery code is left.', true],
  ])('says with %d codes left: %s [REC-3]', async (remaining, words, warns) => {
    const { text } = await written({
      type: 'recovery_code_used',
      factor: 'recoveryCode',
      remaining,
    });
    expect(text).toContain(words);
    expect(text.includes('Make a new set now')).toBe(warns);
  });

  it('holds no six digits in a row, whatever the app is called and whatever time it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...TYPES),
        fc.oneof(fc.string({ minLength: 1 }), fc.stringMatching(/^[\d ]{1,64}$/)),
        fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }),
        fc.integer({ min: 0, max: 99 }),
        fc.constantFrom<Channel[]>('email', 'sms'),
        async (type, issuer, at, remaining, channel) => {
          const notice = { type, at, userId: '123456', remaining };
          const message = await noticeMessages({ issuer })(notice, {
            channel,
            to: TO[channel],
          });
          expect(`${message.subject}\n${message.text}`).not.toMatch(/\d{6}/);
        },
      ),
    );
  });
});

function written(notice: Omit<Notice, 'at' | 'userId'>, channel: Channel = 'email') {
  const compose = noticeMessages({ issuer: 'Acme' });
  return compose({ ...notice, at: AT, userId: 'user-1' }, { channel, to: TO[channel] });
}
