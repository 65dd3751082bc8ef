import fc from 'fast-check';

import { decide, isArmed, mayAct } from '../../lib/core/policy.ts';
import type { Action, Decision, Lifetimes, Requirement } from '../../lib/core/policy.ts';
import type { Completed, Enrollment, Facts, SessionRecord } from '../../lib/core/vocabulary.ts';
import { someCompleted, someRequirement, someTime, TYPES } from './arbitraries.ts';
import {
  authenticator,
  enrollment,
  facts,
  held,
  LIFETIMES,
  PASSWORD,
  proved,
  record,
} from './builders.ts';
import { DAY, HOUR, MINUTE, START } from './engine.ts';

const OFF = facts({ mfa: false });
const NOTHING = facts({ held: [] });
const APP = proved('totp', 'challenge');

describe('decide', () => {
  it.each<readonly [string, readonly Completed[] | undefined, Facts, string]>([
    ['nobody', undefined, facts(), 'first-factor'],
    ['nobody, where nothing is asked for', undefined, NOTHING, 'first-factor'],
    ['a password, MFA off', [PASSWORD], OFF, 'allow'],
    ['a password, MFA on, nothing held', [PASSWORD], NOTHING, 'allow'],
    [
      'a password, MFA on, only recovery codes held',
      [PASSWORD],
      facts({ held: [held('recoveryCode')] }),
      'allow',
    ],
    ['a password alone', [PASSWORD], facts(), 'more-factors'],
    ['nothing that counts', [], facts(), 'first-factor'],
    ['a password and a challenge', [PASSWORD, APP], facts(), 'allow'],
    ['a password and an enrollment', [PASSWORD, proved('totp', 'enrollment')], facts(), 'allow'],
    [
      'a password where MFA was switched on',
      [PASSWORD, proved('totp', 'switch')],
      facts(),
      'allow',
    ],
    [
      'a password and a recovery code',
      [PASSWORD, proved('recoveryCode', 'challenge')],
      facts({ held: [held('totp'), held('recoveryCode')] }),
      'allow',
    ],
    [
      'a factor whose authenticator is gone',
      [PASSWORD, APP],
      facts({ held: [held('totp', { id: 'totp-2' })] }),
      'more-factors',
    ],
    [
      'a factor of another user’s authenticator',
      [PASSWORD, proved('totp', 'challenge', { authenticator: 'theirs' })],
      facts(),
      'more-factors',
    ],
    ['two first factors', [PASSWORD, proved('saml', 'first-factor')], facts(), 'more-factors'],
    [
      '[VER-12] a mailbox that signed in and confirmed',
      [proved('email', 'first-factor'), proved('email', 'challenge')],
      facts({ held: [held('email')] }),
      'more-factors',
    ],
    [
      '[VER-12] a mailbox that signed in and was enrolled',
      [proved('email', 'first-factor'), proved('email', 'enrollment')],
      facts({ held: [held('email')] }),
      'more-factors',
    ],
    [
      'a mailbox that signed in, and an app',
      [proved('email', 'first-factor'), APP],
      facts({ held: [held('email'), held('totp')] }),
      'allow',
    ],
  ])('[VER-11] %s: the answer follows from the factors', (_what, completed, known, need) => {
    expect(wordOf(decide(completed && record(completed), known, {}, LIFETIMES, START))).toBe(need);
  });

  it.each<readonly [string, Requirement, readonly Completed[], Facts, string]>([
    ['enrolled', { enrolled: true }, [PASSWORD, APP], facts(), 'allow'],
    ['enrolled', { enrolled: true }, [PASSWORD], OFF, 'enrollment'],
    ['enrolled', { enrolled: true }, [PASSWORD, APP], OFF, 'enrollment'],
    ['enrolled', { enrolled: true }, [PASSWORD], NOTHING, 'enrollment'],
    ['enrolled', { enrolled: false }, [PASSWORD], NOTHING, 'allow'],
    ['a fresh challenge', { maxAgeMs: MINUTE }, [PASSWORD, APP], facts(), 'allow'],
    ['a fresh challenge', { maxAgeMs: MINUTE }, [PASSWORD, APP], OFF, 'allow'],
    ['a fresh challenge', { maxAgeMs: MINUTE }, [PASSWORD], OFF, 'challenge'],
    ['a fresh challenge', { maxAgeMs: MINUTE }, [PASSWORD], NOTHING, 'enrollment'],
    [
      'a fresh challenge',
      { maxAgeMs: MINUTE },
      [PASSWORD, proved('totp', 'switch')],
      facts(),
      'challenge',
    ],
    [
      'a fresh challenge',
      { maxAgeMs: MINUTE },
      [PASSWORD, proved('totp', 'enrollment')],
      facts(),
      'challenge',
    ],
    [
      'a fresh challenge',
      { maxAgeMs: MINUTE },
      [proved('email', 'first-factor'), proved('email', 'challenge')],
      facts({ mfa: false, held: [held('email')] }),
      'challenge',
    ],
    [
      'a fresh challenge',
      { maxAgeMs: MINUTE },
      [PASSWORD, APP, proved('email', 'switch')],
      facts({ held: [held('email')] }),
      'challenge',
    ],
    ['no challenge older than now', { maxAgeMs: 0 }, [PASSWORD, APP], facts(), 'challenge'],
  ])('[STP-1] where a route asks for %s (%j): %#', (_what, requirement, completed, known, need) => {
    expect(wordOf(decide(record(completed), known, requirement, LIFETIMES, START))).toBe(need);
  });

  describe('keeps its limits to the millisecond', () => {
    const day = { ...LIFETIMES, idleMs: 2 * DAY };

    it.each<readonly [string, Lifetimes, (now: number) => Decision, number, string]>([
      [
        '[SES-4] without a request',
        LIFETIMES,
        atWith(record([PASSWORD, APP]), facts()),
        HOUR,
        'first-factor',
      ],
      [
        '[SES-4] in all',
        day,
        atWith(record([PASSWORD, APP]), facts(), {}, day),
        DAY,
        'first-factor',
      ],
      [
        '[SES-4] without a request, MFA off',
        LIFETIMES,
        atWith(record(), OFF),
        HOUR,
        'first-factor',
      ],
      [
        '[SES-7] from the first factor to the last',
        LIFETIMES,
        atWith(record(), facts()),
        10 * MINUTE,
        'first-factor',
      ],
      [
        '[SES-7] from the beginning of the session to the last factor, of a login that is older',
        LIFETIMES,
        atWith(record([proved('password', 'first-factor', { at: START - DAY })]), facts()),
        10 * MINUTE,
        'first-factor',
      ],
      [
        '[STP-1] since a challenge',
        LIFETIMES,
        atWith(record([PASSWORD, APP]), facts(), { maxAgeMs: 300_000 }),
        300_000,
        'challenge',
      ],
    ])('%s', (_what, _lifetimes, decided, limit, after) => {
      const before = wordOf(decided(START));
      expect(before).not.toBe(after);
      expect([limit - 1, limit, limit + 1].map((ms) => wordOf(decided(START + ms)))).toEqual([
        before,
        after,
        after,
      ]);
    });

    it('[SES-8] a session that began before the others were ended', () => {
      const ended = [-1, 0, 1].map((ms) =>
        wordOf(
          decide(record([PASSWORD, APP]), facts({ endedBefore: START + ms }), {}, LIFETIMES, START),
        ),
      );
      expect(ended).toEqual(['allow', 'allow', 'first-factor']);
    });

    it('[SES-7] the time for a missing factor runs from the first one, whatever was proved since', () => {
      const since = proved('totp', 'challenge', { authenticator: 'gone', at: START + 9 * MINUTE });
      const pending = record([PASSWORD, since]);
      const at = (now: number) => wordOf(decide(pending, facts(), {}, LIFETIMES, now));
      expect([at(START + 10 * MINUTE - 1), at(START + 10 * MINUTE)]).toEqual([
        'more-factors',
        'first-factor',
      ]);
    });

    it('[SES-7] a session that lacks nothing has no such limit', () => {
      const later = START + 59 * MINUTE;
      expect(wordOf(decide(record([PASSWORD, APP]), facts(), {}, LIFETIMES, later))).toBe('allow');
    });

    it.each([NaN, Infinity])('[AVL-7] nothing is within them by a clock that says %s', (now) => {
      const all = record([PASSWORD, APP]);
      for (const known of [facts(), OFF, NOTHING])
        expect(wordOf(decide(all, known, {}, LIFETIMES, now))).toBe('first-factor');
      for (const action of ['add', 'change'] as const) {
        const may = mayAct(action, all, enrollment(), NOTHING, LIFETIMES, now);
        expect(wordOf(may)).toBe('challenge');
      }
    });

    it('use renews the idle limit and no other', () => {
      const used = record([PASSWORD, APP], { seenAt: START + DAY - 1 });
      expect(wordOf(decide(used, facts(), {}, LIFETIMES, START + DAY - 1))).toBe('allow');
      expect(wordOf(decide(used, facts(), {}, LIFETIMES, START + DAY))).toBe('first-factor');
    });
  });

  describe('[VER-11] as a property', () => {
    it('refuses whenever any one or more of what it needs is taken away', () => {
      const now = START + MINUTE;
      const requirement = { maxAgeMs: 5 * MINUTE, enrolled: true };
      const whole = { record: record([PASSWORD, APP]), facts: facts() };
      type Whole = { readonly record?: SessionRecord; readonly facts: Facts };
      const taken: Readonly<Record<string, (w: Whole) => Whole>> = {
        session: ({ facts: known }) => ({ facts: known }),
        'its age': without((r) => ({ ...r, createdAt: now - DAY })),
        'its use': without((r) => ({ ...r, seenAt: now - HOUR })),
        'its epoch': (w) => ({ ...w, facts: { ...w.facts, endedBefore: now } }),
        'the second factor': without((r) => ({
          ...r,
          completed: r.completed.filter((c) => c.factor !== 'totp'),
        })),
        'its freshness': without((r) => ({
          ...r,
          completed: r.completed.map((c) => ({ ...c, at: now - HOUR })),
        })),
        'its proof': without((r) => ({
          ...r,
          completed: r.completed.map((c): Completed =>
            c.by === 'challenge' ? { ...c, by: 'switch' } : c,
          ),
        })),
        'its kind': without((r) => ({
          ...r,
          completed: [...r.completed, proved('totp', 'first-factor')],
        })),
        'its authenticator': (w) => ({ ...w, facts: { ...w.facts, held: [held('email')] } }),
        'all authenticators': (w) => ({ ...w, facts: { ...w.facts, held: [] } }),
        'the switch': (w) => ({ ...w, facts: { ...w.facts, mfa: false } }),
      };
      const decideOn = (w: Whole) => decide(w.record, w.facts, requirement, LIFETIMES, now).status;
      expect(decideOn(whole)).toBe('allow');
      const some = fc.subarray(Object.keys(taken), { minLength: 1 });
      fc.assert(
        fc.property(some, (names) => {
          const rest = names.reduce<Whole>((w, name) => taken[name]?.(w) ?? w, whole);
          expect(decideOn(rest)).toBe('refuse');
        }),
        { numRuns: 500 },
      );
      for (const name of Object.keys(taken))
        expect([name, decideOn(taken[name]?.(whole) ?? whole)]).toEqual([name, 'refuse']);
    });

    it('allows only where a session is live and every factor that is asked for is there', () => {
      let allowed = 0;
      fc.assert(
        fc.property(
          someRecord,
          someFacts,
          someRequirement,
          someMoment,
          (r, known, requirement, now) => {
            if (decide(r, known, requirement, LIFETIMES, now).status !== 'allow') return;
            allowed += 1;
            expect(r.createdAt).toBeGreaterThanOrEqual(known.endedBefore);
            expect(now - r.createdAt).toBeLessThan(LIFETIMES.overallMs);
            expect(now - r.seenAt).toBeLessThan(LIFETIMES.idleMs);
            const first = r.completed.filter((c) => c.by === 'first-factor').map((c) => c.factor);
            const second = r.completed.filter(
              (c) =>
                c.by !== 'first-factor' &&
                !first.includes(c.factor) &&
                known.held.some(({ id }) => id === c.authenticator),
            );
            const armed = known.mfa && known.held.some(({ counts }) => counts);
            expect(armed && second.length === 0).toBe(false);
            expect(requirement.enrolled === true && !armed).toBe(false);
            const { maxAgeMs } = requirement;
            const fresh = (c: Completed) => c.by === 'challenge' && now - c.at < (maxAgeMs ?? 0);
            expect(maxAgeMs !== undefined && !second.some(fresh)).toBe(false);
          },
        ),
        { numRuns: 3_000 },
      );
      expect(allowed).toBeGreaterThan(100);
    });

    it('answers the same in whatever order the factors came, and changes nothing that it is given', () => {
      fc.assert(
        fc.property(someRecord, someFacts, someMoment, (r, known, now) => {
          const before = JSON.stringify([r, known]);
          const reversed = { ...r, completed: r.completed.toReversed() };
          const answer = decide(r, known, {}, LIFETIMES, now);
          expect(decide(reversed, known, {}, LIFETIMES, now)).toEqual(answer);
          expect(JSON.stringify([r, known])).toBe(before);
        }),
      );
    });

    it('never lets through with a stricter requirement who is refused with a lesser one', () => {
      fc.assert(
        fc.property(someRecord, someFacts, someRequirement, someMoment, (r, known, more, now) => {
          const lesser = decide(r, known, {}, LIFETIMES, now).status;
          const stricter = decide(r, known, more, LIFETIMES, now).status;
          expect([lesser, stricter]).not.toEqual(['refuse', 'allow']);
        }),
      );
    });
  });
});

