import { endSessions } from '../../../lib/core/commands/end-sessions.ts';
import { passwordSignIn } from '../../../lib/core/commands/password-sign-in.ts';
import type { User } from '../../../lib/core/vocabulary.ts';
import { MINUTE, reasonOf, sentCode, START, startEngine, valueOf, Visit } from '../engine.ts';

describe('passwordSignIn', () => {
  const of = (email: string) => ({ email, password: 'right' });

  /** A user with a verified mailbox and MFA on. */
  async function setUp() {
    const lab = startEngine();
    const user = lab.user({ emailVerified: true, email: 'ada@example.com' });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const visit = new Visit(lab);
    const signIn = () =>
      visit.run((engine, caller) => passwordSignIn(engine, caller, of('ada@example.com')));
    return { lab, visit, signIn };
  }

  it('[SES-3] is worth the password and no more: a session that lacks a factor is pending', async () => {
    const { visit, signIn } = await setUp();
    const { decision, record } = valueOf(await signIn());
    expect(decision).toEqual({ status: 'refuse', need: 'more-factors' });
    expect(record.completed).toMatchObject([{ factor: 'password', by: 'first-factor' }]);
    expect(await visit.guard()).toBe('more-factors');
  });

  it('begins no second session in one that is signed in, or that lacks a factor', async () => {
    const { lab, visit, signIn } = await setUp();
    valueOf(await signIn());
    const before = visit.pointer;
    expect(reasonOf(await signIn())).toBe('more-factors');
    valueOf(await visit.prove('email', () => sentCode(lab)));
    expect(reasonOf(await signIn())).toBe('signed-in');
    expect(visit.pointer.split('.')[1]).toBe(before.split('.')[1]);
    expect(await lab.engine.store.sessions('user-1')).toHaveLength(2);
  });

  it('tells of no wrong password where the password was right and the user is gone since', async () => {
    const { lab, signIn } = await setUp();
    Object.assign(lab.engine, { users: { ...lab.engine.users, findById: async () => null } });
    expect(reasonOf(await signIn())).toBe('first-factor');
    expect(lab.events.map(({ type }) => type)).not.toContain('sign_in_refused');
  });

  it('[SES-1] begins under an id and a secret of its own, each time', async () => {
    const parts = new Set<string>();
    for (let n = 0; n < 10; n += 1) {
      const { visit, signIn } = await setUp();
      valueOf(await signIn());
      for (const part of visit.pointer.split('.').slice(1)) parts.add(part);
    }
    expect(parts.size).toBe(20);
  });

  it('[LOG-2] tells the host whose password was wrong, and of an unknown address not which', async () => {
    const lab = startEngine({
      users: {
        findById: (id) => lab.users.get(id),
        findByEmail: (email) => [...lab.users.values()].find((user) => user.email === email),
        verifyPassword: () => false,
      },
    });
    const { id } = lab.user({ email: 'ada@example.com' });
    const refusals = [];
    for (const email of ['ada@example.com', 'nobody@example.com'])
      refusals.push(await passwordSignIn(lab.engine, { ip: '192.0.2.1' }, of(email)));
    // Nobody but the host learns of it.
    const answer = { status: 'refused', reason: 'credentials' };
    expect(refusals).toEqual([answer, answer]);
    const refused = { type: 'sign_in_refused', at: START, reason: 'credentials', ip: '192.0.2.1' };
    expect(lab.events).toEqual([{ ...refused, userId: id }, refused]);
  });

  describe('when sessions were ended just now', () => {
    interface Host {
      row: { readonly id: string; readonly password: string } | null;
      checks: number;
      meanwhile: () => Promise<void>;
    }

    /** A host whose row holds the password, and how often one is checked. What was read stays as it was. */
    function reset() {
      const id = 'user-1';
      const host: Host = { row: { id, password: 'old' }, checks: 0, meanwhile: async () => {} };
      const lab = startEngine({
        users: {
          findById: () => ({ id }),
          findByEmail: () => structuredClone(host.row),
          verifyPassword: async (user, password) => {
            const isRight = 'password' in user && user.password === password;
            host.checks += 1;
            await host.meanwhile();
            return isRight;
          },
        },
      });
      /** The row that is there when the password was checked once, and all sessions ended. */
      const becomes = (row: Host['row']): void => {
        host.meanwhile = async () => {
          host.row = row;
          host.meanwhile = async () => {};
          await endSessions(lab.engine, {}, id);
        };
      };
      const signIn = async (password: string) =>
        reasonOf(await passwordSignIn(lab.engine, {}, { email: 'ada@example.com', password }));
      return { lab, id, host, becomes, signIn };
    }

    it('lets nobody in behind a reset by the password that was right before it [SES-8] [REC-8]', async () => {
      const { lab, id, becomes, signIn } = reset();
      becomes({ id, password: 'new' });
      expect(await signIn('old')).toBe('credentials');
      expect(await lab.engine.store.sessions(id)).toEqual([]);
      expect(lab.events.at(-1)).toMatchObject({ type: 'sign_in_refused', userId: id });
      expect(await signIn('new')).toBe('done');
    });

    it('lets nobody in by an address that is another user’s or nobody’s by then', async () => {
      for (const row of [{ id: 'user-2', password: 'old' }, null]) {
        const { lab, id, becomes, signIn } = reset();
        becomes(row);
        expect(await signIn('old')).toBe('credentials');
        expect(await lab.engine.store.sessions(id)).toEqual([]);
      }
    });

    it('checks the password once more within a minute of it, and else once', async () => {
      const { lab, id, host, signIn } = reset();
      expect(await signIn('old')).toBe('done');
      expect(host.checks).toBe(1);
      await endSessions(lab.engine, {}, id);
      expect(await signIn('old')).toBe('done');
      expect(host.checks).toBe(3);
      lab.clock.now += 2 * MINUTE;
      expect(await signIn('old')).toBe('done');
      expect(host.checks).toBe(4);
    });
  });

  it('checks the password of a user and of nobody else, who costs a hash instead', async () => {
    const asked: unknown[] = [];
    const lab = startEngine({
      users: {
        findById: () => null,
        findByEmail: (email) => (email === 'ada@example.com' ? { id: 'ada' } : null),
        verifyPassword: (user) => asked.push(user.id) < 0,
        hashPassword: () => asked.push('hash'),
      },
    });
    for (const email of ['ada@example.com', 'nobody@example.com'])
      expect(reasonOf(await passwordSignIn(lab.engine, {}, of(email)))).toBe('credentials');
    expect(asked).toEqual(['ada', 'hash']);
  });

  it('names the look-up that answered with what is no user [A75]', async () => {
    const users = { findById: () => null, findByEmail: () => ({}) as User, verifyPassword: never };
    const lab = startEngine({ users });
    await expect(passwordSignIn(lab.engine, {}, of('ada@example.com'))).rejects.toThrow(
      /^users\.findByEmail must give a user/,
    );
  });
});

const never = () => {
  throw new Error('Nobody asks.');
};
