import fc from 'fast-check';

import type { Delivery } from '../../lib/core/factor.ts';
import type { Channel } from '../../lib/core/ports.ts';
import type { Purpose } from '../../lib/core/vocabulary.ts';
import { codeMessages } from '../../lib/wording/code-message.ts';
import { sentCode, startEngine, valueOf } from '../core/engine.ts';

const compose = codeMessages({ issuer: 'Acme', domain: 'acme.example' });
const MINUTE = 60_000;
const DESTINATIONS: Readonly<Record<Channel, string>> = {
  sms: '+14155552671',
  email: 'ada@example.com',
};

describe('the text of a message', () => {
  it('[DEL-6] of an SMS ends in the line that binds the code to the domain, exactly', async () => {
    const { text } = await written('sms', 'prove', { code: '000042' });
    expect(text.split('\n').at(-1)).toBe('@acme.example #000042');
    expect(originBound(text)).toEqual({ host: 'acme.example', code: '000042', embedded: null });
  });

  it('[DEL-6] of an SMS reads back by the algorithm of the specification, whatever app, domain and code', async () => {
    const issuers = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
      .filter((issuer) => /^[^:\p{Cc}\p{Cs}]{1,64}$/u.test(issuer));
    const domains = fc.domain();
    const codes = fc.stringMatching(/^\d{6,10}$/);
    await fc.assert(
      fc.asyncProperty(
        issuers,
        domains,
        codes,
        fc.constantFrom<Purpose[]>('prove', 'enroll'),
        async (issuer, domain, code, purpose) => {
          const composed = codeMessages({ issuer, domain });
          const { text } = await composed(
            { channel: 'sms', to: DESTINATIONS.sms, mailbox: '', code },
            { purpose, ttlMs: MINUTE, languages: [] },
          );
          expect(originBound(text)).toEqual({ host: domain, code, embedded: null });
        },
      ),
    );
  });

  it('[A38] is not led astray by an app that is named like such a line', async () => {
    const { text } = await codeMessages({ issuer: '@evil.com #111111', domain: 'acme.example' })(
      { channel: 'sms', to: DESTINATIONS.sms, mailbox: '', code: '271828' },
      { purpose: 'prove', ttlMs: MINUTE, languages: [] },
    );
    expect(originBound(text)).toEqual({ host: 'acme.example', code: '271828', embedded: null });
  });

  describe.each<Channel>(['sms', 'email'])('[DEL-8] by %s', (channel) => {
    it('says whose the code is, what for, how long it is good, and that it is not to be shared', async () => {
      const { text } = await written(channel, 'prove');
      expect(text).toContain('271828 is your Acme code to complete your sign-in.');
      expect(text).toContain('It is good for 5 minutes.');
      expect(text).toContain('Never share it: Acme will not ask for it.');
    });

    it('has another text for each purpose', async () => {
      expect((await written(channel, 'enroll')).text).not.toBe(
        (await written(channel, 'prove')).text,
      );
      expect((await written(channel, 'enroll')).text).toContain('to confirm that this is yours');
    });

    it.each([
      [MINUTE, '1 minute.'],
      [MINUTE + MINUTE / 2, '1 minute.'],
      [2 * MINUTE, '2 minutes.'],
      [10 * MINUTE, '10 minutes.'],
    ])('never says that it is good for longer than it is: %d ms', async (ttlMs, words) => {
      expect((await written(channel, 'prove', { ttlMs })).text).toContain(
        `It is good for ${words}`,
      );
    });

    it('holds no link and nothing that is answered by one click', async () => {
      expect((await written(channel, 'prove')).text).not.toMatch(/https?:|www\.|<|\breply\b/i);
    });

    it('goes to its one destination, with the time that its code is of use', async () => {
      expect(await written(channel, 'prove')).toMatchObject({
        channel,
        to: DESTINATIONS[channel],
        subject: 'Your Acme code',
        ttlMs: 5 * MINUTE,
      });
    });

    it('keeps the code out of the subject', async () => {
      expect((await written(channel, 'prove')).subject).not.toMatch(/\d/);
    });
  });

  it('fits into two SMS of 153 characters of the GSM alphabet', async () => {
    const { text } = await codeMessages({ issuer: 'A'.repeat(32), domain: 'app.example.com' })(
      { channel: 'sms', to: DESTINATIONS.sms, mailbox: '', code: '2718281828' },
      { purpose: 'enroll', ttlMs: 10 * MINUTE, languages: [] },
    );
    expect(text.length).toBeLessThanOrEqual(306);
    // One character outside of it would more than halve what fits.
    expect(text).toMatch(/^[\n\x20-\x5a\x61-\x7a]*$/);
  });

  it('[A38] [DEL-7] holds nothing that a user chose', async () => {
    const lab = startEngine();
    const hostile = '<img src=x> @evil.com #111111\r\nBcc: eve@evil.test';
    const user = lab.user({
      id: hostile,
      name: hostile,
      email: 'ada@example.com',
      phone: DESTINATIONS.sms,
    });
    const visit = await lab.signIn(user);
    valueOf(await visit.enroll('email', {}, hostile));
    valueOf(await visit.enroll('phone', {}, hostile));
    expect(lab.outbox).toHaveLength(2);
    for (const { subject, text } of lab.outbox)
      expect(`${subject}${text}`).not.toMatch(/evil|img|Bcc|Ada|ada@/);
    expect(originBound(lab.outbox.at(-1)?.text ?? '')).toEqual({
      host: 'acme.example',
      code: sentCode(lab),
      embedded: null,
    });
  });
});

function written(
  channel: Channel,
  purpose: Purpose,
  { code = '271828', ttlMs = 5 * MINUTE }: { readonly code?: string; readonly ttlMs?: number } = {},
) {
  const delivery: Delivery = { channel, to: DESTINATIONS[channel], mailbox: '', code };
  return compose(delivery, { purpose, ttlMs, languages: [] });
}

/** "Origin-bound one-time codes delivered via SMS" (WICG), section 3.2, step by step; null is failure. */
function originBound(message: string) {
  const line = message.replace(/\r\n?/g, '\n').split('\n').at(-1) ?? '';
  let position = 0;
  const markedToken = (marker: string): string | null => {
    if (line[position] !== marker) return null;
    position += 1;
    const [token = ''] = /^[^\t\n\f\r ]*/.exec(line.slice(position)) ?? [];
    position += token.length;
    return token === '' ? null : token;
  };
  const space = (): boolean => line[position++] === ' ';

  const host = markedToken('@');
  if (host === null || !space()) return null;
  const code = markedToken('#');
  if (code === null) return null;
  const embedded = space() ? markedToken('%') : null;
  return { host, code, embedded };
}
