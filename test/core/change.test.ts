import {
  listAuthenticators,
  removeAuthenticator,
  renameAuthenticator,
} from '../../lib/core/commands/authenticators.ts';
import { replaceCodes } from '../../lib/core/commands/recovery-codes.ts';
import { changeOf } from '../../lib/core/change.ts';
import type { Outcome } from '../../lib/core/outcome.ts';
import type { EnrollmentStore, Store } from '../../lib/core/ports.ts';
import type { Presence } from '../../lib/core/presence.ts';
import type { Completed, Enrollment } from '../../lib/core/vocabulary.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { splitStore } from '../../lib/stores/split.ts';
import { codeAt, STEP_MS } from '../factors/hotp.ts';
import { hostTable } from '../stores/host-table.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { authenticator, enrollment, PASSWORD, proved, record } from './builders.ts';
import { MINUTE, reasonOf, START, startEngine, valueOf } from './engine.ts';
import type { Lab, Visit } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

/** A session of a user with an app and codes, in which a challenge was just passed. */
async function proven(lab: Lab) {
  const user = lab.user();
  const visit = await lab.signIn(user);
  const seed = await visit.enrollTotp();
  const { reveal } = valueOf(await visit.enroll('recoveryCode'));
  const [saved = ''] = reveal.recoveryCodes as readonly string[];
  valueOf(await visit.switchMfa(true));
  const code = () => codeAt(seed, lab.clock.now);
  valueOf(await visit.prove('totp', code));
  lab.clock.now += STEP_MS;
  const [app] = await visit.must(listAuthenticators);
  return { user, visit, code, saved, app: app?.id ?? '' };
}

type Given = Awaited<ReturnType<typeof proven>>;

const CHANGES: readonly (readonly [string, (given: Given) => Promise<Outcome<unknown>>])[] = [
  ['passing a challenge', ({ visit, code }) => visit.prove('totp', code)],
  ['using up a recovery code', ({ visit, saved }) => visit.prove('recoveryCode', saved)],
  [
    'confirming an enrollment',
    async ({ visit }) => {
      const { reveal } = valueOf(await visit.enroll('totp', {}, 'second'));
      return visit.confirm('totp', codeAt(String(reveal.secret), visit.now));
    },
  ],
  [
    'renaming',
    ({ visit, app }) =>
      visit.run((engine, caller) => renameAuthenticator(engine, caller, { id: app, name: 'new' })),
  ],
  [
    'removing',
    ({ visit, app }) => visit.run((engine, caller) => removeAuthenticator(engine, caller, app)),
  ],
  [
    'replacing the codes',
    ({ visit }) => visit.run((engine, caller) => replaceCodes(engine, caller, 'recoveryCode')),
  ],
  [
    'making codes',
    async ({ visit }) => {
      await visit.must((engine, caller) => removeAuthenticator(engine, caller, 'recoveryCode'));
      return visit.enroll('recoveryCode');
    },
  ],
  ['switching MFA off', ({ visit }) => visit.switchMfa(false)],
  [
    'switching MFA on',
    async ({ visit }) => {
      valueOf(await visit.switchMfa(false));
      return visit.switchMfa(true);
    },
  ],
];

