import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  challenge,
  expected,
  guardOf,
  pendingByMail,
  signedIn,
  userWithTotp,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import { Visitor } from './visitor.ts';

describeWithRedis('[A10] a challenge answered without its session', () => {
  const processes = twoProcesses();

  it('is refused without a cookie, with a forged one and with an empty session [VER-4] [REC-4]', async () => {
    const site = await processes.site();
    const { visitor, id, code } = await pendingByMail(site);
    await refusesNobodies(site, visitor, id, code);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });

  it('is refused by a recovery code as well: alone it opens nothing and is not used up [REC-4]', async () => {
    const site = await processes.site();
    const { user, owner } = await userWithTotp(site);
    const made = expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
    const [code = ''] = made.body.recoveryCodes as readonly string[];
    const opened = await site.visitor().post('/v1/account/mfa/challenges', {
      factor: 'recoveryCode',
      userId: user.id,
    });
    expect([opened.status, opened.body.type]).toEqual([401, 'general_unauthorized_scope']);
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, 'recoveryCode');
    await refusesNobodies(site, visitor, id, code);
    expect((await answer(visitor, id, code)).status).toBe(200);
  });

  /** Everyone who has no session with a first factor: without a cookie, with an empty session, with a forged cookie. */
  async function refusesNobodies(
    site: Site,
    visitor: Visitor,
    id: string,
    code: string,
  ): Promise<void> {
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
  }
});
