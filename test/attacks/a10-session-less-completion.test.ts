import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, guardOf, pendingByMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { Visitor } from './visitor.ts';

describeWithRedis('[A10] a challenge answered without its session', () => {
  const processes = twoProcesses();

  it('is refused without a cookie, with a forged one and with an empty session [VER-4] [REC-4]', async () => {
    const site = await processes.site();
    const { visitor, id, code } = await pendingByMail(site);
    const empty = site.visitor();
    await empty.get('/note');
    const unsigned = decodeURIComponent(visitor.cookie).slice(2).split('.')[0] ?? '';
    const nobodies = [
      site.visitor(),
      empty,
      new Visitor(site, unsigned),
      new Visitor(site, encodeURIComponent(`s:${unsigned}.${'A'.repeat(43)}`)),
    ];
    for (const nobody of nobodies) {
      const refused = await answer(nobody, id, code);
      expect(refused.status).toBe(401);
      expect(refused.body.type).toBe('general_unauthorized_scope');
      expect(refused.cookie).toBeUndefined();
      expect(await guardOf(nobody)).toBe(401);
    }
    expect((await answer(visitor, id, code)).status).toBe(200);
  });
});
