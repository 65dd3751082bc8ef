import { describeWithRedis } from '../support/redis-harness.ts';
import { expected, guardOf, proveTotp, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import { looksOf } from './visitor.ts';

const PATH = '/v1/account/mfa/authenticators';

describeWithRedis('[A67] the ids of what belongs to somebody else', () => {
  const processes = twoProcesses();

  it('are as unknown as any: nothing is renamed, removed, challenged or ended [ENR-10] [VER-5]', async () => {
    const site = await processes.site();
    const [victim, attacker] = [await userWithTotp(site), await userWithTotp(site)];
    await proveTotp(site, victim.owner, victim.secret);
    await proveTotp(site, attacker.owner, attacker.secret);
    const listed = expected(await victim.owner.get(PATH), 200);
    const [theirs] = listed.body.authenticators as readonly { readonly $id: string }[];
    const id = theirs?.$id ?? '';
    // Seen by both processes, whatever they may keep of it.
    for (let i = 0; i < 2; i++) {
      expect((await victim.owner.patch(`${PATH}/${id}`, { name: 'mine' })).status).toBe(200);
    }
    const current = await victim.owner.get('/v1/account/sessions/current');
    const session = String(expected(current, 200).body.$id);
    const unknown = 'x'.repeat(22);
    const thief = attacker.owner;
    const asksFor = (id: string, session: string) => [
      thief.ask('PATCH', `${PATH}/${id}`, { name: 'taken' }),
      thief.ask('DELETE', `${PATH}/${id}`),
      thief.ask('PUT', `${PATH}/${id}`, { otp: '123456' }),
      thief.ask('POST', '/v1/account/mfa/challenges', { factor: 'totp', authenticatorId: id }),
      thief.ask('GET', `/v1/account/sessions/${session}`),
      thief.ask('DELETE', `/v1/account/sessions/${session}`),
    ];
    const none = asksFor(unknown, unknown);
    for (const [i, ask] of asksFor(id, session).entries()) {
      // Twice, so that either process is asked for either id.
      for (let turn = 0; turn < 2; turn++) {
        const foreign = await thief.send(ask);
        expect([i, foreign.status >= 400]).toEqual([i, true]);
        expect(looksOf(foreign)).toEqual(looksOf(await thief.send(none[i] ?? ask)));
        await thief.get('/note');
      }
    }
    expect(await guardOf(victim.owner)).toBe(200);
    const after = expected(await victim.owner.get(PATH), 200);
    expect(after.body.authenticators).toMatchObject([{ $id: id, name: 'mine' }]);
    await site.forward(30_000);
    await proveTotp(site, await signedIn(site, victim.user), victim.secret);
  });
});
