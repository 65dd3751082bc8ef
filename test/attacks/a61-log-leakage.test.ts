import { describeWithRedis } from '../support/redis-harness.ts';
import { formsOf } from '../logs/sinks.ts';
import {
  answer,
  appCode,
  challenge,
  expected,
  sentCode,
  signedIn,
  userWithTotp,
  wrongCodes,
} from './story.ts';
import { newKey, twoProcesses } from './two-processes.ts';
import type { Site } from './two-processes.ts';

const LOUD = { NODE_DEBUG: 'http,net,stream,module', TALKATIVE: '1' };

describeWithRedis('[A61] everything that the processes print or show of themselves', () => {
  const processes = twoProcesses(LOUD);

  it('holds no secret, at every level of talk, with every cause of every fault [LOG-1] [LOG-4]', async () => {
    const key = newKey();
    const site = await processes.site({ keys: [key] });
    const secrets = await story(site, key);
    const shown = await site.inspected();
    await site.seen();
    const printed = processes.printed();
    // The sinks were open: Node's own debugging, the events and their causes.
    expect(printed).toMatch(/HTTP \d+:/);
    expect(printed).toContain('challenge_refused');
    expect(printed).toContain('delivery_failed');
    expect(printed).toContain('the database is away');
    expect(shown).toContain('requireAllFactors');
    for (const text of [printed, shown]) {
      const found = Object.entries(secrets).filter(([, secret]) =>
        formsOf(secret).some((form) => form.test(text)),
      );
      expect(found.map(([what]) => what)).toEqual([]);
    }
  });
});

/** A sign-in by each factor, right and wrong, and faults whose causes repeat what they were given. */
async function story(site: Site, key: string): Promise<Record<string, string>> {
  const { user, owner, secret } = await userWithTotp(site, {
    email: 'ada.lovelace@mail.example',
    emailVerified: true,
    phone: '+14155552671',
    phoneVerified: true,
  });
  const made = expected(await owner.post('/v1/account/mfa/recovery-codes'), 201);
  const [recovery = '', used = ''] = made.body.recoveryCodes as string[];
  const secrets: Record<string, string> = { key, seed: secret, recovery, used };
  secrets['password'] = user.password;
  for (const factor of ['email', 'phone']) {
    const visitor = await signedIn(site, user);
    const id = await challenge(visitor, factor);
    secrets[`code by ${factor}`] = sentCode(site);
    const [guess = ''] = wrongCodes(1, sentCode(site));
    expected(await answer(visitor, id, guess), 401);
    secrets[`guess by ${factor}`] = guess;
    expected(await answer(visitor, id, sentCode(site)), 200);
    secrets[`challenge by ${factor}`] = id;
  }
  const visitor = await signedIn(site, user);
  const code = appCode(site, secret);
  expected(await answer(visitor, await challenge(visitor, 'totp'), code), 200);
  secrets['app code'] = code;
  const other = await signedIn(site, user);
  expected(await answer(other, await challenge(other, 'recoveryCode'), used), 200);

  await site.forward(60_000);
  const late = await signedIn(site, user);
  site.instead = {
    send(_site, message: { to: string; text: string }) {
      secrets['undelivered code'] = /\d{6}/.exec(message.text)?.[0] ?? '';
      throw new Error(`550 <${message.to}>: ${message.text}`);
    },
  };
  expected(await late.post('/v1/account/mfa/challenges', { factor: 'email' }), 503);
  site.instead = {
    findById: () => {
      throw new Error('the database is away');
    },
  };
  expected(await late.get('/v1/account'), 503);
  site.instead = {};
  return { ...secrets, address: user.email, number: user.phone ?? '' };
}
