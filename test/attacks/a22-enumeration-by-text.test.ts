import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  challenge,
  expected,
  pendingByMail,
  sentCode,
  signedIn,
  userWithTotp,
  wrongCodes,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { looksOf } from './visitor.ts';

describeWithRedis('[A22] answers compared by their text', () => {
  const processes = twoProcesses();

  it('tell no user from nobody at the first step, with a factor or without [VER-9]', async () => {
    const site = await processes.site();
    const { user } = await userWithTotp(site);
    const plain = site.addUser();
    const seen = [];
    for (const email of [user.email, plain.email, 'nobody@example.com', 'not an address']) {
      const body = { email, password: 'wrong' };
      seen.push(looksOf(await site.visitor().post('/v1/account/sessions/email', body)));
    }
    expect(seen).toEqual(Array(4).fill(seen[0]));
    expect(seen[0]).toMatchObject({ status: 401 });
  });

  it('tell no wrong code from one that is used, replaced, expired, unknown or somebody else’s [VER-9]', async () => {
    const site = await processes.site({ options: { codes: { emailTtlMs: 60_000 } } });
    const other = await pendingByMail(site);
    const used = await pendingByMail(site);
    expected(await answer(used.visitor, used.id, used.code), 200);
    const { visitor: again, id: replaced, code: old, user } = await pendingByMail(site);
    const late = await pendingByMail(site);
    await site.forward(60_000);
    const live = await challenge(again, 'email');
    const [wrong] = wrongCodes(1, sentCode(site), old);
    const refused = [
      await answer(again, live, wrong),
      await answer(again, replaced, old),
      await answer(again, 'x'.repeat(43), sentCode(site)),
      await answer(again, other.id, other.code),
      await answer(used.visitor, used.id, used.code),
      await answer(late.visitor, late.id, late.code),
      await answer(await signedIn(site, user), live, sentCode(site)),
    ].map(looksOf);
    expect(refused).toEqual(Array(7).fill(refused[0]));
    expect(refused[0]).toMatchObject({ status: 401 });
  });
});
