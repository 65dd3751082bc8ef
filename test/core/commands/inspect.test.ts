import { inspect, sessionUser } from '../../../lib/core/commands/inspect.ts';
import { parsePointer } from '../../../lib/core/pointer.ts';
import type { Store } from '../../../lib/core/ports.ts';
import type { Facts } from '../../../lib/core/vocabulary.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { HOUR, MINUTE, SECOND, START, startEngine, valueOf } from '../engine.ts';
import type { Visit } from '../engine.ts';

/** A store that notes which verbs were called. */
function watched() {
  const calls: string[] = [];
  const store = new Proxy(memoryStore(), {
    get(target, verb: keyof Store) {
      const run = target[verb] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        calls.push(verb);
        return run(...args);
      };
    },
  });
  return { store, calls };
}

describe('inspect', () => {
  it('asks the store once, and the host not at all', async () => {
    const { store, calls } = watched();
    const lab = startEngine({ store });
    const visit = await lab.signIn(lab.user());
    lab.users.clear();
    calls.length = 0;
    expect(await visit.guard()).toBe('allowed');
    expect(calls).toEqual(['session']);
  });

  it('notes at most once a minute that a session was used', async () => {
    const { store, calls } = watched();
    const lab = startEngine({ store });
    const visit = await lab.signIn(lab.user());
    calls.length = 0;
    for (let second = 0; second < 120; second += 1) {
      await visit.guard();
      lab.clock.now += 1_000;
    }
    expect(calls.filter((verb) => verb !== 'session')).toEqual(['renew']);
  });

  it('[SES-4] keeps a session that is used, and no other, for more than an hour', async () => {
    const lab = startEngine();
    const [used, left] = [await lab.signIn(lab.user()), await lab.signIn(lab.user())];
    for (let minute = 0; minute < 90; minute += 30) {
      lab.clock.now += 30 * MINUTE;
      expect(await used.guard()).toBe('allowed');
    }
    expect(await left.guard()).toBe('first-factor');
  });

  it('[SES-4] keeps a session that is used within a short idle limit, and no other, as long', async () => {
    const lab = startEngine({ session: { idleMs: MINUTE } });
    const [used, left] = [await lab.signIn(lab.user()), await lab.signIn(lab.user())];
    for (let n = 0; n < 10; n += 1) {
      lab.clock.now += 44 * SECOND;
      expect(await used.guard()).toBe('allowed');
      // Too soon to be noted: it costs the session no more than a quarter of its limit.
      lab.clock.now += 14 * SECOND;
      expect(await used.guard()).toBe('allowed');
    }
    expect(await left.guard()).toBe('first-factor');
  });

  it('[STO-8] asks no store about a pointer that is none', async () => {
    const { store, calls } = watched();
    const lab = startEngine({ store });
    const visit = await lab.signIn(lab.user());
    calls.length = 0;
    for (const pointer of [
      undefined,
      '',
      '*',
      '../x',
      `${visit.pointer}\n`,
      'sess:x',
      'x'.repeat(10_240),
    ]) {
      const outcome = await inspect(lab.engine, { pointer }, {});
      expect(outcome).toEqual({ status: 'refused', reason: 'first-factor' });
    }
    expect(calls).toEqual([]);
  });

  it('[A25] knows no session under a pointer that has another secret, id or user', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user());
    const other = await lab.signIn(lab.user());
    const [mine, theirs] = [visit.pointer.split('.'), other.pointer.split('.')];
    for (const part of [0, 1, 2]) {
      const pointer = mine.map((text, at) => (at === part ? theirs[at] : text)).join('.');
      const outcome = await inspect(lab.engine, { pointer }, {});
      expect(outcome).toMatchObject({ status: 'refused', reason: 'first-factor' });
    }
  });

  it('decides by the enrollment itself where its facts are missing or outdated', async () => {
    const store = memoryStore();
    const lab = startEngine({ store });
    const user = lab.user({ emailVerified: true });
    const owner = await lab.signIn(user);
    valueOf(await owner.switchMfa(true));
    const pending = await lab.signIn(user);
    const { version } = await store.enrollment(user.id);
    await store.outdate(user.id, version + 1);
    const pointer = parsePointer(pending.pointer);
    expect(pointer && (await store.session(pointer)).facts).toBeUndefined();
    expect([await pending.guard(), await owner.guard()]).toEqual(['more-factors', 'allowed']);
  });

  describe('where the facts beside a session are not of its enrollment [STO-10]', () => {
    /** A store that answers the facts of one moment for ever, and notes which verbs were called. */
    function stuck() {
      const { store, calls } = watched();
      const kept: { facts?: Facts } = {};
      const session: Store['session'] = async (pointer) => ({
        ...(await store.session(pointer)),
        ...kept,
      });
      const lab = startEngine({ store: { ...store, session } });
      const stickTo = async ({ pointer }: Visit): Promise<void> => {
        const at = parsePointer(pointer);
        const { facts } = at ? await store.session(at) : {};
        if (facts) kept.facts = facts;
      };
      return { lab, calls, stickTo };
    }

    it('refuses within a minute by what the enrollment says, and at each request from then on', async () => {
      const { lab, calls, stickTo } = stuck();
      const user = lab.user();
      const visit = await lab.signIn(user);
      await stickTo(visit);
      const owner = await lab.signIn(user);
      await owner.enrollTotp();
      valueOf(await owner.switchMfa(true));
      lab.clock.now = START + MINUTE - 1;
      // What they say is all that a guard knows until then: one read.
      calls.length = 0;
      expect(await visit.guard()).toBe('allowed');
      expect(calls).toEqual(['session']);
      lab.clock.now += 1;
      for (let request = 0; request < 3; request += 1)
        expect(await visit.guard()).toBe('more-factors');
      expect(calls).not.toContain('touch');
    });

    it('keeps the session, and what was found out of it, if the enrollment lets it through, too', async () => {
      const { lab, calls, stickTo } = stuck();
      const user = lab.user();
      const visit = await lab.signIn(user);
      await stickTo(visit);
      const other = await lab.signIn(user);
      await other.enrollTotp();
      lab.clock.now += MINUTE;
      calls.length = 0;
      expect(await visit.guard()).toBe('allowed');
      expect(calls).toEqual(['session', 'renew', 'remember', 'touch']);
      calls.length = 0;
      expect(await visit.guard()).toBe('allowed');
      expect(calls).toEqual(['session']);
    });

    it('does not open by an enrollment that is older than the facts', async () => {
      const { store } = watched();
      const older = await store.enrollment('user-1');
      const behind: Store = { ...store, renew: async () => older };
      const lab = startEngine({ store: behind });
      const user = lab.user();
      const owner = await lab.signIn(user);
      await owner.enrollTotp();
      valueOf(await owner.switchMfa(true));
      const pending = await lab.signIn(user);
      lab.clock.now += MINUTE;
      expect(await pending.guard()).toBe('more-factors');
      expect(await owner.guard()).toBe('allowed');
      expect(await pending.guard()).toBe('more-factors');
    });
  });

  it('[AVL-1] rejects, and never lets through, when the store fails', async () => {
    const store = memoryStore();
    const down: Store = { ...store, session: () => Promise.reject(new Error('down')) };
    const lab = startEngine({ store: down });
    const visit = await lab.signIn(lab.user());
    await expect(visit.guard()).rejects.toThrow('down');
    const full: Store = { ...store, renew: () => Promise.reject(new Error('full')) };
    const second = startEngine({ store: full });
    const next = await second.signIn(second.user());
    second.clock.now += MINUTE;
    await expect(next.guard()).rejects.toThrow('full');
  });

  it('tells who got through and by what', async () => {
    const lab = startEngine();
    const user = lab.user();
    const visit = await lab.signIn(user);
    const passed = await visit.must((engine, caller) => inspect(engine, caller, {}));
    expect(passed).toEqual({
      userId: user.id,
      session: visit.pointer.split('.')[1],
      factors: ['password'],
      amr: ['pwd'],
      aal: 1,
      challengedAt: 0,
    });
    lab.clock.now += HOUR;
    expect(await visit.guard()).toBe('first-factor');
  });
});

describe('sessionUser', () => {
  it('says whose session a pointer points at, whatever is missing, and nobody’s for any other', async () => {
    const lab = startEngine();
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    valueOf(await visit.switchMfa(true));
    const pending = await lab.signIn(user);
    expect(await pending.guard()).toBe('more-factors');
    const pointer = parsePointer(pending.pointer);
    if (!pointer) throw new Error('no pointer');
    expect(await sessionUser(lab.engine, pointer)).toBe(user.id);
    for (const part of ['tag', 'id', 'secret'] as const) {
      const other = { ...pointer, [part]: pointer[part].replace(/./g, 'x') };
      expect(await sessionUser(lab.engine, other)).toBeUndefined();
    }
  });
});
