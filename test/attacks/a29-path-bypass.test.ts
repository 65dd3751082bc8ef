import { describeWithRedis } from '../support/redis-harness.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { PATH, SPELLINGS } from '../support/spellings.ts';
import { BEHIND_THE_GUARD } from './side-doors.ts';
import { signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';

describeWithRedis('[A29] a guarded path in another spelling', () => {
  const processes = twoProcesses();

  it('is refused to a session that lacks a factor, and to nobody, in both processes [GRD-1]', async () => {
    const site = await processes.site();
    const { user, owner } = await userWithTotp(site);
    const half = await signedIn(site, user);
    let seen = 0;
    for (const [i, target] of [PATH, ...SPELLINGS].entries()) {
      const port = Number(new URL(site.origins[i % 2] ?? '').port);
      const get = (cookie: string) =>
        sendRaw(port, rawRequest('GET', target, { Cookie: `connect.sid=${cookie}` }));
      for (const cookie of [half.cookie, '']) {
        const { head, body } = await get(cookie);
        expect([target, `${head}${body}`]).not.toEqual([
          target,
          expect.stringContaining(BEHIND_THE_GUARD),
        ]);
      }
      if ((await get(owner.cookie)).body.includes(BEHIND_THE_GUARD)) seen += 1;
    }
    // Many a spelling is the path: to its owner it is open.
    expect(seen).toBeGreaterThan(5);
  });
});
