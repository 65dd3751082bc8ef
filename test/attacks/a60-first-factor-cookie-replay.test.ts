import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, appCode, challenge, guardOf, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { Visitor } from './visitor.ts';

describeWithRedis('[A60] the cookies of step one, sent again', () => {
  const processes = twoProcesses();

  it('never authenticate: before, while and after the second factor is passed [GRD-4] [SES-1]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const visitor = site.visitor();
    const cookies: string[] = [];
    const note = () => cookies.push(visitor.cookie);
    await visitor.get('/note');
    note();
    const { email, password } = user;
    await visitor.post('/v1/account/sessions/email', { email, password });
    note();
    await visitor.get('/note');
    note();
    const id = await challenge(visitor, 'totp');
    note();
    await answer(visitor, id, '12345');
    note();
    await replayAll();
    expect((await answer(visitor, id, appCode(site, secret))).status).toBe(200);
    await replayAll();
    expect(await guardOf(visitor)).toBe(200);
    await site.forward(300_000);
    await replayAll();
    expect(await guardOf(visitor)).toBe(200);

    async function replayAll(): Promise<void> {
      for (const cookie of cookies) {
        const thief = new Visitor(site, cookie);
        for (const path of ['/reports', '/vault', '/v1/account']) {
          expect([path, await guardOf(thief, path)]).toEqual([path, 401]);
        }
      }
    }
  });

  it('hold nothing but the id of a session [STO-11] [TRU-3]', async () => {
    const site = await processes.site();
    const { user } = await userWithTotp(site);
    const visitor = site.visitor();
    const { email, password } = user;
    const login = await visitor.post('/v1/account/sessions/email', { email, password });
    const set = login.headers['set-cookie'] ?? [];
    expect(set).toHaveLength(1);
    expect(set[0]).toMatch(/^connect\.sid=s%3A[\w-]{32}\.[\w%]+; Path=\/; HttpOnly/);
    const next = await signedIn(site, user);
    expect(next.cookie).not.toBe(visitor.cookie);
  });
});
