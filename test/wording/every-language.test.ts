import type { NoticeType } from '../../lib/core/notice.ts';
import type { Channel } from '../../lib/core/ports.ts';
import type { Purpose } from '../../lib/core/vocabulary.ts';
import { codeMessages } from '../../lib/wording/code-message.ts';
import { en } from '../../lib/wording/en.ts';
import { LANGUAGES } from '../../lib/wording/languages.ts';
import { noticeMessages } from '../../lib/wording/notice-message.ts';

const TO: Readonly<Record<Channel, string>> = { email: 'ada@example.com', sms: '+14155552671' };
const PURPOSES: readonly Purpose[] = ['prove', 'enroll'];
const CHANNELS: readonly Channel[] = ['email', 'sms'];
const TYPES = Object.keys(en.notices.happened) as readonly NoticeType[];

describe.each(LANGUAGES)('a message in %s', (language) => {
  const cases = PURPOSES.flatMap((purpose) =>
    CHANNELS.map((channel) => [purpose, channel] as const),
  );

  describe.each(cases)('with a code to %s, by %s', (purpose, channel) => {
    const written = () =>
      codeMessages({ issuer: 'Shop24', domain: 'shop.example' })(
        { channel, to: TO[channel], mailbox: '', code: '000042' },
        { purpose, ttlMs: 5 * 60_000, languages: [language] },
      );

    it('has the code before any other digits, as it is to be typed', async () => {
      const { text, subject } = await written();
      expect(/\p{Nd}+/u.exec(text)?.[0]).toBe('000042');
      expect(subject).not.toContain('000042');
      expect(subject).toContain('Shop24');
    });
  });

  it('ends in the line of the specification when it is an SMS, in three parts at most [DEL-6]', async () => {
    for (const purpose of PURPOSES) {
      const { text } = await codeMessages({ issuer: 'Acme', domain: 'acme.example' })(
        { channel: 'sms', to: TO.sms, mailbox: '', code: '000042' },
        { purpose, ttlMs: 5 * 60_000, languages: [language] },
      );
      expect(text.split('\n').slice(1)).toEqual(['', '@acme.example #000042']);
      expect(parts(text)).toBeLessThanOrEqual(3);
    }
  });

  it('says of each notice something else, in ten SMS parts at most, with no six digits in a row', async () => {
    const compose = noticeMessages({ issuer: 'Acme' });
    const texts = await Promise.all(
      TYPES.map(async (type) => {
        const at = Date.UTC(2026, 10, 24, 5, 20);
        const notice = { type, at, userId: '1', locale: language, factor: 'totp', remaining: 2 };
        return (await compose(notice, { channel: 'sms', to: TO.sms })).text;
      }),
    );
    expect(new Set(texts).size).toBe(TYPES.length);
    for (const text of texts) {
      expect(text).toMatch(/2026.*\b0?5:20.* UTC/);
      expect(text).not.toMatch(/\p{Nd}{6}/u);
      expect(parts(text)).toBeLessThanOrEqual(10);
    }
  });
});

// 3GPP TS 23.038 section 6.2.1; one character outside of it, and all are sent in 16 bits.
const GSM = /^[\n\r\x20-\x5a\x5f\x61-\x7a@£$¥èéùìòÇØøÅåÆæßÉ¤¡ÄÖÑÜ§¿äöñüà]*$/;

/** How many parts a text is sent in. */
function parts(text: string): number {
  return Math.ceil(text.length / (GSM.test(text) ? 153 : 67));
}
