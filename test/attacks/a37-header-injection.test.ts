import { describeWithRedis } from '../support/redis-harness.ts';
import { beginTotp, expected, signedIn } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const BREAKS = ['\r\n', '\n', '\r', '\0', '\u001b[31m', '\u2028', '\u0085'];

describeWithRedis('[A37] line breaks in names, addresses and headers', () => {
  const processes = twoProcesses();

  it('reach no message, no header and no event [DEL-7] [LOG-3]', async () => {
    const site = await processes.site();
    const bcc = '\r\nBcc: thief@example.com';
    const user = site.addUser({ name: `Ada${bcc}`, locale: `de${bcc}` });
    const visitor = await signedIn(site, user);
    await beginTotp(visitor);
    for (const mark of BREAKS) {
      const name = `phone${mark}Set-Cookie: x=1`;
      const named = await visitor.post('/v1/account/mfa/authenticators/totp', { name });
      expect([mark, named.status]).toEqual([mark, 400]);
      const email = `ada@example.com${mark}Bcc: thief@example.com`;
      const mailed = await visitor.post('/v1/account/mfa/authenticators/email', { email });
      expect([mark, mailed.status]).toEqual([mark, 400]);
      const phone = `+1415555267${mark}1`;
      const texted = await visitor.post('/v1/account/mfa/authenticators/phone', { phone });
      expect([mark, texted.status]).toEqual([mark, 400]);
    }
    expect(site.outbox).toEqual([]);

    const agent = {
      'user-agent': 'probe\tSet-Cookie: x=1 \u001b[31m'.replace('\u001b', '%1b'),
      'accept-language': 'de%0d%0aBcc: thief@example.com, de\tBcc: thief@example.com',
    };
    expected(await visitor.post('/v1/account/mfa/authenticators/email', {}, agent), 200);
    const [{ subject, text, html, to } = { subject: '', text: '', html: '', to: '' }] = site.outbox;
    expect(to).toBe(user.email);
    for (const line of [subject, to]) expect(line).not.toMatch(/[\r\n]/);
    expect(html).toContain('<html lang="en"');
    for (const part of [subject, text, html]) expect(part).not.toMatch(/thief|Bcc/);
    expect(JSON.stringify(await site.seen())).not.toContain('probe');
  });
});
