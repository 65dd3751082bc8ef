import { describeWithRedis } from '../support/redis-harness.ts';
import { challenge, expected, sentCode, signedIn, switchOn } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const NAMES = [
  '<img src=x onerror=alert(1)>',
  '@evil.example #111111',
  '{{1000001*9}} ${1000001*9} <%= 1000001*9 %>',
  'Acme\n\n@evil.example #111111',
  'Your code is 111111',
];

/** All that the HTML of a mail is made of. */
const TAGS = new Set(['doctype', 'html', 'head', 'meta', 'title', 'body', 'div', 'p', 'strong']);

describeWithRedis(
  '[A38] a name that would be markup, a template or the last line of an SMS',
  () => {
    const processes = twoProcesses();

    it.each(NAMES)('reaches no message: %j [DEL-6] [DEL-7]', async (name) => {
      const site = await processes.site();
      const user = site.addUser({
        name,
        emailVerified: true,
        phone: '+14155552671',
        phoneVerified: true,
      });
      const owner = await signedIn(site, user);
      const totp = await owner.post('/v1/account/mfa/authenticators/totp', { name });
      // A name of one line is taken, and comes back as JSON that no browser reads as markup.
      expect(totp.status).toBe(name.includes('\n') ? 400 : 200);
      expect(totp.headers['content-type']).toMatch(/^application\/json/);
      expect(String(totp.body.qrSvg)).not.toContain(name);
      await switchOn(owner);

      const visitor = await signedIn(site, user);
      await challenge(visitor, 'email');
      const id = await challenge(visitor, 'phone');
      const code = sentCode(site);
      expect(site.outbox.at(-1)?.text.split('\n').at(-1)).toBe(`@acme.example #${code}`);
      const otp = { challengeId: id, otp: code };
      expected(await visitor.put('/v1/account/mfa/challenges', otp), 200);
      for (const { channel, subject, text, html = '' } of site.outbox) {
        expect(html !== '').toBe(channel === 'email');
        for (const part of [name, 'evil.example', 'onerror', '111111', '9000009']) {
          if (part !== code) expect(`${subject}\n${text}\n${html}`).not.toContain(part);
        }
      }
    });

    it.each(NAMES.filter((name) => !name.includes('\n')))(
      'is text in a mail, whatever an app is called: %j [DEL-7]',
      async (issuer) => {
        const site = await processes.site({ options: { issuer } });
        const user = site.addUser({ emailVerified: true });
        await switchOn(await signedIn(site, user));
        await challenge(await signedIn(site, user), 'email');
        expect(site.outbox.at(-1)?.text).toContain(issuer);
        for (const { html = '' } of site.outbox) {
          const tags = html
            .match(/<[^>]*/g)
            ?.map((tag) => /\w*/.exec(tag.replace(/^<[/!]?/, ''))?.[0]);
          expect(tags?.filter((tag) => !TAGS.has(tag ?? ''))).toEqual([]);
        }
      },
    );
  },
);
