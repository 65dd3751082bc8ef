import {
  listAuthenticators,
  removeAuthenticator,
  renameAuthenticator,
} from '../../../lib/core/commands/authenticators.ts';
import { remainingCodes, replaceCodes } from '../../../lib/core/commands/recovery-codes.ts';
import type { Store } from '../../../lib/core/ports.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import { codeAt, STEP_MS } from '../../factors/hotp.ts';
import { MINUTE, reasonOf, sentCode, startEngine, valueOf } from '../engine.ts';
import type { Lab, Visit } from '../engine.ts';
import { seededRandom } from '../seeded-random.ts';

describe('authenticators', () => {
  let store: Store;
  let lab: Lab;
  let visit: Visit;
  let code: () => string;
  beforeEach(async () => {
    store = memoryStore();
    lab = startEngine({ store }, seededRandom('authenticators'));
    visit = await lab.signIn(lab.user());
    const seed = await visit.enrollTotp();
    code = () => codeAt(seed, lab.clock.now);
    valueOf(await visit.enroll('recoveryCode'));
    valueOf(await visit.prove('totp', code));
    lab.clock.now += STEP_MS;
  });

  const list = (of = visit) => of.must(listAuthenticators);
  const remove = (which: string, of = visit) =>
    of.run((engine, caller) => removeAuthenticator(engine, caller, which));
  const rename = (id: string, name: string, of = visit) =>
    of.run((engine, caller) => renameAuthenticator(engine, caller, { id, name }));

  it('[DEL-9] [ENR-5] are shown with what their owner may see and nothing else', async () => {
    await visit.enrollSent('email');
    const views = await list();
    expect(views.map((view) => Object.keys(view).toSorted())).toEqual([
      ['createdAt', 'id', 'name', 'origin', 'state', 'type', 'usedAt'],
      ['createdAt', 'id', 'name', 'origin', 'remaining', 'state', 'type'],
      ['createdAt', 'hint', 'id', 'name', 'origin', 'state', 'type', 'usedAt'],
    ]);
    expect(JSON.stringify(views)).not.toContain('user-1@example.com');
    expect(views[1]?.remaining).toBe(10);
  });

  it('[CRY-5] are shown as unreadable, and asked for no more, when their key is gone', async () => {
    const before = await list();
    const rotated = startEngine({ store });
    rotated.clock.now = lab.clock.now;
    const next = await rotated.signIn(rotated.user());
    const views = await list(next);
    expect(views.map(({ id, state }) => [id, state])).toEqual(
      before.map(({ id }) => [id, 'unreadable']),
    );
    expect(rotated.events.map(({ type }) => type)).toContain('authenticator_unreadable');
    expect(reasonOf(await next.challenge('totp'))).toBe('no-authenticator');
  });

  it('are renamed by their owner', async () => {
    const [app] = await list();
    valueOf(await rename(app?.id ?? '', 'my phone'));
    expect((await list())[0]?.name).toBe('my phone');
    expect(reasonOf(await visit.prove('totp', code))).toBe('done');
  });

  it('[ENR-10] [A67] are neither renamed nor removed by anybody else', async () => {
    const [app] = await list();
    const eve = await lab.signIn(lab.user());
    const eveSeed = await eve.enrollTotp();
    valueOf(await eve.prove('totp', () => codeAt(eveSeed, lab.clock.now)));
    const unknown = { status: 'refused', reason: 'no-authenticator' };
    expect(await rename(app?.id ?? '', 'mine', eve)).toEqual(unknown);
    expect(await remove(app?.id ?? '', eve)).toEqual(unknown);
    expect(await remove('nothing', eve)).toEqual(unknown);
    expect(await list()).toHaveLength(2);
  });

  it('[ENR-9] count no more, at once and in every session, when they are removed', async () => {
    valueOf(await visit.switchMfa(true));
    const other = await lab.signIn(lab.user({ id: 'user-1' }));
    valueOf(await other.prove('totp', code));
    await visit.enrollTotp('second');
    expect(await other.guard()).toBe('allowed');
    const [app] = await list();
    valueOf(await remove(app?.id ?? ''));
    expect(await other.guard()).toBe('more-factors');
    expect(await visit.guard()).toBe('allowed');
    expect((await list()).map(({ name }) => name)).toEqual(['recoveryCode', 'second']);
  });

  it('[ENR-9] are removed by whoever proved a factor just now, the last one too: what asks for one is closed then', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user());
    const seed = await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    const remove = () => visit.run((engine, caller) => removeAuthenticator(engine, caller, 'totp'));
    lab.clock.now += 11 * MINUTE;
    expect(reasonOf(await remove())).toBe('challenge');
    valueOf(await visit.prove('totp', () => codeAt(seed, lab.clock.now)));
    expect(await visit.guard({ enrolled: true })).toBe('allowed');
    valueOf(await remove());
    expect(await visit.guard({ enrolled: true })).toBe('enrollment');
  });

  it('[THR-7] stay while MFA asks for another that cannot be proved: nobody got in again', async () => {
    const lab = startEngine();
    const remove = (visit: Visit) =>
      visit.run((engine, caller) => removeAuthenticator(engine, caller, 'totp'));
    const byMail = lab.user({ emailVerified: true });
    const visit = await lab.signIn(byMail, 'email');
    const seed = await visit.enrollTotp();
    valueOf(await visit.switchMfa(true));
    valueOf(await visit.prove('totp', () => codeAt(seed, lab.clock.now)));
    expect(await remove(visit)).toMatchObject({ reason: 'enrollment' });
    valueOf(await visit.switchMfa(false));
    expect(reasonOf(await remove(visit))).toBe('done');

    const number = { phone: '+14155552671', phoneVerified: true };
    const moved = lab.user(number);
    const owner = await lab.signIn(moved);
    valueOf(await owner.switchMfa(true));
    valueOf(await owner.prove('phone', () => sentCode(lab)));
    const other = await owner.enrollTotp();
    lab.users.set(moved.id, { ...moved, phoneVerified: false });
    valueOf(await owner.prove('totp', () => codeAt(other, lab.clock.now)));
    expect(await remove(owner)).toMatchObject({ reason: 'enrollment' });
    lab.users.set(moved.id, { ...moved, ...number });
    expect(reasonOf(await remove(owner))).toBe('done');
    expect(await owner.guard()).toBe('allowed');
  });

  it('[ENR-9] leave what the host vouches for behind at once, where they were the same', async () => {
    const lab = startEngine();
    const user = lab.user();
    const owner = await lab.signIn(user);
    await owner.enrollSent('email');
    valueOf(await owner.switchMfa(true));
    lab.users.set(user.id, { ...user, emailVerified: true });
    const pending = await lab.signIn(user);
    lab.clock.now += MINUTE;
    valueOf(await owner.prove('email', () => sentCode(lab)));
    valueOf(await owner.run((engine, caller) => removeAuthenticator(engine, caller, 'email')));
    expect(await pending.guard()).toBe('more-factors');
  });

  it('are removed by their type, all of it', async () => {
    const { reveal } = valueOf(await visit.enroll('totp', {}, 'second'));
    valueOf(await visit.confirm('totp', codeAt(String(reveal.secret), lab.clock.now)));
    valueOf(await remove('totp'));
    expect((await list()).map(({ type }) => type)).toEqual(['recoveryCode']);
    expect(lab.events.filter(({ type }) => type === 'authenticator_removed')).toHaveLength(2);
  });

  it('are the host’s to take away when it vouches for them', async () => {
    lab.user({ id: 'user-1', emailVerified: true });
    expect(reasonOf(await remove('email'))).toBe('vouched');
    expect(reasonOf(await remove('phone'))).toBe('no-authenticator');
  });

  describe('[REC-1] recovery codes', () => {
    const replace = () =>
      visit.run((engine, caller) => replaceCodes(engine, caller, 'recoveryCode'));
    const remaining = () =>
      visit.run((engine, caller) => remainingCodes(engine, caller, 'recoveryCode'));

    it('are void at once when a new set is made', async () => {
      const first = valueOf(await replace()).recoveryCodes as readonly string[];
      const second = valueOf(await replace()).recoveryCodes as readonly string[];
      expect(second).toHaveLength(10);
      expect(reasonOf(await visit.prove('recoveryCode', first[0] ?? ''))).toBe('invalid');
      expect(reasonOf(await visit.prove('recoveryCode', second[0] ?? ''))).toBe('done');
    });

    it('[REC-3] are counted, and never shown again', async () => {
      const codes = valueOf(await replace()).recoveryCodes as readonly string[];
      valueOf(await visit.prove('recoveryCode', codes[3] ?? ''));
      expect(valueOf(await remaining())).toBe(9);
      expect(JSON.stringify(await list())).not.toContain(codes[0]);
    });

    it('[REC-2] are neither counted nor replaced for a session that proved nothing just now', async () => {
      lab.clock.now += 10 * 60_000;
      expect(reasonOf(await remaining())).toBe('challenge');
      expect(reasonOf(await replace())).toBe('challenge');
    });

    it('exist only once they were made', async () => {
      valueOf(await remove('recoveryCode'));
      expect(reasonOf(await remaining())).toBe('no-authenticator');
      expect(reasonOf(await replace())).toBe('no-authenticator');
      const other = (type: string) =>
        visit.run((engine, caller) => replaceCodes(engine, caller, type));
      expect(reasonOf(await other('totp'))).toBe('unsupported');
      expect(reasonOf(await other('nothing'))).toBe('no-authenticator');
    });
  });
});
