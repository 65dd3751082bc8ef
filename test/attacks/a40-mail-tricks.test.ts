import { describeWithRedis } from '../support/redis-harness.ts';
import { expected, signedIn, switchOn } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const PATH = '/v1/account/mfa/authenticators/email';
/** Each is one mailbox, as it stands: which of them are the same is for its mail server to know. */
const MAILBOXES = [
  "o'hara@example.com",
  'ada+tag@example.com',
  'a.d.a@example.com',
  'ada@xn--mnchen-3ya.example',
];
const NO_MAILBOXES = [
  'ada@example.com\r\nBcc: eve@evil.example',
  'ada@example.com\nSubject: free',
  'ada@example.com,eve@evil.example',
  'ada@example.com;eve@evil.example',
  'ada@example.com eve@evil.example',
  'Ada <ada@example.com>',
  '<ada@example.com>',
  '"ada\\"@evil.example"@example.com',
  '"a b"@example.com',
  'ada(comment)@example.com',
  'ada@example.com@evil.example',
  'ada@[127.0.0.1]',
  'ada@exampłe.com',
  'аda@example.com',
  'ada@example.com\u0000',
  '-oQ/tmp@example.com`id`',
  'ada@localhost',
  '@evil.example:ada@example.com',
  `${'a'.repeat(250)}@example.com`,
  ['ada@example.com', 'eve@evil.example'],
  { address: 'ada@example.com' },
];

describeWithRedis('[A40] a mail address with a trick', () => {
  const processes = twoProcesses();

  it('is written to as it stands if it is one mailbox, and to nobody else [DEL-7]', async () => {
    const site = await processes.site();
    for (const email of MAILBOXES) {
      const attacker = await signedIn(site, site.addUser());
      expected(await attacker.post(PATH, { email }), 200);
      expect(site.outbox.map(({ to }) => to).at(-1)).toBe(email);
    }
    expect(site.outbox).toHaveLength(MAILBOXES.length);
  });

  it('is refused if it is not, and nothing is sent', async () => {
    const site = await processes.site();
    const attacker = await signedIn(site, site.addUser());
    for (const email of NO_MAILBOXES) {
      const { status } = await attacker.post(PATH, { email });
      expect([email, status]).toEqual([email, 400]);
    }
    expect(site.outbox).toEqual([]);
  });

  it('is no factor and gets no message though the host itself vouches for it', async () => {
    const site = await processes.site();
    for (const email of NO_MAILBOXES.slice(0, 4).map(String)) {
      const owner = await signedIn(site, site.addUser({ email, emailVerified: true }));
      const { body } = await owner.get('/v1/account/mfa/factors');
      expect([email, body.email]).toEqual([email, false]);
      expect((await owner.post(PATH, {})).status).toBe(400);
      await switchOn(owner);
      expect(site.outbox).toEqual([]);
    }
  });
});
