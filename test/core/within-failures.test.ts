import { endSessions, forget } from '../../lib/core/commands/end-sessions.ts';
import { passwordSignIn } from '../../lib/core/commands/password-sign-in.ts';
import { noteConversion } from '../../lib/core/conversion.ts';
import { disableAtCap } from '../../lib/core/disable.ts';
import type { Engine } from '../../lib/core/engine.ts';
import { done, refused } from '../../lib/core/outcome.ts';
import type { Presence } from '../../lib/core/presence.ts';
import type { Users } from '../../lib/core/users.ts';
import type { Device } from '../../lib/core/vocabulary.ts';
import { withinFailures } from '../../lib/core/within-failures.ts';
import { aChallenge, aRecord } from '../contracts/store-builders.ts';
import { codeAt } from '../factors/hotp.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { HOUR, reasonOf, START, startEngine, valueOf, Visit } from './engine.ts';
import type { Lab } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

const CALLER = { network: '192.0.2.1' };
const limits = { ...UNLIMITED, failures: [{ limit: 1, windowMs: HOUR }] };
const DOWN = () => Promise.reject(new Error('down'));

/** The engine with verbs of its store replaced. */
function broken(engine: Engine, verbs: Partial<Engine['store']>): Engine {
  return { ...engine, store: { ...engine.store, ...verbs } };
}

/** An answer that is right. */
const right = (engine: Engine) =>
  withinFailures(engine, CALLER, async (admit) => (await admit()) ?? done(7));

/** A user with an app and MFA on, and a browser of a network where one may be wrong that completed a sign-in. */
async function knownDevice(users: Partial<Users> = {}) {
  const lab = startEngine({ limits }, seededRandom('a known device'));
  Object.assign(lab.engine.users, users);
  const user = lab.user();
  const first = await lab.signIn(user);
  const seed = await first.enrollTotp();
  valueOf(await first.switchMfa(true));
  const kept = await lab.signIn(user);
  valueOf(await kept.prove('totp', codeAt(seed, lab.clock.now)));
  return { lab, user, kept, from: { ...CALLER, device: kept.kept } };
}

