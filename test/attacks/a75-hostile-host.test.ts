import { describeWithRedis } from '../support/redis-harness.ts';
import { answer, appCode, challenge, expected, guardOf, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

type Instead = Site['instead'][string];

const never: Instead = () => new Promise(() => undefined);
const fail: Instead = () => {
  throw new Error('relation "users" does not exist, password=hunter2');
};
const parsed = (json: string): Instead => {
  return () => JSON.parse(json) as unknown;
};

describeWithRedis('[A75] functions of the host that are hostile or broken', () => {
  const processes = twoProcesses();

  /** Has a function of the host behave so, and waits for it no longer than a second if it never answers. */
  async function breaks(site: Site, name: string, how: Instead): Promise<void> {
    if (how === never) await site.deploy({ options: { hostTimeoutMs: 1_000 } });
    site.instead = { [name]: how };
  }

  it.each<readonly [string, Instead]>([
    ['answers with another user', ({ users }) => users.get('victim')],
    ['answers with a number', () => 7],
    ['answers with a list', ({ users }) => [...users.values()]],
    ['answers with __proto__', parsed('{"__proto__":{"id":"victim"}}')],
    ['answers with an id that is an object', parsed('{"id":{"$ne":null}}')],
    ['never answers', never],
    ['throws', fail],
  ])('open and change nothing when the look-up by id %s [AVL-6] [VER-10]', async (_how, lookup) => {
    const site = await processes.site();
    await userWithTotp(site, { id: 'victim' });
    const { user, secret } = await userWithTotp(site, { id: 'attacker' });
    const half = await signedIn(site, user);
    const id = await challenge(half, 'totp');
    const code = appCode(site, secret);
    await breaks(site, 'findById', lookup);
    for (const refused of [
      await answer(half, id, code),
      await half.get('/v1/account'),
      await half.post('/v1/account/mfa/challenges', { factor: 'totp' }),
      await site.visitor().post('/v1/account/sessions/email', user),
    ]) {
      expect([refused.status, refused.cookie]).toEqual([503, undefined]);
      expect(refused.text).not.toMatch(/victim|hunter2|relation/);
    }
    expect(await guardOf(half)).toBe(401);
    expect(await site.polluted()).toBe(false);
    // It was the host, not the code: nothing was consumed.
    site.instead = {};
    await site.deploy();
    expected(await answer(half, id, code), 200);
  });

  it.each<readonly [string, Instead, number]>([
    ['answers with "yes"', () => 'yes', 401],
    ['answers with 1', () => 1, 401],
    ['answers with a user', ({ users }) => users.get('victim'), 401],
    ['answers with nothing', () => undefined, 401],
    ['never answers', never, 503],
    ['throws', fail, 503],
  ])('sign nobody in when the password check %s [AVL-6]', async (_how, verifyPassword, status) => {
    const site = await processes.site();
    const user = site.addUser({ id: 'victim' });
    await breaks(site, 'verifyPassword', verifyPassword);
    const visitor = site.visitor();
    const refused = await visitor.post('/v1/account/sessions/email', {
      email: user.email,
      password: user.password,
    });
    expect([refused.status, refused.cookie]).toEqual([status, undefined]);
    expect(await guardOf(visitor)).toBe(401);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'may name a user %s: one like any other',
    async (id) => {
      const site = await processes.site();
      const other = await userWithTotp(site, { id: 'other' });
      const { user, secret } = await userWithTotp(site, { id });
      const half = await signedIn(site, user);
      expect(await guardOf(half)).toBe(401);
      expected(await answer(half, await challenge(half, 'totp'), appCode(site, other.secret)), 401);
      const again = await challenge(half, 'totp');
      expected(await answer(half, again, appCode(site, secret)), 200);
      expect((await half.get('/v1/account')).body.$id).toBe(id);
      expect(await site.polluted()).toBe(false);
    },
  );
});
