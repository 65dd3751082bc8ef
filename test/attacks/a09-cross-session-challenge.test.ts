import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, guardOf, pendingByMail, signedIn } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { looksOf } from './visitor.ts';

describeWithRedis('[A09] a challenge of one session answered in another of the same user', () => {
  const processes = twoProcesses();

  it('is refused as an unknown one is, and still open where it was asked for [VER-4]', async () => {
    const site = await processes.site();
    const { user, visitor, id, code } = await pendingByMail(site);
    const thief = await signedIn(site, user);
    const foreign = await answer(thief, id, code);
    const unknown = await answer(thief, 'x'.repeat(43), code);
    expect(foreign.status).toBe(401);
    expect(looksOf(foreign)).toEqual(looksOf(unknown));
    expect(await guardOf(thief)).toBe(401);
    expect((await answer(visitor, id, code)).status).toBe(200);
    expect(await guardOf(visitor)).toBe(200);
    expect(await guardOf(thief)).toBe(401);
  });

  it('costs its owner nothing, however often it is tried [VER-4] [THR-7]', async () => {
    const site = await processes.site();
    const { user, visitor, id, code } = await pendingByMail(site);
    const thief = await signedIn(site, user);
    for (let i = 0; i < 8; i++) expect((await answer(thief, id, code)).status).toBe(401);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });
});
