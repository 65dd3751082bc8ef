import { listAuthenticators } from '../../lib/core/commands/authenticators.ts';
import { signOut } from '../../lib/core/commands/sessions.ts';
import type { Store } from '../../lib/core/ports.ts';
import type { MfaOptions } from '../../lib/mfa-options.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { codeAt, STEP_MS } from '../factors/hotp.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { DAY, reasonOf, sentCode, startEngine, valueOf } from './engine.ts';
import type { Lab, Visit } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

type Verb = 'save' | 'settle' | 'open';

/** A lab in which somebody else may come between what a command reads and its next step. */
function contested(verb: Verb, settings: Partial<MfaOptions> = {}) {
  const store = memoryStore();
  const rival = { times: 0, act: async (): Promise<unknown> => undefined };
  const late = async (next: never): Promise<never> => {
    const step = store[verb] as (argument: never) => Promise<never>;
    if (rival.times === 0) return step(next);
    rival.times -= 1;
    await rival.act();
    return step(next);
  };
  const contestedStore = { ...store, [verb]: late } as Store;
  const lab = startEngine(
    { ...settings, store: contestedStore },
    seededRandom(`contested ${verb}`),
  );
  return { lab, store, rival };
}

/** Someone else changes the enrollment: whoever read it before is out of date. */
async function bump(store: Store, userId: string): Promise<void> {
  const next = await store.enrollment(userId);
  const facts = { version: next.version + 1, mfa: next.mfa, endedBefore: 0, held: heldOf(next) };
  await store.save({ next: { ...next, version: next.version + 1 }, facts });
}

const heldOf = ({
  authenticators,
}: {
  readonly authenticators: readonly { id: string; type: string }[];
}) => authenticators.map(({ id, type }) => ({ id, type, counts: type !== 'recoveryCode' }));

async function withApp(lab: Lab) {
  const user = lab.user({ emailVerified: true });
  const visit = await lab.signIn(user);
  const seed = await visit.enrollTotp();
  return { user, visit, code: () => codeAt(seed, lab.clock.now) };
}

const leave = (lab: Lab, visit: Visit) => signOut(lab.engine, { pointer: visit.pointer });

