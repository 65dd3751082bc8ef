import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, guardOf, pendingByMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const PATH = '/v1/account/mfa/challenges';

describeWithRedis('[A32] keys that change prototypes', () => {
  const processes = twoProcesses();

  it('are refused in a body, however deep, and leave the challenge as it was [TRN-4]', async () => {
    const site = await processes.site();
    const { visitor, id, code } = await pendingByMail(site);
    const own = `"challengeId":"${id}","otp":"${code}"`;
    const bodies = [
      `{${own},"__proto__":{"verified":true}}`,
      `{${own},"\\u005f_proto__":{"verified":true}}`,
      `{${own},"constructor":{"prototype":{"verified":true}}}`,
      `{${own},"deep":{"deeper":[{"__proto__":{"verified":true}}]}}`,
      `{"__proto__":{${own}}}`,
    ];
    for (const body of bodies) {
      const refused = await visitor.put(PATH, body);
      expect([body, refused.status]).toEqual([body, 400]);
    }
    expect(await site.polluted()).toBe(false);
    expect(await guardOf(visitor)).toBe(401);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });

  it('have no effect in a query, in a cookie, in a path or as a value [TRN-4] [VER-5]', async () => {
    const site = await processes.site();
    const { visitor } = await pendingByMail(site);
    for (const query of ['__proto__[mfa]=1', 'constructor[prototype][mfa]=1', '__proto__.mfa=1']) {
      expect(await guardOf(visitor, `/reports?${query}`)).toBe(401);
      expect((await visitor.put(`${PATH}?${query}`, {})).status).toBe(400);
    }
    const cookie = `connect.sid=${visitor.cookie}; __proto__=j:{"mfa":true}; mfa=true`;
    expect((await visitor.get('/reports', { cookie })).status).toBe(401);
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];
    for (const name of names) {
      expect((await visitor.post(PATH, { factor: name })).status).toBe(400);
      expect((await answer(visitor, name, '123456')).status).toBe(401);
      const enrolled = await visitor.post(`/v1/account/mfa/authenticators/${name}`);
      expect(enrolled.status).toBe(401);
    }
    expect(await site.polluted()).toBe(false);
    expect(await guardOf(visitor)).toBe(401);
  });
});