describe('a change of what a user has bound', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine({}, seededRandom('changes'));
  });

  it.each(CHANGES)(
    '[SES-1] by %s moves the session: the pointer before points at nothing',
    async (_what, change) => {
      const given = await proven(lab);
      const { visit } = given;
      const [tag, id, secret] = visit.pointer.split('.');
      const stale = visit.twin();
      expect(await stale.guard()).toBe('allowed');
      expect(reasonOf(await change(given))).toBe('done');
      const moved = visit.pointer.split('.');
      expect(moved.slice(0, 2)).toEqual([tag, id]);
      expect(moved[2]).not.toBe(secret);
      expect(await stale.guard()).toBe('first-factor');
      expect(reasonOf(await stale.run(listAuthenticators))).toBe('first-factor');
      expect(await visit.guard()).toBe('allowed');
    },
  );

  it.each(CHANGES)('by %s is one version more', async (_what, change) => {
    const given = await proven(lab);
    const before = await lab.engine.store.enrollment(given.user.id);
    valueOf(await change(given));
    const after = await lab.engine.store.enrollment(given.user.id);
    expect(after.version).toBeGreaterThan(before.version);
  });

  it('[SES-1] that is refused moves nothing', async () => {
    const { visit } = await proven(lab);
    const before = visit.pointer;
    expect(reasonOf(await visit.prove('totp', '000000'))).toBe('invalid');
    expect(
      reasonOf(await visit.run((engine, caller) => removeAuthenticator(engine, caller, 'nothing'))),
    ).toBe('no-authenticator');
    expect(reasonOf(await visit.enroll('totp'))).toBe('authenticator-exists');
    expect(visit.pointer).toBe(before);
    expect(await visit.guard()).toBe('allowed');
  });

  it('[A27] counts for one of 20 requests that carry the same pointer', async () => {
    const { visit } = await proven(lab);
    const twins = Array.from({ length: 20 }, () => visit.twin());
    const outcomes = await Promise.all(twins.map((twin) => twin.switchMfa(false)));
    expect(outcomes.map(reasonOf).toSorted()).toEqual([
      'done',
      ...Array.from({ length: 19 }, () => 'first-factor'),
    ]);
    const alive = await Promise.all(twins.map((twin) => twin.guard()));
    expect(alive.filter((word) => word === 'allowed')).toHaveLength(1);
  });

  it('loses none of 10 changes that 10 sessions make at once', async () => {
    const { user, code, app } = await proven(lab);
    const visits = await Promise.all(Array.from({ length: 10 }, () => lab.signIn(user)));
    for (const visit of visits) {
      valueOf(await visit.prove('totp', code));
      lab.clock.now += STEP_MS;
    }
    const before = (await lab.engine.store.enrollment(user.id)).version;
    const rename = (visit: Visit, n: number) =>
      visit.run((engine, caller) =>
        renameAuthenticator(engine, caller, { id: app, name: `name ${n}` }),
      );
    const outcomes = await Promise.all(visits.map(rename));
    expect(outcomes.map(reasonOf)).toEqual(Array.from({ length: 10 }, () => 'done'));
    expect((await lab.engine.store.enrollment(user.id)).version).toBe(before + 10);
  });

  it('gives up as contended, and changes nothing, when others are faster 16 times', async () => {
    const store = memoryStore();
    const slow: Store = {
      ...store,
      save: async (change) => {
        if (!slower.on) return store.save(change);
        slower.times += 1;
        return 'stale';
      },
    };
    const slower = { on: false, times: 0 };
    lab = startEngine({ store: slow }, seededRandom('contended'));
    const { visit, user } = await proven(lab);
    const before = await store.enrollment(user.id);
    slower.on = true;
    await expect(visit.switchMfa(false)).rejects.toMatchObject({ code: 'contended' });
    expect(slower.times).toBe(16);
    expect(await store.enrollment(user.id)).toEqual(before);
    expect(await visit.guard()).toBe('allowed');
  });
});

