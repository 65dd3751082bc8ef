import { listAuthenticators } from '../../lib/core/commands/authenticators.ts';
import { listFactors } from '../../lib/core/commands/list-factors.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { codeAt } from '../factors/hotp.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { DAY, reasonOf, sentCode, startEngine, valueOf } from './engine.ts';
import type { Lab } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

describe('the hard cap', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine({}, seededRandom('the hard cap'));
  });

  /** Fails so often in a row, each time in a new session a day later; answers the last refusal. */
  async function fail(user: User, factor: string, times: number): Promise<string> {
    let word = '';
    for (let n = 0; n < times; n += 1) {
      lab.clock.now += DAY;
      const visit = await lab.signIn(user);
      word = reasonOf(await visit.prove(factor, '000000'));
    }
    lab.clock.now += DAY;
    return word;
  }

  /** Another lab, whose store fails at one verb while it is told to. */
  function breakable(verb: 'save' | 'remember'): { on: boolean } {
    const broken = { on: false };
    const store = memoryStore();
    const failing = (run: (...args: never[]) => unknown) =>
      (async (...args: never[]) => {
        if (broken.on) throw new Error('down');
        return run(...args);
      }) as never;
    lab = startEngine({ store: { ...store, [verb]: failing(store[verb]) } }, seededRandom(verb));
    return broken;
  }

  async function withApp(more: Partial<User> = {}) {
    const user = lab.user(more);
    const first = await lab.signIn(user);
    const seed = await first.enrollTotp();
    const { reveal } = valueOf(await first.enroll('recoveryCode'));
    const [saved = ''] = reveal.recoveryCodes as readonly string[];
    valueOf(await first.switchMfa(true));
    return { user, saved, code: () => codeAt(seed, lab.clock.now) };
  }

  it('[THR-1] [A46] disables an authenticator at the 50th failure in a row and not before', async () => {
    const { user, code } = await withApp();
    expect(await fail(user, 'totp', 49)).toBe('invalid');
    expect(reasonOf(await (await lab.signIn(user)).prove('totp', code))).toBe('done');

    expect(await fail(user, 'totp', 50)).toBe('invalid');
    expect(lab.events.at(-1)).toMatchObject({
      type: 'authenticator_suspended',
      userId: user.id,
      factor: 'totp',
      reason: 'after 50 failures',
    });
    const visit = await lab.signIn(user);
    expect(reasonOf(await visit.challenge('totp'))).toBe('no-authenticator');
    expect(await visit.must(listFactors)).toMatchObject({ totp: false });
  });

  it('[THR-1] refuses the right code to a challenge that was open at the 50th failure', async () => {
    const { user, code } = await withApp();
    await fail(user, 'totp', 49);
    const [visit, other] = [await lab.signIn(user), await lab.signIn(user)];
    const { id } = valueOf(await visit.challenge('totp'));
    expect(reasonOf(await other.prove('totp', '000000'))).toBe('invalid');
    expect(reasonOf(await visit.answer(id, code()))).toBe('invalid');
    expect(await visit.guard()).toBe('more-factors');
  });

  it('[THR-1] disarms nobody: MFA stays on, and the session pending', async () => {
    const { user } = await withApp();
    await fail(user, 'totp', 50);
    expect(await (await lab.signIn(user)).guard()).toBe('more-factors');
  });

  it('[THR-1] leaves every other factor open, and the app is bound anew by what is as good', async () => {
    const { user, code, saved } = await withApp({ emailVerified: true });
    await fail(user, 'totp', 50);
    const visit = await lab.signIn(user);
    valueOf(await visit.prove('email', () => sentCode(lab)));
    expect(await visit.guard()).toBe('allowed');
    const states = async () =>
      (await visit.must(listAuthenticators)).map(({ type, state }) => `${type} ${state}`);
    expect(await states()).toEqual(['email active', 'totp suspended', 'recoveryCode active']);
    expect(reasonOf(await visit.enroll('totp'))).toBe('challenge');

    valueOf(await visit.prove('recoveryCode', saved));
    const seed = await visit.enrollTotp();
    expect(await states()).toEqual([
      'email active',
      'totp suspended',
      'recoveryCode active',
      'totp active',
    ]);
    const next = await lab.signIn(user);
    expect(reasonOf(await next.prove('totp', code))).toBe('invalid');
    expect(reasonOf(await next.prove('totp', () => codeAt(seed, lab.clock.now)))).toBe('done');
  });

  it('[THR-1] holds for an address that the host vouches for, also when it vouches again', async () => {
    const user = lab.user({ emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    expect(await fail(user, 'email', 50)).toBe('invalid');
    for (const emailVerified of [true, false, true]) {
      lab.users.set(user.id, { ...user, emailVerified });
      const visit = await lab.signIn(user);
      expect(reasonOf(await visit.challenge('email'))).toBe('no-authenticator');
      expect(await visit.guard()).toBe('more-factors');
    }
  });

  it('[THR-1] disables all apps of the user, which share the count, and offers none of them any more', async () => {
    const user = lab.user({ emailVerified: true });
    const first = await lab.signIn(user);
    await first.enrollTotp('one');
    const seed = await first.enrollTotp('two');
    const { reveal } = valueOf(await first.enroll('recoveryCode'));
    const [saved = ''] = reveal.recoveryCodes as readonly string[];
    valueOf(await first.switchMfa(true));
    await fail(user, 'totp', 50);
    const visit = await lab.signIn(user);
    expect(await visit.must(listFactors)).toMatchObject({ totp: false, email: true });
    const challenge = await visit.challenge('totp');
    expect(reasonOf(challenge)).toBe('no-authenticator');
    valueOf(await visit.prove('email', () => sentCode(lab)));
    const states = (await visit.must(listAuthenticators)).map(({ type, state }) => [type, state]);
    expect(states).toEqual([
      ['email', 'active'],
      ['totp', 'suspended'],
      ['totp', 'suspended'],
      ['recoveryCode', 'active'],
    ]);
    const disabled = lab.events.filter(({ type }) => type === 'authenticator_suspended');
    expect(new Set(disabled.map(({ authenticator }) => authenticator)).size).toBe(2);
    valueOf(await visit.prove('recoveryCode', saved));
    await visit.enrollTotp('three');
    expect(await visit.must(listFactors)).toMatchObject({ totp: true });
    expect(reasonOf(await visit.prove('totp', () => codeAt(seed, lab.clock.now)))).toBe('invalid');
  });

  it('[THR-7] never disables recovery codes, which nobody guesses, nor keeps their owner waiting', async () => {
    const { user, saved } = await withApp();
    for (let n = 0; n < 60; n += 1) await (await lab.signIn(user)).prove('recoveryCode', 'wrong');
    expect(reasonOf(await (await lab.signIn(user)).prove('recoveryCode', saved))).toBe('done');
  });

  it('[THR-1] lets the owner bind anew at once, with a count of its own', async () => {
    const { user, saved } = await withApp();
    await fail(user, 'totp', 49);
    expect(reasonOf(await (await lab.signIn(user)).prove('totp', '000000'))).toBe('invalid');
    const visit = await lab.signIn(user);
    valueOf(await visit.prove('recoveryCode', saved));
    const seed = await visit.enrollTotp();
    for (let n = 0; n < 4; n += 1)
      expect(reasonOf(await (await lab.signIn(user)).prove('totp', '000000'))).toBe('invalid');
    const next = await lab.signIn(user);
    expect(reasonOf(await next.prove('totp', () => codeAt(seed, lab.clock.now)))).toBe('done');
  });

  it('[THR-1] asks another mailbox, that the host verified since, as one that was bound anew', async () => {
    const user = lab.user({ emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    await fail(user, 'email', 50);
    lab.users.set(user.id, { ...user, email: 'new@example.com' });
    const visit = await lab.signIn(user);
    expect(reasonOf(await visit.prove('email', () => sentCode(lab)))).toBe('done');
    expect(lab.outbox.at(-1)?.to).toBe('new@example.com');
  });

  it('[AVL-3] holds though the store fails at that very moment, and is made up for later', async () => {
    const broken = breakable('save');
    const { user, code } = await withApp({ emailVerified: true });
    await fail(user, 'totp', 49);
    const visit = await lab.signIn(user);
    broken.on = true;
    await expect(visit.prove('totp', '000000')).rejects.toThrow('down');
    lab.clock.now += DAY;
    await expect((await lab.signIn(user)).prove('totp', code)).rejects.toThrow('down');
    broken.on = false;
    const next = await lab.signIn(user);
    expect(reasonOf(await next.prove('totp', code))).toBe('invalid');
    expect(await next.must(listFactors)).toMatchObject({ totp: false });
    expect(await next.guard()).toBe('more-factors');
  });

  it('[ENR-6] [AVL-3] is told of though the store fails right behind it, and the count begins anew', async () => {
    const broken = breakable('remember');
    const { user, code } = await withApp({ emailVerified: true });
    const owner = await lab.signIn(user);
    valueOf(await owner.prove('totp', code));
    await fail(user, 'totp', 49);
    const visit = await lab.signIn(user);
    const { id } = valueOf(await visit.challenge('totp'));
    broken.on = true;
    await expect(visit.answer(id, '000000')).rejects.toThrow('down');
    broken.on = false;
    expect(lab.events.at(-1)).toMatchObject({ type: 'authenticator_suspended', factor: 'totp' });
    await everythingSent();
    const told = lab.outbox.filter(({ text }) => text.includes('was suspended'));
    expect(told.map(({ to }) => to)).toEqual([user.email]);
    const known = await lab.signIn(user, 'password', { device: owner.kept ?? '' });
    valueOf(await known.prove('totp', code));
    lab.clock.now += DAY;
    expect(reasonOf(await (await lab.signIn(user)).prove('totp', code))).toBe('done');
  });

  it('[AVL-3] is undone by a known device though the store fails right behind that', async () => {
    const broken = breakable('remember');
    const { user, code } = await withApp();
    const owner = await lab.signIn(user);
    valueOf(await owner.prove('totp', code));
    await fail(user, 'totp', 50);
    const known = await lab.signIn(user, 'password', { device: owner.kept ?? '' });
    broken.on = true;
    expect(reasonOf(await known.prove('totp', code))).toBe('done');
    expect(lab.events.map(({ type }) => type)).toContain('authenticator_restored');
  });

  it('[THR-7] of the account falls to what is answered wrong next: a right code is judged, and takes the count away', async () => {
    const { user, code } = await withApp();
    const owner = await lab.signIn(user);
    valueOf(await owner.prove('totp', code));
    const restore = async () => {
      lab.clock.now += DAY;
      const known = await lab.signIn(user, 'password', { device: owner.kept ?? '' });
      valueOf(await known.prove('totp', code));
      lab.clock.now += DAY;
    };
    for (const times of [50, 50, 1]) {
      await fail(user, 'totp', times);
      expect(lab.events.at(-1)?.type).toBe('authenticator_suspended');
      await restore();
    }
    expect(reasonOf(await (await lab.signIn(user)).prove('totp', code))).toBe('done');
    lab.events.length = 0;
    await fail(user, 'totp', 49);
    expect(lab.events.map(({ type }) => type)).not.toContain('authenticator_suspended');
  });

  it('[THR-3] starts over with a success', async () => {
    const { user, code } = await withApp();
    for (let round = 0; round < 2; round += 1) {
      expect(await fail(user, 'totp', 40)).toBe('invalid');
      expect(reasonOf(await (await lab.signIn(user)).prove('totp', code))).toBe('done');
    }
  });

  it('[THR-1] is what the host set it to', async () => {
    lab = startEngine({ hardCap: 5 }, seededRandom('a cap of five'));
    const { user } = await withApp();
    await fail(user, 'totp', 4);
    expect(reasonOf(await (await lab.signIn(user)).challenge('totp'))).toBe('done');
    await fail(user, 'totp', 1);
    expect(reasonOf(await (await lab.signIn(user)).challenge('totp'))).toBe('no-authenticator');
  });
});