describe('withinFailures', () => {
  it('[DEL-2] judges one wrong answer from a network where one is allowed, and none after it', async () => {
    const { engine } = startEngine({ limits });
    const asked: (string | undefined)[] = [];
    const attempt = () =>
      withinFailures(engine, CALLER, async (admit) => {
        const barred = await admit();
        asked.push(barred?.reason);
        return barred ?? refused('invalid');
      });
    expect(reasonOf(await attempt())).toBe('invalid');
    const second = await attempt();
    expect(second).toMatchObject({ reason: 'limited', retryAt: expect.any(Number) });
    expect(asked).toEqual([undefined, 'limited']);
  });

  it('[LOG-2] tells the host of each refusal, and from where it was asked', async () => {
    const users = { findById: () => null, findByEmail: () => null, verifyPassword: () => false };
    const lab = startEngine({ limits, users });
    const caller = { ...CALLER, ip: '192.0.2.1' };
    for (let n = 0; n < 3; n += 1)
      await passwordSignIn(lab.engine, caller, { email: 'a@example.com', password: 'x' });
    const told = lab.events.map(({ type, reason, ip }) => [type, reason, ip]);
    expect(told).toEqual([
      ['sign_in_refused', 'credentials', '192.0.2.1'],
      ['challenge_refused', 'limit failures', '192.0.2.1'],
      ['challenge_refused', 'limit failures', '192.0.2.1'],
    ]);
  });

  it('counts nothing while the host cannot look up whom it is about', async () => {
    let isDown = true;
    const owner = { id: 'ada', email: 'ada@example.com' };
    const findById = () => (isDown ? DOWN() : owner);
    const users = { findById, findByEmail: findById, verifyPassword: () => true };
    const lab = startEngine({ limits, users });
    const attempt = () =>
      passwordSignIn(lab.engine, CALLER, { email: 'ada@example.com', password: 'x' });
    for (let n = 0; n < 3; n += 1)
      await expect(attempt()).rejects.toMatchObject({ code: 'host_callback_failed' });
    isDown = false;
    expect(reasonOf(await attempt())).toBe('done');
  });

  it('counts nothing that was right, refused for another reason, or asked from nowhere', async () => {
    const { engine } = startEngine({ limits });
    const tries = [done(1), refused('malformed'), refused('first-factor')];
    for (const outcome of tries) await withinFailures(engine, CALLER, async () => outcome);
    for (let n = 0; n < 3; n += 1)
      await withinFailures(engine, {}, async (admit) => (await admit()) ?? refused('invalid'));
    const last = await withinFailures(engine, CALLER, async (admit) => (await admit()) ?? done(1));
    expect(last.status).toBe('done');
  });

  it('[AVL-3] judges nothing that could not be counted; who is refused before that is refused as ever', async () => {
    const engine = broken(startEngine({ limits }).engine, { spend: DOWN, refund: DOWN });
    const judged: unknown[] = [];
    const attempt = withinFailures(engine, CALLER, async (admit) => {
      await admit();
      judged.push('judged');
      return done(1);
    });
    await expect(attempt).rejects.toThrow('down');
    expect(judged).toEqual([]);
    const early = await withinFailures(engine, CALLER, async () => refused('malformed'));
    expect(reasonOf(early)).toBe('malformed');
  });

  it('answers all the same when what was right cannot be given back', async () => {
    const engine = broken(startEngine({ limits }).engine, { refund: DOWN });
    expect(valueOf(await right(engine))).toBe(7);
  });

  it('counts for each network by itself, with the time from which it may go on', async () => {
    const { engine } = startEngine({ limits });
    const guess = (network: string) =>
      withinFailures(engine, { network }, async (admit) => (await admit()) ?? refused('invalid'));
    expect(reasonOf(await guess('192.0.2.1'))).toBe('invalid');
    expect(reasonOf(await guess('192.0.2.2'))).toBe('invalid');
    expect(await guess('192.0.2.1')).toEqual({
      status: 'refused',
      reason: 'limited',
      retryAt: START + HOUR,
    });
  });

  it('counts each wrong answer of many that come at once', async () => {
    const { engine } = startEngine({
      limits: { ...UNLIMITED, failures: [{ limit: 3, windowMs: HOUR }] },
    });
    const guess = () =>
      withinFailures(engine, CALLER, async (admit) => (await admit()) ?? refused('credentials'));
    const reasons = (await Promise.all(Array.from({ length: 8 }, guess))).map(reasonOf);
    expect(reasons.filter((reason) => reason === 'credentials')).toHaveLength(3);
  });

  it('asks no store where a host sets no limit', async () => {
    const engine = broken(startEngine({ limits: UNLIMITED }).engine, { spend: DOWN, refund: DOWN });
    expect(valueOf(await right(engine))).toBe(7);
  });

  it('[THR-7] counts nothing of a known device, whose office has one address with others', async () => {
    const { lab, user, kept, from } = await knownDevice();
    kept.from = from;
    valueOf(await kept.enroll('totp', {}, 'second'));
    for (let n = 0; n < 2; n += 1)
      expect(reasonOf(await kept.confirm('totp', '000000'))).toBe('invalid');
    lab.clock.now += HOUR;
    for (let n = 0; n < 3; n += 1) {
      const owner = await lab.signIn(user, 'password', from);
      expect(reasonOf(await owner.prove('totp', '000000'))).toBe('invalid');
    }
    const stranger = await lab.signIn(user, 'password', CALLER);
    expect(reasonOf(await stranger.prove('totp', '000000'))).toBe('invalid');
    expect(reasonOf(await stranger.prove('totp', '000000'))).toBe('limited');
  });

  it('gives nothing back for a known device, of which it took nothing', async () => {
    const { lab, kept, from } = await knownDevice();
    const refund = jest.fn(lab.engine.store.refund);
    const engine = broken(lab.engine, { refund });
    const caller = { ...from, pointer: kept.pointer };
    const answer = (device: Device) =>
      withinFailures(engine, caller, async (admit) => (await admit(device)) ?? done(7));
    expect(valueOf(await answer('known'))).toBe(7);
    expect(refund).not.toHaveBeenCalled();
    expect(valueOf(await answer('unknown'))).toBe(7);
    expect(refund).toHaveBeenCalledTimes(1);
  });

  it('[REC-9] [THR-10] counts what a device gets wrong that was forgotten since it signed in', async () => {
    const { lab, user, from } = await knownDevice();
    await forget(lab.engine, {}, user.id);
    const visit = await lab.signIn(user, 'password', from);
    valueOf(await visit.enroll('totp'));
    for (const reason of ['invalid', 'limited', 'limited'])
      expect(reasonOf(await visit.confirm('totp', '000000'))).toBe(reason);
  });

  it('[THR-10] counts passwords of a known device whose session is over, for they are of any account', async () => {
    const { lab, user, from } = await knownDevice({ verifyPassword: () => false });
    const visit = await lab.signIn(user, 'password', from);
    await endSessions(lab.engine, {}, user.id);
    const guess = () =>
      visit.run((engine, caller) =>
        passwordSignIn(engine, caller, { email: 'victim@example.com', password: 'x' }),
      );
    expect(reasonOf(await guess())).toBe('credentials');
    expect(reasonOf(await guess())).toBe('limited');
  });

  it('[DEL-2] stands before passwords and enrollments, too', async () => {
    const users = {
      findById: (id: string) => lab.users.get(id),
      findByEmail: () => null,
      verifyPassword: () => false,
    };
    const lab: Lab = startEngine({ limits, users }, seededRandom('before enrollments'));
    const visit = new Visit(lab);
    visit.from = CALLER;
    const guess = () =>
      visit.run((engine, caller) =>
        passwordSignIn(engine, caller, { email: 'a@example.com', password: 'x' }),
      );
    expect(reasonOf(await guess())).toBe('credentials');
    expect(reasonOf(await guess())).toBe('limited');

    const user = lab.user();
    const enrolling = async () => {
      const owner = await lab.signIn(user, 'password', CALLER);
      const seed = String(valueOf(await owner.enroll('totp')).reveal['secret']);
      return { owner, code: () => codeAt(seed, lab.clock.now) };
    };
    const { owner, code } = await enrolling();
    expect(reasonOf(await owner.confirm('totp', code()))).toBe('limited');
    lab.clock.now += HOUR;
    const next = await enrolling();
    expect(reasonOf(await next.owner.confirm('totp', '000000'))).toBe('invalid');
    expect(reasonOf(await next.owner.confirm('totp', next.code()))).toBe('limited');
    lab.clock.now += HOUR;
    const last = await enrolling();
    expect(reasonOf(await last.owner.confirm('totp', last.code()))).toBe('done');
  });
});

