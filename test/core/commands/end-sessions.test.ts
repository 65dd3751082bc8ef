import { endSessions, forget } from '../../../lib/core/commands/end-sessions.ts';
import { eraseUser } from '../../../lib/core/commands/erase-user.ts';
import { exportUser } from '../../../lib/core/commands/export-user.ts';
import { deviceOf } from '../../../lib/core/known-device.ts';
import { parsePointer } from '../../../lib/core/pointer.ts';
import type { Store } from '../../../lib/core/ports.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { splitStore } from '../../../lib/stores/split.ts';
import { everythingSent } from '../../support/everything-sent.ts';
import { hostTable } from '../../stores/host-table.ts';
import { DAY, MINUTE, sentCode, START, startEngine, valueOf } from '../engine.ts';
import type { Lab, Visit } from '../engine.ts';
import { seededRandom } from '../seeded-random.ts';

/** A store that says so often that somebody else was faster. */
function slow() {
  const store = memoryStore();
  const rival = { times: 0 };
  const save: Store['save'] = async (change) => {
    if (rival.times === 0) return store.save(change);
    rival.times -= 1;
    return 'stale';
  };
  const lab = startEngine({ store: { ...store, save } }, seededRandom('slow'));
  return { lab, rival };
}

describe.each([
  ['ending the sessions', (lab: Lab, id: string) => endSessions(lab.engine, {}, id)],
  ['forgetting', (lab: Lab, id: string) => forget(lab.engine, {}, id)],
  ['erasing', (lab: Lab, id: string) => eraseUser(lab.engine, id)],
] as const)('%s of a user', (_what, end) => {
  it('is done although others are faster 15 times, and rejects as contended after 16', async () => {
    const { lab, rival } = slow();
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    await visit.enrollTotp();
    rival.times = 16;
    await expect(end(lab, user.id)).rejects.toMatchObject({ code: 'contended' });
    expect(await visit.guard()).toBe('allowed');
    rival.times = 15;
    await end(lab, user.id);
    expect(rival.times).toBe(0);
    expect(await visit.guard()).toBe('first-factor');
  });

  it('is done for one whom the host no longer knows, and writes to nobody', async () => {
    const lab = startEngine();
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    await visit.enrollTotp();
    await everythingSent();
    lab.outbox.length = 0;
    lab.users.delete(user.id);
    await end(lab, user.id);
    await everythingSent();
    expect(lab.outbox).toEqual([]);
    expect(await lab.engine.store.sessions(user.id)).toEqual([]);
  });
});

describe('forgetting a user', () => {
  it('is told wherever something was enrolled, though the store fails right behind it', async () => {
    const store = memoryStore();
    const forgive: Store['forgive'] = () => Promise.reject(new Error('down'));
    const lab = startEngine({ store: { ...store, forgive } });
    const user = lab.user();
    await (await lab.signIn(user)).enrollSent('email', { email: 'second@example.com' });
    await everythingSent();
    lab.outbox.length = 0;
    await expect(forget(lab.engine, {}, user.id)).rejects.toThrow('down');
    await everythingSent();
    const told = lab.outbox.map(({ to }) => to).toSorted();
    expect(told).toEqual(['second@example.com', user.email]);
    expect(lab.events.at(-1)).toMatchObject({ type: 'enrollment_forgotten', userId: user.id });
  });
});

