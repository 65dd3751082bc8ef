import { endSessions } from '../../../lib/core/commands/end-sessions.ts';
import {
  endSession,
  findSession,
  listSessions,
  signOut,
} from '../../../lib/core/commands/sessions.ts';
import type { User } from '../../../lib/core/vocabulary.ts';
import { DAY, HOUR, MINUTE, reasonOf, sentCode, startEngine, valueOf } from '../engine.ts';
import type { Lab, Visit } from '../engine.ts';

describe('sessions', () => {
  let lab: Lab;
  let user: User;
  beforeEach(() => {
    lab = startEngine();
    user = lab.user({ emailVerified: true });
  });

  const end = (visit: Visit, id: string) =>
    visit.run((engine, caller) => endSession(engine, caller, id));
  const idOf = async (visit: Visit) => (await visit.must(listSessions)).current;

  it('lists those of the user alone, the latest first, and says which asks', async () => {
    const first = await lab.signIn(user);
    lab.clock.now += MINUTE;
    const second = await lab.signIn(user);
    await lab.signIn(lab.user());
    const { records, current } = await first.must(listSessions);
    expect(records.map(({ id }) => id)).toEqual([await idOf(second), current]);
    expect(records.every(({ userId }) => userId === user.id)).toBe(true);
  });

  it.each([
    ['idle for an hour', HOUR],
    ['a day old', DAY],
  ])('lists none that is %s', async (_what, age) => {
    await lab.signIn(user);
    lab.clock.now += age;
    const fresh = await lab.signIn(user);
    expect((await fresh.must(listSessions)).records).toHaveLength(1);
  });

  it('finds one by its id or as the current one, and none of another user', async () => {
    const [mine, other] = [await lab.signIn(user), await lab.signIn(user)];
    const theirs = await idOf(await lab.signIn(lab.user()));
    const find = (id: string) => mine.run((engine, caller) => findSession(engine, caller, id));
    expect(valueOf(await find('current')).record.id).toBe(await idOf(mine));
    expect(valueOf(await find(await idOf(other))).record.id).toBe(await idOf(other));
    for (const id of [theirs, '', '*', 'constructor'])
      expect(reasonOf(await find(id))).toBe('no-session');
    lab.clock.now += DAY;
    expect(reasonOf(await find('current'))).toBe('first-factor');
  });

  it('ends all others, and none of another user, and is content when there are none', async () => {
    const mine = await lab.signIn(user);
    const others = [await lab.signIn(user), await lab.signIn(user)];
    const theirs = await lab.signIn(lab.user());
    for (let i = 0; i < 2; i++) expect(valueOf(await end(mine, 'others'))).toEqual({ own: false });
    for (const other of others) expect(await other.guard()).toBe('first-factor');
    for (const spared of [mine, theirs]) expect(await spared.guard()).toBe('allowed');
  });

  it('[SES-10] ends the own one: its pointer points at nothing, however often it is shown', async () => {
    const visit = await lab.signIn(user);
    expect(valueOf(await end(visit, 'current'))).toEqual({ own: true });
    expect(await visit.guard()).toBe('first-factor');
    const byId = await lab.signIn(user);
    expect(valueOf(await end(byId, await idOf(byId)))).toEqual({ own: true });
    expect(reasonOf(await end(visit, 'current'))).toBe('first-factor');
    expect(await lab.engine.store.sessions(user.id)).toEqual([]);
  });

  it('[SES-10] [A26] ends itself by a pointer that it has moved on from, which can do nothing else', async () => {
    const visit = await lab.signIn(user);
    const [twin, late] = [visit.twin(), visit.twin()];
    const other = await idOf(await lab.signIn(user));
    valueOf(await visit.switchMfa(true));
    expect(twin.pointer).not.toBe(visit.pointer);
    for (const id of ['all', other]) expect(reasonOf(await end(twin, id))).toBe('first-factor');
    expect(reasonOf(await twin.run(listSessions))).toBe('first-factor');
    expect([await twin.guard(), await visit.guard()]).toEqual(['first-factor', 'allowed']);
    expect(valueOf(await end(twin, 'current'))).toEqual({ own: true });
    expect([await visit.guard(), await late.guard()]).toEqual(['first-factor', 'first-factor']);
    expect(reasonOf(await end(late, 'current'))).toBe('first-factor');
    expect(lab.events.filter(({ type }) => type === 'signed_out')).toHaveLength(1);
  });

  it('ends nothing by a pointer of another user’s tag or another id', async () => {
    const [mine, eve] = [await lab.signIn(user), await lab.signIn(lab.user())];
    const [tag, id, secret] = mine.pointer.split('.');
    const [evesTag, evesId] = eve.pointer.split('.');
    for (const parts of [
      [evesTag, id, secret],
      [tag, evesId, secret],
    ]) {
      const forged = mine.twin();
      forged.pointer = parts.join('.');
      expect(reasonOf(await end(forged, 'current'))).toBe('first-factor');
      await signOut(lab.engine, { pointer: forged.pointer });
    }
    expect([await mine.guard(), await eve.guard()]).toEqual(['allowed', 'allowed']);
  });

  it('ends another of the user, and no one else’s', async () => {
    const [mine, other] = [await lab.signIn(user), await lab.signIn(user)];
    const eve = await lab.signIn(lab.user());
    expect(reasonOf(await end(mine, await idOf(eve)))).toBe('no-session');
    expect(valueOf(await end(mine, await idOf(other)))).toEqual({ own: false });
    expect([await mine.guard(), await other.guard(), await eve.guard()]).toEqual([
      'allowed',
      'first-factor',
      'allowed',
    ]);
  });

  it('[SES-8] ends all of the user', async () => {
    const visits = [await lab.signIn(user), await lab.signIn(user), await lab.signIn(user)];
    const eve = await lab.signIn(lab.user());
    expect(valueOf(await end(visits[0] ?? eve, 'all'))).toEqual({ own: true });
    for (const visit of visits) expect(await visit.guard()).toBe('first-factor');
    expect(await eve.guard()).toBe('allowed');
  });

  it('[A44] lets a session that lacks a factor end itself and throw nobody out', async () => {
    const owner = await lab.signIn(user);
    valueOf(await owner.switchMfa(true));
    const pending = await lab.signIn(user);
    expect(reasonOf(await end(pending, await idOf(owner)))).toBe('more-factors');
    expect(reasonOf(await end(pending, 'all'))).toBe('more-factors');
    expect(reasonOf(await pending.run(listSessions))).toBe('more-factors');
    expect(await owner.guard()).toBe('allowed');
    expect(valueOf(await end(pending, 'current'))).toEqual({ own: true });
  });

  it('takes the challenges along', async () => {
    const owner = await lab.signIn(user);
    valueOf(await owner.switchMfa(true));
    const visit = await lab.signIn(user);
    const { id } = valueOf(await visit.challenge('email'));
    const twin = visit.twin();
    valueOf(await end(visit, 'current'));
    expect(reasonOf(await twin.answer(id, sentCode(lab)))).toBe('first-factor');
    expect(await twin.guard()).toBe('first-factor');
  });

  it('signs out whatever state it is in, and is content with a pointer at nothing', async () => {
    const owner = await lab.signIn(user);
    valueOf(await owner.switchMfa(true));
    const pending = await lab.signIn(user);
    expect(await signOut(lab.engine, { pointer: pending.pointer })).toBe(true);
    expect(await lab.engine.store.sessions(user.id)).toHaveLength(1);
    for (const caller of [{ pointer: pending.pointer }, { pointer: '../*' }, {}])
      expect(await signOut(lab.engine, caller)).toBe(false);
    expect(await owner.guard()).toBe('allowed');
  });

  it('begins one that stays although a process with a faster clock ended all before it', async () => {
    const earlier = await lab.signIn(user);
    lab.clock.now += MINUTE;
    await endSessions(lab.engine, {}, user.id);
    lab.clock.now -= MINUTE;
    const later = await lab.signIn(user);
    expect([await earlier.guard(), await later.guard()]).toEqual(['first-factor', 'allowed']);
    const other = await lab.signIn(lab.user());
    expect((await other.must(listSessions)).records[0]).not.toHaveProperty('renewedAt');
  });

  it('keeps as many of strangers as the host allows beside who is in, and drops their oldest first', async () => {
    lab = startEngine({ session: { limit: 3 } });
    user = lab.user({ emailVerified: true });
    const owner = await lab.signIn(user);
    valueOf(await owner.switchMfa(true));
    const pending: Visit[] = [];
    for (let n = 0; n < 5; n += 1) {
      lab.clock.now += 1;
      pending.push(await lab.signIn(user));
    }
    expect(await owner.guard()).toBe('allowed');
    expect(await Promise.all(pending.map((visit) => visit.guard()))).toEqual([
      'first-factor',
      'first-factor',
      'more-factors',
      'more-factors',
      'more-factors',
    ]);
  });
});