describe('passwordSignIn', () => {
  it('[A22] refuses an unknown address as ever when the host’s hashing fails, and tells the host', async () => {
    const lab = startEngine({
      users: {
        findById: () => null,
        findByEmail: () => null,
        verifyPassword: () => false,
        hashPassword: () => {
          throw new Error('too long');
        },
      },
    });
    const outcome = await passwordSignIn(
      lab.engine,
      { ip: '192.0.2.1' },
      {
        email: 'nobody@example.com',
        password: 'x',
      },
    );
    expect(reasonOf(outcome)).toBe('credentials');
    expect(lab.events.map(({ type, ip }) => [type, ip])).toEqual([
      ['fault', '192.0.2.1'],
      ['sign_in_refused', '192.0.2.1'],
    ]);
  });
});

describe('noteConversion', () => {
  it('tells the host of a fault, and keeps nobody from signing in by it', async () => {
    const lab = startEngine();
    const challenge = { ...aChallenge(aRecord()), groups: ['country/1'] };
    noteConversion(broken(lab.engine, { spend: DOWN }), {}, challenge);
    await new Promise(setImmediate);
    expect(lab.events).toMatchObject([{ type: 'fault', error: { message: 'down' } }]);
  });

  it('asks no store, for a mailbox is of no group', async () => {
    const lab = startEngine();
    noteConversion(broken(lab.engine, { spend: DOWN }), {}, aChallenge(aRecord()));
    await new Promise(setImmediate);
    expect(lab.events).toEqual([]);
  });
});

describe('disableAtCap', () => {
  it('[THR-1] goes by what the whole account failed, too, and says how often the factor itself did', async () => {
    const lab = startEngine();
    const user = lab.user();
    const visit = await lab.signIn(user);
    await visit.enrollTotp();
    const record = aRecord({ userId: user.id });
    const challenge = {
      ...aChallenge(record),
      counters: ['totp', '*'],
      device: 'known',
    } as const;
    const capped = (count: number) =>
      disableAtCap(lab.engine, {}, { user } as Presence, challenge, { '*': { count, until: 0 } });
    const { accountCap } = lab.engine.settings;
    expect(await capped(accountCap - 1)).toBe(false);
    expect(await capped(accountCap)).toBe(true);
    expect(lab.events.at(-1)).toMatchObject({
      type: 'authenticator_disabled',
      reason: 'after 0 failures',
    });
  });
});
