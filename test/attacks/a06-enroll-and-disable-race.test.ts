import { describeWithRedis } from '../support/redis-harness.ts';
import { appCode, beginTotp, expected, proveTotp, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { together, Visitor } from './visitor.ts';

describeWithRedis(
  '[A06] an enrollment confirmed while another session removes or switches off',
  () => {
    const processes = twoProcesses();

    it('ends in one order or the other: nothing half bound, nothing lost, each change told [ENR-1] [ENR-8]', async () => {
      const site = await processes.site();
      for (let round = 0; round < 20; round++) {
        const { user, secret, owner } = await userWithTotp(site);
        const other = await signedIn(site, user);
        await proveTotp(site, other, secret);
        const otp = appCode(site, await beginTotp(owner, 'second'));
        const [confirmed, undone] = await together(site, [
          owner.ask('PUT', '/v1/account/mfa/authenticators/totp', { otp }),
          round % 2 === 0
            ? other.ask('DELETE', '/v1/account/mfa/authenticators/totp')
            : other.ask('PATCH', '/v1/account/mfa', { mfa: false }),
        ]);
        const events = (await site.seen()).filter(({ userId }) => userId === user.id);
        const idsOf = (type: string) =>
          events.filter((event) => event.type === type).map((event) => event.authenticator);
        const removed = idsOf('authenticator_removed');
        expect(idsOf('authenticator_added')).toHaveLength(confirmed?.status === 200 ? 2 : 1);
        const isOff = events.some(({ type }) => type === 'mfa_switched_off');
        expect((undone?.status ?? 500) < 300).toBe(isOff || removed.length > 0);

        const winner = new Visitor(site, confirmed?.cookie ?? owner.cookie);
        const listed = expected(await winner.get('/v1/account/mfa/authenticators'), 200).body;
        const bound = (listed.authenticators as { $id: string; status: string }[]).map(
          (a) => a.$id,
        );
        const left = idsOf('authenticator_added').filter((id) => !removed.includes(id));
        expect(new Set(bound)).toEqual(new Set(left));
        const account = expected(await winner.get('/v1/account'), 200).body;
        expect(account.mfa).toBe(!isOff);
      }
    });
  },
);
