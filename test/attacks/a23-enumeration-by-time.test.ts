import { describeWithRedis } from '../support/redis-harness.ts';
import { expected, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import { looksOf } from './visitor.ts';

const NOBODY = 'nobody@example.com';

/** `bench/sign-in-time.ts` measures what is promised here by what is done. */
describeWithRedis('[A23] answers compared by their time', () => {
  const processes = twoProcesses();

  /** What a sign-in that fails costs the host, in order. */
  async function workFor(site: Site, email: string): Promise<readonly unknown[]> {
    site.asked.length = 0;
    const body = { email, password: 'guess' };
    expected(await site.visitor().post('/v1/account/sessions/email', body), 401);
    return site.asked.map(([name]) => name);
  }

  it('cost one password hash at the first step, whether or not there is such a user [VER-9]', async () => {
    const site = await processes.site();
    const { user } = await userWithTotp(site);
    const plain = site.addUser();
    for (let round = 0; round < 3; round += 1) {
      expect(await workFor(site, user.email)).toEqual(['findByEmail', 'verifyPassword']);
      expect(await workFor(site, plain.email)).toEqual(['findByEmail', 'verifyPassword']);
      expect(await workFor(site, NOBODY)).toEqual(['findByEmail', 'hashPassword']);
      expect(site.asked.at(-1)).toEqual(['hashPassword', 'guess']);
    }
  });

  it('look the same when that hash fails, as bcrypt does for some passwords, and the host is told', async () => {
    const site = await processes.site();
    const { email } = site.addUser();
    site.instead = {
      hashPassword() {
        throw new Error('more than 72 bytes');
      },
    };
    const password = 'x'.repeat(100);
    const answers = [];
    for (const address of [email, NOBODY]) {
      const body = { email: address, password };
      answers.push(looksOf(await site.visitor().post('/v1/account/sessions/email', body)));
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(await site.count('fault')).toBe(1);
  });
});