describe('when somebody else is faster', () => {
  it('an answer is judged again on what is there then, and counts once', async () => {
    const { lab, store, rival } = contested('settle');
    const { user, visit, code } = await withApp(lab);
    valueOf(await visit.switchMfa(true));
    Object.assign(rival, { times: 3, act: () => bump(store, user.id) });
    expect(reasonOf(await visit.prove('totp', code))).toBe('done');
    expect(rival.times).toBe(0);
    expect(reasonOf(await visit.prove('totp', code))).toBe('invalid');
  });

  it('an answer that finds no moment of its own is given up as contended, uncounted', async () => {
    const { lab, store, rival } = contested('settle');
    const { user, visit, code } = await withApp(lab);
    valueOf(await visit.switchMfa(true));
    const { id } = valueOf(await visit.challenge('totp'));
    Object.assign(rival, { times: Infinity, act: () => bump(store, user.id) });
    await expect(visit.answer(id, code())).rejects.toMatchObject({ code: 'contended' });
    rival.times = 0;
    expect(reasonOf(await visit.answer(id, code()))).toBe('done');
  });

  it('a confirmation is judged again, and given up as contended only after 16 rounds', async () => {
    const { lab, store, rival } = contested('settle');
    const user = lab.user();
    const visit = await lab.signIn(user);
    const seed = String(valueOf(await visit.enroll('totp')).reveal['secret']);
    const confirm = () => visit.confirm('totp', codeAt(seed, lab.clock.now));
    Object.assign(rival, { times: 16, act: () => bump(store, user.id) });
    await expect(confirm()).rejects.toMatchObject({ code: 'contended' });
    expect(rival.times).toBe(0);
    rival.times = 15;
    expect(reasonOf(await confirm())).toBe('done');
  });

  it('what the host vouches for is noted on top of what is there then', async () => {
    const { lab, store, rival } = contested('save');
    const { user, visit, code } = await withApp(lab);
    valueOf(await visit.switchMfa(true));
    valueOf(await visit.prove('totp', code));
    lab.users.set(user.id, { ...user, phone: '+14155552671', phoneVerified: true });
    const { version } = await store.enrollment(user.id);
    Object.assign(rival, { times: 15, act: () => bump(store, user.id) });
    const types = (await visit.must(listAuthenticators)).map(({ type }) => type);
    expect(types).toEqual(['email', 'totp', 'phone']);
    expect((await store.enrollment(user.id)).version).toBe(version + 16);
    lab.users.set(user.id, { ...user, phone: '+14155552672', phoneVerified: true });
    rival.times = 16;
    await expect(visit.run(listAuthenticators)).rejects.toMatchObject({ code: 'contended' });
  });

  it('[SES-10] a session that ended meanwhile changes nothing and is told to sign in', async () => {
    const { lab, store, rival } = contested('save');
    const { user, visit } = await withApp(lab);
    const before = await store.enrollment(user.id);
    Object.assign(rival, { times: 1, act: () => leave(lab, visit) });
    expect(reasonOf(await visit.switchMfa(true))).toBe('first-factor');
    expect(await store.enrollment(user.id)).toEqual(before);
  });

  it('[SES-10] a session that ended meanwhile gets no challenge and no message', async () => {
    const { lab, rival } = contested('open');
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    Object.assign(rival, { times: 1, act: () => leave(lab, visit) });
    expect(reasonOf(await visit.challenge('email'))).toBe('first-factor');
    expect(lab.outbox).toEqual([]);
    expect(lab.events.at(-1)).toMatchObject({ type: 'challenge_refused', reason: 'ended' });
  });

  describe('[THR-1] at the hard cap', () => {
    /** The last failure that is free, and a session that makes one more. */
    async function atTheCap() {
      const given = contested('save', { hardCap: 5, locks: [{ count: 99, waitMs: 1 }] });
      const { lab } = given;
      const { user, visit, code } = await withApp(lab);
      valueOf(await visit.switchMfa(true));
      for (let n = 1; n < 5; n += 1)
        expect(reasonOf(await visit.prove('totp', '000000'))).toBe('invalid');
      return { ...given, user, visit, code };
    }

    it('a factor is suspended all the same', async () => {
      const { lab, store, rival, user, visit } = await atTheCap();
      Object.assign(rival, { times: 3, act: () => bump(store, user.id) });
      expect(reasonOf(await visit.prove('totp', '000000'))).toBe('invalid');
      expect(rival.times).toBe(0);
      expect((await store.enrollment(user.id)).authenticators).toMatchObject([
        { type: 'email', state: 'active' },
        { type: 'totp', state: 'suspended' },
      ]);
      expect(lab.events.filter(({ type }) => type === 'authenticator_suspended')).toHaveLength(1);
    });

    it('it is disabled and told once, whoever of two comes first', async () => {
      const { lab, store, rival, user, visit } = await atTheCap();
      const { id } = valueOf(await visit.challenge('totp'));
      const disable = async () => {
        const next = await store.enrollment(user.id);
        const authenticators = next.authenticators.map((a) => ({
          ...a,
          state: 'disabled' as const,
        }));
        const version = next.version + 1;
        const facts = { version, mfa: true, endedBefore: 0, held: heldOf(next) };
        await store.save({ next: { ...next, version, authenticators }, facts });
      };
      const { version: before } = await store.enrollment(user.id);
      Object.assign(rival, { times: 1, act: disable });
      expect(reasonOf(await visit.answer(id, '000000'))).toBe('invalid');
      const { version } = await store.enrollment(user.id);
      await everythingSent();
      expect(lab.events.some(({ type }) => type === 'authenticator_suspended')).toBe(false);
      expect(lab.outbox.filter(({ text }) => text.includes('was suspended'))).toEqual([]);
      expect(version).toBe(before + 1);
    });

    it('nothing is decided, and no further answer judged, while it cannot be disabled', async () => {
      const { lab, store, rival, user, visit, code } = await atTheCap();
      Object.assign(rival, { times: 16, act: () => bump(store, user.id) });
      await expect(visit.prove('totp', '000000')).rejects.toMatchObject({ code: 'contended' });
      rival.times = Infinity;
      lab.clock.now += STEP_MS;
      const { id } = valueOf(await visit.challenge('totp'));
      await expect(visit.answer(id, code())).rejects.toMatchObject({ code: 'contended' });
      rival.times = 0;
      expect(reasonOf(await visit.answer(id, code()))).toBe('invalid');
      lab.clock.now += DAY;
      const next = await lab.signIn(user);
      expect(reasonOf(await next.challenge('totp'))).toBe('no-authenticator');
      expect(reasonOf(await next.prove('email', () => sentCode(lab)))).toBe('done');
    });
  });
});
