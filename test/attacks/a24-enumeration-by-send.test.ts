import { describeWithRedis } from '../support/redis-harness.ts';
import { expected, signedIn } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { looksOf } from './visitor.ts';

describeWithRedis('[A24] a destination tried for whether it is somebody’s', () => {
  const processes = twoProcesses();

  it.each([
    ['email', 'ada@example.com', 'bea@example.com'],
    ['phone', '+14155552671', '+14155552672'],
  ])('looks and costs the same to enroll: %s [VER-9]', async (type, theirs, nobodys) => {
    const site = await processes.site();
    const victim = { id: 'victim', email: 'ada@example.com', phone: '+14155552671' };
    site.addUser({ ...victim, emailVerified: true, phoneVerified: true });
    const seen = [];
    for (const destination of [theirs, nobodys]) {
      const attacker = await signedIn(site, site.addUser());
      site.asked.length = 0;
      const path = `/v1/account/mfa/authenticators/${type}`;
      const { status, body } = expected(await attacker.post(path, { [type]: destination }), 200);
      const { $id, userId: _, ...rest } = body;
      const again = (await attacker.post(path, { [type]: destination })).body;
      seen.push({ status, id: typeof $id, rest, again, did: site.asked.map(([name]) => name) });
      expect(site.outbox.at(-1)?.to).toBe(destination);
    }
    expect(seen[1]).toEqual(seen[0]);
  });

  it('looks and costs the same as a new number of an account', async () => {
    const site = await processes.site();
    site.addUser({ phone: '+14155552671', phoneVerified: true });
    const seen = [];
    for (const phone of ['+14155552671', '+14155552672']) {
      const user = site.addUser();
      const attacker = await signedIn(site, user);
      site.asked.length = 0;
      const { password } = user;
      const { status, headers } = looksOf(
        expected(await attacker.patch('/v1/account/phone', { phone, password }), 200),
      ) as { status: number; headers: Record<string, string> };
      const { 'content-length': _, 'set-cookie': _c, ...rest } = headers;
      // The owner is told behind the answer: it waits for no mail.
      const did = site.asked.map(([name]) => name).filter((name) => name !== 'send');
      seen.push({ status, rest, did });
    }
    expect(seen[1]).toEqual(seen[0]);
  });
});