describe('ending the sessions at the word of one of them', () => {
  const ended = (lab: Lab, visit: Visit, userId: string) =>
    visit.must((engine, caller) => endSessions(engine, caller, userId));

  it('spares that one, which moves on, and names it in the event', async () => {
    const lab = startEngine();
    const user = lab.user();
    const [visit, other] = [await lab.signIn(user), await lab.signIn(user)];
    const [left, id] = [visit.twin(), parsePointer(visit.pointer)?.id];
    lab.clock.now += MINUTE;
    await ended(lab, visit, user.id);
    const guards = [visit, left, other].map((each) => each.guard());
    expect(await Promise.all(guards)).toEqual(['allowed', 'first-factor', 'first-factor']);
    expect(lab.events.at(-1)).toMatchObject({ type: 'sessions_ended', session: id });
    expect(await lab.engine.store.sessions(user.id)).toMatchObject([
      { id, renewedAt: expect.any(Number) },
    ]);
  });

  it('spares it though the store fails as soon as the others are over', async () => {
    const store = memoryStore();
    const sessions: Store['sessions'] = () => Promise.reject(new Error('down'));
    const lab = startEngine({ store: { ...store, sessions } });
    const user = lab.user();
    const [visit, other] = [await lab.signIn(user), await lab.signIn(user)];
    lab.clock.now += MINUTE;
    await ended(lab, visit, user.id);
    const guards = [visit, other].map((each) => each.guard());
    expect(await Promise.all(guards)).toEqual(['allowed', 'first-factor']);
    expect(lab.events.filter(({ type }) => type === 'fault')).toHaveLength(1);
  });

  it('leaves every browser as known as it was, and makes none known that was not [THR-7]', async () => {
    const lab = startEngine();
    const user = lab.user({ emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const [visit, elsewhere] = [await lab.signIn(user), await lab.signIn(user)];
    await ended(lab, visit, user.id);
    expect(visit.kept).toBeUndefined();
    const own = await lab.signIn(user);
    valueOf(await own.prove('email', () => sentCode(lab)));
    lab.clock.now += MINUTE;
    await ended(lab, visit, user.id);
    await ended(lab, visit, user.id);
    const at = { ...(await lab.engine.store.enrollment(user.id)), tag: lab.engine.tag(user.id) };
    const knownBy = [own, elsewhere].map(({ kept: device }) =>
      deviceOf(lab.engine, { device }, at),
    );
    expect(knownBy).toEqual(['known', 'unknown']);
  });

  it('spares one that lacks a factor, as it is', async () => {
    const lab = startEngine();
    const user = lab.user({ emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const pending = await lab.signIn(user);
    await ended(lab, pending, user.id);
    expect(await pending.guard()).toBe('more-factors');
  });

  it('revives none that is over, and moves none of another user [SES-8]', async () => {
    const lab = startEngine();
    const [user, other] = [lab.user(), lab.user()];
    const [visit, stranger] = [await lab.signIn(user), await lab.signIn(other)];
    lab.clock.now += DAY;
    const [idle, fresh] = [visit.pointer, await lab.signIn(other)];
    const pointers = [fresh.pointer, stranger.pointer];
    for (const each of [visit, fresh, stranger]) await ended(lab, each, user.id);
    expect([visit.pointer, fresh.pointer, stranger.pointer]).toEqual([idle, ...pointers]);
    expect([await visit.guard(), await fresh.guard()]).toEqual(['first-factor', 'allowed']);
    expect(lab.events.at(-1)).not.toHaveProperty('session');
  });
});

describe('erasing', () => {
  it('brings back no row of the host’s that is gone already', async () => {
    const table = hostTable();
    const lab = startEngine({ store: splitStore(table, memoryStore()) });
    await eraseUser(lab.engine, 'gone');
    expect([...table.rows]).toEqual([]);
    expect(lab.events).toMatchObject([{ type: 'user_erased', userId: 'gone' }]);
  });
});

describe('exportUser', () => {
  it('says of each authenticator where it reaches and how many codes are left, as far as it does [LOG-6]', async () => {
    const lab = startEngine();
    const user = lab.user();
    const visit = await lab.signIn(user);
    valueOf(await visit.enroll('recoveryCode', {}, 'Drawer'));
    const { authenticators } = await exportUser(lab.engine, user.id);
    const about = { id: expect.any(String), origin: 'enrolled', state: 'active', createdAt: START };
    const codes = { ...about, type: 'recoveryCode', name: 'Drawer', remaining: 10 };
    expect(authenticators).toStrictEqual([codes]);
    const mailed = await lab.signIn(lab.user({ id: 'mailed' }));
    await mailed.enrollSent('email');
    const [mailbox] = (await exportUser(lab.engine, 'mailed')).authenticators;
    const destination = { channel: 'email', to: 'mailed@example.com' };
    const name = expect.any(String);
    const usedAt = START;
    expect(mailbox).toStrictEqual({ ...about, type: 'email', name, usedAt, destination });
  });

  it('says of what no key opens that it is unreadable, and of nothing else', async () => {
    const lab = startEngine();
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    await visit.enrollTotp('phone');
    valueOf(await visit.switchMfa(true));
    const other = startEngine({ store: lab.engine.store });
    const { authenticators } = await exportUser(other.engine, user.id);
    expect(authenticators.map(({ state }) => state)).toEqual(['unreadable', 'unreadable']);
    expect(authenticators.map((one) => Object.keys(one))).not.toContainEqual(
      expect.arrayContaining(['destination']),
    );
    const own = await exportUser(lab.engine, user.id);
    expect(own.authenticators).toMatchObject([
      { type: 'email', state: 'active', destination: { channel: 'email', to: user.email } },
      { type: 'totp', state: 'active', name: 'phone', usedAt: expect.any(Number) },
    ]);
  });
});
