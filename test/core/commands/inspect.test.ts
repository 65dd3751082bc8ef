import { inspect, sessionUser } from '../../../lib/core/commands/inspect.ts';
import { parsePointer } from '../../../lib/core/pointer.ts';
import type { Store } from '../../../lib/core/ports.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { HOUR, MINUTE, startEngine, valueOf } from '../engine.ts';

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
    expect(calls.filter((verb) => verb === 'touch')).toHaveLength(1);
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

  it('[AVL-1] rejects, and never lets through, when the store fails', async () => {
    const store = memoryStore();
    const down: Store = { ...store, session: () => Promise.reject(new Error('down')) };
    const lab = startEngine({ store: down });
    const visit = await lab.signIn(lab.user());
    await expect(visit.guard()).rejects.toThrow('down');
    const full: Store = { ...store, touch: () => Promise.reject(new Error('full')) };
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