describe('a change whose session ends while it is saved', () => {
  /** A user on a split store, and a change; with `ending`, all sessions end during so many saves. */
  async function during(change: (given: Given) => Promise<Outcome<unknown>>, ending?: number) {
    const [table, volatile] = [hostTable(), memoryStore()];
    const saves = { count: 0, isCounted: false };
    const save: EnrollmentStore['save'] = async (next) => {
      if (saves.isCounted) saves.count += 1;
      if (saves.isCounted && saves.count === ending)
        await volatile.end(userTag(next.userId), 'all');
      return table.save(next);
    };
    const lab = startEngine(
      { store: splitStore({ load: table.load, save }, volatile) },
      seededRandom('ended'),
    );
    const given = await proven(lab);
    await everythingSent();
    lab.events.length = 0;
    lab.outbox.length = 0;
    saves.isCounted = true;
    const word = reasonOf(await change(given));
    await everythingSent();
    return {
      word,
      saves: saves.count,
      heard: lab.events.map(({ type, factor, reason }) => [type, factor, reason]),
      told: lab.outbox.map(({ text }) => text),
      enrollment: await table.load(given.user.id),
      sessions: await volatile.sessions(given.user.id),
    };
  }

  /** What is random and what is sealed is another each time. */
  const shape = ({ version, mfa, authenticators }: Enrollment) => ({
    version,
    mfa,
    authenticators: authenticators.map(({ type, name, usedAt }) => [type, name, usedAt]),
  });

  it.each(CHANGES)(
    'is told and reported as any other, by %s, and the caller is refused [ENR-6] [ENR-8] [LOG-2]',
    async (_what, change) => {
      const usual = await during(change);
      const ended = await during(change, usual.saves);
      expect([usual.word, ended.word]).toEqual(['done', 'first-factor']);
      expect(ended.sessions).toEqual([]);
      expect(shape(ended.enrollment)).toEqual(shape(usual.enrollment));
      expect(usual.heard).not.toEqual([]);
      expect(ended.heard).toEqual(usual.heard);
      expect(ended.told).toEqual(usual.told);
    },
  );

  it('by removing, by a used code, or by adding: its owner hears of it [ENR-6] [REC-3]', async () => {
    const told = async (what: string): Promise<readonly string[]> => {
      const [, change] = CHANGES.find(([name]) => name === what) ?? [];
      if (!change) throw new Error(`no change: ${what}`);
      return (await during(change, 1)).told;
    };
    expect(await told('removing')).toEqual([expect.stringContaining('was removed')]);
    expect(await told('using up a recovery code')).toEqual([
      expect.stringContaining('9 recovery codes are left.'),
    ]);
    expect(await told('confirming an enrollment')).toEqual([expect.stringContaining('was added')]);
  });
});

describe('the session that changes something', () => {
  const lab = startEngine();
  const LATER = START + MINUTE;

  /** The session as it goes on, which completed this before and that now. */
  function movedBy(before: readonly Completed[], now?: readonly Completed[], more = {}) {
    lab.clock.now = LATER;
    const own = enrollment([authenticator('totp')], { mfa: true, endedBefore: 5 });
    const session = record(before);
    const presence = { enrollment: own, record: session } as Presence;
    const wish = { enrollment: { mfa: true, authenticators: own.authenticators, ...more } };
    const change = changeOf(lab.engine, presence, now ? { ...wish, completed: now } : wish);
    return { session, moved: change.session.record, change };
  }

  it('was seen then, and is otherwise what it was, under a new secret of 256 bits', () => {
    const { session, moved, change } = movedBy([PASSWORD]);
    const { secret } = moved;
    expect(moved).toStrictEqual({ ...session, secret, seenAt: LATER });
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(change.session.secret).toBe(session.secret);
  });

  it('[SES-8] is renewed when it ends the others, so that it goes on', () => {
    const { moved, change } = movedBy([PASSWORD], [], { endedBefore: LATER + 1 });
    expect(moved.renewedAt).toBe(LATER + 1);
    expect(change.facts).toMatchObject({ version: 4, endedBefore: LATER + 1 });
  });

  it('[REC-9] forgets the browsers that were known when it ends the other sessions, and else none', () => {
    expect(movedBy([PASSWORD], [], { endedBefore: LATER + 1 }).change.next.knownSince).toBe(
      LATER + 1,
    );
    expect(movedBy([PASSWORD]).change.next).not.toHaveProperty('knownSince');
  });

  it('keeps the latest proof by each authenticator and way, however often it proves one', () => {
    const app = proved('totp', 'challenge');
    const again = proved('totp', 'challenge', { at: LATER });
    const others = [
      proved('totp', 'enrollment'),
      proved('totp', 'challenge', { authenticator: 'totp-2' }),
      proved('email', 'challenge', { authenticator: 'totp-1' }),
    ];
    expect(movedBy([PASSWORD, app], [again]).moved.completed).toEqual([PASSWORD, again]);
    expect(movedBy([PASSWORD, app, ...others], [again]).moved.completed).toEqual([
      PASSWORD,
      again,
      ...others,
    ]);
  });
});
