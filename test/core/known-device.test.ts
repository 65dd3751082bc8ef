import { endSessions, forget } from '../../lib/core/commands/end-sessions.ts';
import { listFactors } from '../../lib/core/commands/list-factors.ts';
import { deviceOf, deviceToken } from '../../lib/core/known-device.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { codeAt } from '../factors/hotp.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  reasonOf,
  SECOND,
  sentCode,
  START,
  startEngine,
  valueOf,
} from './engine.ts';
import type { Lab } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

describe('a known device', () => {
  let lab: Lab;
  let user: User;
  let seed: string;
  let device: string;
  const code = (): string => codeAt(seed, lab.clock.now);

  beforeEach(async () => {
    lab = startEngine({}, seededRandom('a known device'));
    user = lab.user();
    const first = await lab.signIn(user);
    seed = await first.enrollTotp();
    valueOf(await first.switchMfa(true));
    const visit = await lab.signIn(user);
    expect(visit.kept).toBeUndefined();
    valueOf(await visit.prove('totp', code));
    device = visit.kept ?? '';
    lab.clock.now += 30 * SECOND;
  });

  /** Strangers who hold the password fail: each time from nowhere known, and as often as locks let them. */
  async function strangersFail(times: number, factor = 'totp'): Promise<void> {
    for (let n = 0; n < times; n += 1) {
      const outcome = await (await lab.signIn(user)).prove(factor, '000000').catch(() => undefined);
      if (outcome?.status === 'refused' && outcome.retryAt) lab.clock.now = outcome.retryAt;
      else lab.clock.now += 24 * HOUR;
    }
  }

  /** Five more wrong answers of a stranger, if that may be asked at all. */
  async function strangersLock(): Promise<void> {
    const opened = await (await lab.signIn(user)).challenge('totp');
    if (opened.status === 'refused') return;
    const stranger = await lab.signIn(user);
    const { id } = valueOf(await stranger.challenge('totp'));
    for (let n = 0; n < 5; n += 1) await stranger.answer(id, '000000');
  }

  async function ownerProves(from: { readonly device?: string } = { device }): Promise<string> {
    const visit = await lab.signIn(user, 'password', from);
    const opened = await visit.challenge('totp');
    if (opened.status === 'refused') return opened.reason;
    return reasonOf(await visit.answer(opened.value.id, code()));
  }

  it('[THR-7] [A44] gets its owner in after a thousand tries of strangers, of which fifty are judged, and no other device does', async () => {
    await strangersFail(60);
    for (let n = 0; n < 940; n += 1) {
      const outcome = await (await lab.signIn(user)).challenge('totp');
      expect(reasonOf(outcome)).toBe('no-authenticator');
    }
    const wrong = lab.events.filter((one) => one.type === 'challenge_refused');
    expect(wrong.map(({ reason }) => reason)).toEqual(Array(50).fill('wrong'));
    expect(await ownerProves({})).toBe('no-authenticator');
    expect(await ownerProves()).toBe('done');
  });

  it('[THR-7] makes an authenticator that strangers had suspended active again', async () => {
    await strangersFail(50);
    const stranger = await lab.signIn(user);
    expect(await stranger.must(listFactors)).toMatchObject({ totp: false });
    expect(lab.events.at(-2)?.type ?? '').toBe('authenticator_suspended');
    expect(await ownerProves()).toBe('done');
    expect(lab.events.map(({ type }) => type)).toContain('authenticator_restored');
    lab.clock.now += 30 * SECOND;
    expect(await ownerProves({})).toBe('done');
  });

  it('[THR-7] is not kept waiting by the failures of strangers, nor are they by its own', async () => {
    const stranger = await lab.signIn(user);
    const { id } = valueOf(await stranger.challenge('totp'));
    for (let n = 0; n < 5; n += 1) await stranger.answer(id, '000000');
    expect(reasonOf(await (await lab.signIn(user)).challenge('totp'))).toBe('locked');
    const owner = await lab.signIn(user, 'password', { device });
    const own = valueOf(await owner.challenge('totp'));
    for (let n = 0; n < 5; n += 1)
      expect(reasonOf(await owner.answer(own.id, '000000'))).toBe('invalid');
    expect(reasonOf(await owner.challenge('totp'))).toBe('locked');
    lab.clock.now += 30 * SECOND;
    expect(reasonOf(await (await lab.signIn(user)).challenge('totp'))).toBe('done');
  });

  it('[THR-7] binds another app while strangers keep the factor locked', async () => {
    await strangersFail(20);
    const owner = await lab.signIn(user, 'password', { device });
    valueOf(await owner.prove('totp', code));
    await (await lab.signIn(user)).prove('totp', '000000');
    expect(reasonOf(await (await lab.signIn(user)).challenge('totp'))).toBe('locked');
    await owner.enrollTotp('second');
  });

  it('[THR-1] has a cap of its own, which disables for every device', async () => {
    for (let n = 0; n < 50; n += 1) {
      const owner = await lab.signIn(user, 'password', { device });
      expect(reasonOf(await owner.prove('totp', '000000'))).toBe('invalid');
      lab.clock.now += 24 * HOUR;
    }
    expect(await ownerProves()).toBe('no-authenticator');
    expect(await ownerProves({})).toBe('no-authenticator');
    expect(lab.events.map(({ type }) => type)).toContain('authenticator_disabled');
  });

  it('[THR-7] proves no factor and skips none', async () => {
    const owner = await lab.signIn(user, 'password', { device });
    expect(await owner.guard()).toBe('more-factors');
  });

  it('[A59] is forgotten after half a year', async () => {
    await strangersFail(5);
    lab.clock.now += DAY;
    await strangersFail(45);
    lab.clock.now += 181 * DAY;
    expect(await ownerProves()).toBe('no-authenticator');
  });

  it.each([20, 50])(
    '[THR-7] [A44] gets its owner in after a reset that ended all sessions, though strangers failed %i times before it',
    async (failures) => {
      await strangersFail(failures);
      await strangersLock();
      await endSessions(lab.engine, {}, user.id);
      expect(await ownerProves({})).not.toBe('done');
      expect(await ownerProves()).toBe('done');
    },
  );

  it('[REC-9] [A59] is forgotten when a recovery code completes a sign-in, and stays so when sessions are ended', async () => {
    const owner = await lab.signIn(user, 'password', { device });
    valueOf(await owner.prove('totp', code));
    const made = valueOf(await owner.enroll('recoveryCode')).reveal.recoveryCodes as string[];
    const recovering = await lab.signIn(user);
    valueOf(await recovering.prove('recoveryCode', made[0] ?? ''));
    await endSessions(lab.engine, {}, user.id);
    lab.clock.now += 30 * SECOND;
    await strangersLock();
    expect(await ownerProves({ device: owner.kept ?? '' })).toBe('locked');
    expect(await ownerProves({ device: recovering.kept ?? '' })).toBe('done');
  });

  it('[A68] is forgotten when the host forgets what was bound', async () => {
    await forget(lab.engine, {}, user.id);
    const { endedBefore, ...kept } = await lab.engine.store.enrollment(user.id);
    const at = { ...kept, endedBefore, tag: lab.engine.tag(user.id) };
    expect(deviceOf(lab.engine, { device }, at)).toBe('unknown');
  });

  it('[THR-7] is not needed to bind anew what the host forgot, whatever was got wrong before', async () => {
    await strangersLock();
    expect(await ownerProves({})).toBe('locked');
    await forget(lab.engine, {}, user.id);
    await (await lab.signIn(user)).enrollTotp();
  });

  it('[A59] cannot be made, cut, or taken over from another user', async () => {
    await strangersFail(50);
    const other = lab.user();
    const visit = await lab.signIn(other);
    await visit.enrollTotp();
    const [version, key, iv, body = ''] = device.split('.');
    for (const forged of [
      visit.kept ?? '',
      '',
      'known',
      device.slice(0, -1),
      `${device}A`,
      [version, key, iv, `${body.slice(0, -4)}AAAA`].join('.'),
      Buffer.from('{"alg":"none"}.{"sub":"user-1"}.').toString('base64url'),
    ]) {
      expect(await ownerProves({ device: forged })).toBe('no-authenticator');
    }
  });

  it('[DEL-1] [DEL-2] gets its codes however many strangers asked for', async () => {
    lab = startEngine({ limits: {} });
    user = lab.user({ emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const first = await lab.signIn(user);
    valueOf(await first.prove('email', () => sentCode(lab)));
    const from = { device: first.kept ?? '' };
    for (let n = 0; n < 30; n += 1) {
      await (await lab.signIn(user)).challenge('email');
      lab.clock.now += MINUTE;
    }
    expect(reasonOf(await (await lab.signIn(user)).challenge('email'))).toBe('limited');
    const owner = await lab.signIn(user, 'password', from);
    expect(reasonOf(await owner.prove('email', () => sentCode(lab)))).toBe('done');
  });

  it.each([
    ['a prefix', { prefix: [{ limit: 10, windowMs: HOUR }] }, '+1415555'],
    ['the conversion of a country', { conversion: { atLeast: 10, share: 0.3 } }, '+1212555'],
  ] as const)(
    '[THR-7] [DEL-4] [A41] gets its SMS however many others had sent that used up %s, which stays shut to strangers and enrollments',
    async (_what, limit, near) => {
      lab = startEngine({ limits: { ...UNLIMITED, ...limit } });
      user = lab.user({ phone: '+14155552671', phoneVerified: true });
      valueOf(await (await lab.signIn(user)).switchMfa(true));
      const first = await lab.signIn(user);
      valueOf(await first.prove('phone', () => sentCode(lab)));
      const from = { device: first.kept ?? '' };
      lab.clock.now += 2 * HOUR;
      for (let n = 0; n < 10; n += 1)
        valueOf(await (await lab.signIn(lab.user())).enroll('phone', { phone: `${near}300${n}` }));
      lab.clock.now += 6 * MINUTE;
      const owner = await lab.signIn(user, 'password', from);
      valueOf(await owner.prove('phone', () => sentCode(lab)));
      const enrolled = await owner.enroll('phone', { phone: '+14155553999' });
      const stranger = await (await lab.signIn(user)).challenge('phone');
      expect([enrolled, stranger].map(reasonOf)).toEqual(['limited', 'limited']);
    },
  );

  it('[DEL-2] [A41] has a limit on the prefix of its own, which holds', async () => {
    lab = startEngine({ limits: { ...UNLIMITED, prefix: [{ limit: 2, windowMs: HOUR }] } });
    user = lab.user({ phone: '+14155552671', phoneVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const from = { device: deviceToken(lab.engine, lab.engine.tag(user.id), START + 1) };
    const asked = [];
    for (let n = 0; n < 3; n += 1) {
      asked.push(reasonOf(await (await lab.signIn(user, 'password', from)).challenge('phone')));
      lab.clock.now += 10 * MINUTE;
    }
    expect(asked).toEqual(['done', 'done', 'limited']);
  });

  it('[THR-7] [DEL-2] enrolls a number however many codes strangers had sent', async () => {
    lab = startEngine({ limits: { ...UNLIMITED, account: [{ limit: 2, windowMs: DAY }] } });
    user = lab.user({ emailVerified: true });
    const first = await lab.signIn(user);
    seed = await first.enrollTotp();
    valueOf(await first.switchMfa(true));
    const asked = [];
    for (let n = 0; n < 3; n += 1) {
      asked.push(reasonOf(await (await lab.signIn(user)).challenge('email')));
      lab.clock.now += 10 * MINUTE;
    }
    expect(asked).toEqual(['done', 'done', 'limited']);
    const owner = await lab.signIn(user, 'password', { device: first.kept });
    valueOf(await owner.prove('totp', code));
    await owner.enrollSent('phone', { phone: '+14155552671' });
  });
});

describe('what a browser keeps of a sign-in', () => {
  const lab = startEngine();
  const { engine } = lab;
  const known = (device: string, tag = 'ada', endedBefore = 0) => {
    return deviceOf(engine, { device }, { tag, endedBefore });
  };

  it('is when that was, sealed for its user', () => {
    const device = deviceToken(engine, 'ada', 0);
    expect(engine.keyring.open(device, ['device', 'ada'])).toBe(START);
    expect([known(device), known(device, 'eve')]).toEqual(['known', 'unknown']);
  });

  it('is good from the moment at which its own sign-in ended all sessions', () => {
    const device = deviceToken(engine, 'ada', START + 1);
    expect(known(device, 'ada', START + 1)).toBe('known');
    expect(known(device, 'ada', START + 2)).toBe('unknown');
  });

  it('is good after its sessions were ended where the moment is kept since when it is known', () => {
    const device = deviceToken(engine, 'ada', 0);
    const at = { tag: 'ada', endedBefore: START + 2 };
    const since = [START, START + 1].map((knownSince) => ({ ...at, knownSince }));
    expect(since.map((one) => deviceOf(engine, { device }, one))).toEqual(['known', 'unknown']);
  });

  it('is of the last three users, each once, and of no more', () => {
    let kept: string | undefined;
    for (const user of ['ada', 'ben', 'ada', 'ada', 'eve'])
      kept = deviceToken(engine, user, 0, kept);
    expect(kept?.split('~')).toHaveLength(3);
    const all = ['ada', 'ben', 'eve', 'joe'];
    expect(all.map((user) => known(kept ?? '', user))).toEqual([
      'known',
      'known',
      'known',
      'unknown',
    ]);
    kept = deviceToken(engine, 'joe', 0, kept);
    expect(kept.split('~')).toHaveLength(3);
    expect(all.map((user) => known(kept ?? '', user))).toEqual([
      'known',
      'unknown',
      'known',
      'known',
    ]);
  });

  it('drops what can be no token, and no more than fits a cookie', () => {
    const device = deviceToken(engine, 'ada', 0, `a b~${'x'.repeat(201)}~ok`);
    expect(device.split('~').slice(1)).toEqual(['ok']);
  });

  it('is good for 180 days', () => {
    const device = deviceToken(engine, 'ada', 0);
    lab.clock.now = START + 180 * DAY - 1;
    expect(known(device)).toBe('known');
    lab.clock.now = START + 180 * DAY;
    expect(known(device)).toBe('unknown');
    lab.clock.now = START;
  });
});
