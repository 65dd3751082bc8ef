import { describeWithRedis } from '../support/redis-harness.ts';
import type { Moment } from '../support/redis-proxy.ts';
import { foundAgain, linkedSites } from './broken-link.ts';
import {
  answer,
  appCode,
  beginTotp,
  challenge,
  enrollTotp,
  expected,
  guardOf,
  proveTotp,
  sentCode,
  signedIn,
  switchOn,
  userWithMail,
  userWithTotp,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';
import type { Answer, Visitor } from './visitor.ts';

/** One request of a user, what it may not open, and how its user gets there when Redis is back. */
interface Flow {
  readonly visitor: Visitor;
  readonly ask: () => Promise<Answer>;
  /** What the guard says to this browser afterwards, whatever came true. */
  readonly guard: readonly number[];
  readonly finish: () => Promise<void>;
}

/** A browser of the same user, through every factor that is asked for. */
async function inAgain(site: Site, { user, secret }: Member): Promise<Visitor> {
  const visitor = await signedIn(site, user);
  await site.forward(30_000);
  const { body } = await visitor.get('/v1/account/mfa/factors');
  if (body.totp === true) await proveTotp(site, visitor, secret);
  expected(await visitor.get('/reports'), 200);
  return visitor;
}

type Member = Pick<Awaited<ReturnType<typeof userWithTotp>>, 'user' | 'secret'>;

const PENDING = [401];
const COMPLETE = [200, 401];
const SESSIONS = '/v1/account/sessions';
const TOTP = '/v1/account/mfa/authenticators/totp';
const CODES = '/v1/account/mfa/recovery-codes';

const FLOWS: Readonly<Record<string, (site: Site) => Promise<Flow>>> = {
  async 'the password'(site) {
    const { owner, ...member } = await userWithTotp(site);
    const { email, password } = member.user;
    return {
      visitor: owner,
      ask: () => site.visitor().post(`${SESSIONS}/email`, { email, password }),
      guard: COMPLETE,
      finish: async () => void (await inAgain(site, member)),
    };
  },
  async 'opening a challenge'(site) {
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    return {
      visitor,
      ask: () => visitor.post('/v1/account/mfa/challenges', { factor: 'totp' }),
      guard: PENDING,
      finish: () => proveTotp(site, visitor, secret),
    };
  },
  async 'a challenge by e-mail'(site) {
    const { user } = await userWithMail(site);
    const visitor = await signedIn(site, user);
    return {
      visitor,
      ask: () => visitor.post('/v1/account/mfa/challenges', { factor: 'email' }),
      guard: PENDING,
      async finish() {
        // The wait between two messages may have begun.
        await site.forward(30_000);
        const id = await challenge(visitor, 'email');
        expected(await answer(visitor, id, sentCode(site)), 200);
      },
    };
  },
  async 'the right code of an app'(site) {
    const member = await userWithTotp(site);
    const visitor = await signedIn(site, member.user);
    const id = await challenge(visitor, 'totp');
    return {
      visitor,
      ask: () => answer(visitor, id, appCode(site, member.secret)),
      guard: PENDING,
      finish: async () => void (await inAgain(site, member)),
    };
  },
  async 'a recovery code'(site) {
    const { owner, ...member } = await userWithTotp(site);
    const made = expected(await owner.post(CODES), 201);
    const [code = ''] = made.body.recoveryCodes as readonly string[];
    const visitor = await signedIn(site, member.user);
    const id = await challenge(visitor, 'recoveryCode');
    return {
      visitor,
      ask: () => answer(visitor, id, code),
      guard: PENDING,
      finish: async () => void (await inAgain(site, member)),
    };
  },
  async 'enrolling an app'(site) {
    const visitor = await signedIn(site, site.addUser());
    return {
      visitor,
      ask: () => visitor.post(TOTP),
      guard: [200],
      finish: async () => void (await enrollTotp(site, visitor)),
    };
  },
  async 'confirming an app'(site) {
    const user = site.addUser();
    const visitor = await signedIn(site, user);
    const secret = await beginTotp(visitor);
    return {
      visitor,
      ask: () => visitor.put(TOTP, { otp: appCode(site, secret) }),
      guard: COMPLETE,
      async finish() {
        const again = await inAgain(site, { user, secret });
        const { body } = await again.get('/v1/account/mfa/factors');
        if (body.totp !== true) await enrollTotp(site, again);
        await switchOn(again);
      },
    };
  },
  async 'switching MFA on'(site) {
    const user = site.addUser();
    const visitor = await signedIn(site, user);
    const secret = await enrollTotp(site, visitor);
    return {
      visitor,
      ask: () => visitor.patch('/v1/account/mfa', { mfa: true }),
      guard: COMPLETE,
      async finish() {
        await switchOn(await inAgain(site, { user, secret }));
        expect(await guardOf(await signedIn(site, user))).toBe(401);
      },
    };
  },
  async 'switching MFA off'(site) {
    const member = await userWithTotp(site);
    const visitor = await inAgain(site, member);
    return {
      visitor,
      ask: () => visitor.patch('/v1/account/mfa', { mfa: false }),
      guard: COMPLETE,
      async finish() {
        const again = await inAgain(site, member);
        expected(await again.patch('/v1/account/mfa', { mfa: false }), 200);
        expect(await guardOf(await signedIn(site, member.user))).toBe(200);
      },
    };
  },
  async 'removing an app'(site) {
    const member = await userWithTotp(site);
    const visitor = await inAgain(site, member);
    return {
      visitor,
      ask: () => visitor.delete(TOTP),
      guard: COMPLETE,
      async finish() {
        const again = await inAgain(site, member);
        expect([204, 404]).toContain((await again.delete(TOTP)).status);
        expect(await guardOf(await signedIn(site, member.user))).toBe(200);
      },
    };
  },
  async 'making recovery codes'(site) {
    const { owner, ...member } = await userWithTotp(site);
    return {
      visitor: owner,
      ask: () => owner.post(CODES),
      guard: COMPLETE,
      async finish() {
        const again = await inAgain(site, member);
        // Those that nobody saw are replaced.
        if ((await again.post(CODES)).status !== 201) expected(await again.patch(CODES), 200);
      },
    };
  },
  async 'ending all sessions'(site) {
    const { owner, ...member } = await userWithTotp(site);
    return {
      visitor: owner,
      ask: () => owner.delete(SESSIONS),
      guard: COMPLETE,
      async finish() {
        expected(await (await inAgain(site, member)).delete(SESSIONS), 204);
        expect(await guardOf(owner)).toBe(401);
      },
    };
  },
  async 'a guarded page'(site) {
    const { owner } = await userWithTotp(site);
    await site.forward(61_000);
    return {
      visitor: owner,
      ask: () => owner.get('/reports'),
      guard: [200],
      finish: async () => undefined,
    };
  },
};

/** Every command counted here is one that the request waits for, and for notices nobody waits. */
const options = { notify: false };

/** What takes more than one step where the enrollments are in the host's database. */
const CHANGES: ReadonlySet<string> = new Set([
  'the right code of an app',
  'confirming an app',
  'switching MFA on',
]);

describeWithRedis('[A51] Redis that goes away at each command of a request', () => {
  const linked = linkedSites(twoProcesses());
  const cases = Object.entries(FLOWS).flatMap(([name, flow]) => [
    { name, flow, split: false },
    ...(CHANGES.has(name) ? [{ name, flow, split: true }] : []),
  ]);

  it.each(cases)(
    'ends $name in 503, opens nothing, and leaves no user stuck (split store: $split) [AVL-1] [AVL-4]',
    async ({ flow, split }) => {
      const { site, link } = await linked({ split, options });
      const { ask } = await flow(site);
      const before = link.seen.length;
      expect((await ask()).status).toBeLessThan(300);
      // `eval` only follows where Redis did not know the script yet.
      const commands = link.seen.slice(before).filter((name) => name !== 'eval').length;
      expect(commands).toBeGreaterThan(0);

      const broken = async (count: number, moment: Moment): Promise<void> => {
        const one = await linked({ split, options });
        const { visitor, guard, finish, ...own } = await flow(one.site);
        // Short only for the request that is broken: all that comes before it is not to be hurried.
        await one.site.deploy({ timeoutMs: 1_000 });
        const seen = one.link.seen.length;
        one.link.breakAt(count, moment);
        expected(await own.ask(), 503);
        // Nothing was tried again and nothing went on without the answer.
        expect(one.link.seen.length - seen).toBe(count);
        one.link.heal();
        await foundAgain(visitor);
        await one.site.deploy();
        expect(guard).toContain(await guardOf(visitor));
        await finish();
      };
      const places = Array.from({ length: commands }, (_, i) => i + 1);
      await Promise.all(
        places.flatMap((count) => [broken(count, 'before'), broken(count, 'after')]),
      );
    },
  );
});