describe('isArmed', () => {
  it.each([
    [true, [held('totp')], true],
    [true, [held('recoveryCode'), held('email')], true],
    [true, [held('recoveryCode')], false],
    [true, [], false],
    [false, [held('totp')], false],
  ])('MFA %j with %j: %j', (mfa, list, expected) => {
    expect(isArmed(facts({ mfa, held: list }))).toBe(expected);
  });
});

describe('mayAct', () => {
  const bound = enrollment([authenticator('totp')]);
  const vouched = enrollment([authenticator('email', { origin: 'vouched' })]);
  const codes = enrollment([authenticator('recoveryCode')]);
  const known = {
    nothing: facts({ mfa: false, held: [] }),
    off: facts({ mfa: false }),
    on: facts(),
    vouchedOff: facts({ mfa: false, held: [held('email')] }),
    vouchedOn: facts({ held: [held('email')] }),
    codes: facts({ mfa: false, held: [held('recoveryCode')] }),
  };
  const LONG_AGO = { at: START - HOUR };
  const MAIL = proved('email', 'first-factor');
  const old = proved('password', 'first-factor', LONG_AGO);

  it.each<readonly [Action, string, readonly Completed[], Enrollment, Facts, string]>([
    ['read', 'a password', [PASSWORD], bound, known.on, 'allow'],
    ['add', 'a fresh password, nothing bound', [PASSWORD], enrollment(), known.nothing, 'allow'],
    ['change', 'a fresh password, nothing bound', [PASSWORD], enrollment(), known.nothing, 'allow'],
    ['add', 'an old password, nothing bound', [old], enrollment(), known.nothing, 'challenge'],
    [
      'add',
      'an old password and a fresh proof of what is gone, nothing bound',
      [old, proved('totp', 'challenge')],
      enrollment(),
      known.nothing,
      'challenge',
    ],
    ['add', 'a password, only vouched, MFA off', [PASSWORD], vouched, known.vouchedOff, 'allow'],
    ['add', 'a password, only vouched, MFA on', [PASSWORD], vouched, known.vouchedOn, 'challenge'],
    ['add', 'a password, app bound, MFA off', [PASSWORD], bound, known.off, 'challenge'],
    ['change', 'a password, app bound, MFA off', [PASSWORD], bound, known.off, 'challenge'],
    [
      'add',
      'the only mailbox that is bound',
      [MAIL],
      enrollment([authenticator('email')]),
      known.vouchedOff,
      'allow',
    ],
    [
      'change',
      'the only mailbox that is bound',
      [MAIL],
      enrollment([authenticator('email')]),
      known.vouchedOff,
      'allow',
    ],
    ['add', 'a mailbox, app bound', [MAIL], bound, known.off, 'challenge'],
    ['add', 'a password and a challenge', [PASSWORD, APP], bound, known.on, 'allow'],
    ['change', 'a password and a challenge', [PASSWORD, APP], bound, known.on, 'allow'],
    ['add', 'an old password and a challenge', [old, APP], bound, known.on, 'allow'],
    ['add', 'an enrollment', [PASSWORD, proved('totp', 'enrollment')], bound, known.on, 'allow'],
    [
      'change',
      'an enrollment',
      [PASSWORD, proved('totp', 'enrollment')],
      bound,
      known.on,
      'challenge',
    ],
    ['add', 'the switch', [PASSWORD, proved('totp', 'switch')], bound, known.on, 'challenge'],
    ['change', 'the switch', [PASSWORD, proved('totp', 'switch')], bound, known.on, 'challenge'],
    [
      'add',
      'an old challenge',
      [PASSWORD, proved('totp', 'challenge', LONG_AGO)],
      bound,
      known.on,
      'challenge',
    ],
    [
      'change',
      'an old challenge',
      [PASSWORD, proved('totp', 'challenge', LONG_AGO)],
      bound,
      known.on,
      'challenge',
    ],
    [
      'change',
      'a removed app',
      [PASSWORD, APP, proved('email', 'switch')],
      vouched,
      known.vouchedOn,
      'challenge',
    ],
    ['add', 'a password, recovery codes', [PASSWORD], codes, known.codes, 'allow'],
    ['change', 'a password, recovery codes', [PASSWORD], codes, known.codes, 'challenge'],
  ])('[ENR-2] to %s, with %s: %#', (action, _what, completed, bindings, given, need) => {
    expect(wordOf(mayAct(action, record(completed), bindings, given, LIFETIMES, START))).toBe(need);
  });

  it.each<readonly [Action, Completed, Enrollment, Facts]>([
    ['add', PASSWORD, enrollment(), known.nothing],
    ['change', PASSWORD, enrollment(), known.nothing],
    ['add', APP, bound, known.on],
    ['change', APP, bound, known.on],
    ['add', proved('totp', 'enrollment'), bound, known.on],
  ])(
    '[ENR-2] to %s: what was proved is fresh to the millisecond: %#',
    (action, completed, bindings, given) => {
      const words = [-1, 0, 1].map((ms) =>
        wordOf(
          mayAct(action, record([completed]), bindings, given, LIFETIMES, START + 10 * MINUTE + ms),
        ),
      );
      expect(words).toEqual(['allow', 'challenge', 'challenge']);
    },
  );

  it('[ENR-2] never lets change who may not add, once a factor is bound', () => {
    fc.assert(
      fc.property(someRecord, someFacts, someMoment, (r, given, now) => {
        const bindings = enrollment([authenticator('totp')]);
        const may = (action: Action) => mayAct(action, r, bindings, given, LIFETIMES, now).status;
        expect([may('add'), may('change')]).not.toEqual(['refuse', 'allow']);
      }),
    );
  });

  it('[ENR-2] once a factor is bound, no first factor and no switch opens anything', () => {
    const unproved = someCompleted.filter(
      (c) => (c.by === 'first-factor' && c.factor !== 'totp') || c.by === 'switch',
    );
    fc.assert(
      fc.property(
        fc.array(unproved),
        someFacts,
        fc.constantFrom('add', 'change'),
        (completed, given, action) => {
          const bindings = enrollment([authenticator('totp')]);
          const decision = mayAct(
            action,
            record(completed),
            bindings,
            { ...given, held: [...given.held, held('totp')] },
            LIFETIMES,
            START,
          );
          expect(wordOf(decision)).toBe('challenge');
        },
      ),
    );
  });
});

const someRecord: fc.Arbitrary<SessionRecord> = fc
  .record({
    completed: fc.array(someCompleted, { maxLength: 5 }),
    createdAt: someTime,
    seenAt: someTime,
  })
  .map(({ completed, ...times }) => record(completed, times));
const someFacts: fc.Arbitrary<Facts> = fc.record({
  version: fc.nat(),
  mfa: fc.boolean(),
  held: fc.subarray(TYPES.slice(1).map((type) => held(type))),
  endedBefore: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, someTime),
});
const someMoment = fc.integer({ min: START - MINUTE, max: START + HOUR });

function wordOf(decision: Decision): string {
  return decision.status === 'allow' ? 'allow' : decision.need;
}

function atWith(
  r: SessionRecord,
  known: Facts,
  requirement: Requirement = {},
  lifetimes = LIFETIMES,
) {
  return (now: number): Decision => decide(r, known, requirement, lifetimes, now);
}

/** Changes the record, where there is one. */
function without(change: (r: SessionRecord) => SessionRecord) {
  return <W extends { readonly record?: SessionRecord }>(whole: W): W =>
    whole.record ? { ...whole, record: change(whole.record) } : whole;
}
