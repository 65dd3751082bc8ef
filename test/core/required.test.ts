import fc from 'fast-check';

import { assuranceOf } from '../../lib/core/assurance.ts';
import type { Requirement } from '../../lib/core/policy.ts';
import { decide } from '../../lib/core/policy.ts';
import { required } from '../../lib/core/required.ts';
import type { Completed, Facts } from '../../lib/core/vocabulary.ts';
import { someCompleted, someRequirement, TYPES } from './arbitraries.ts';
import { facts, held, LIFETIMES, PASSWORD, proved, record } from './builders.ts';
import { HOUR, MINUTE, START, startEngine } from './engine.ts';

const { factors } = startEngine().engine;
const ask = (completed: readonly Completed[], known: Facts, requirement: Requirement) =>
  required(record(completed), known, requirement, factors, LIFETIMES, START);

const MAIL = proved('email', 'challenge');
const APP = proved('totp', 'challenge');
const OLD_APP = proved('totp', 'challenge', { at: START - HOUR });
const all = ['email', 'recoveryCode', 'totp', 'phone'].map((type) => held(type));
const FULL = facts({ held: all });
const FULL_OFF = facts({ held: all, mfa: false });
const MAIL_ONLY = facts({ held: [held('email'), held('recoveryCode')] });

/** What a refusal says of the factors that would help; a password is no choice among those that are held. */
function helping(helpful: readonly string[], { held: all }: Facts): object {
  if (helpful.length === 0) return {};
  const only = all.some(({ type }) => !helpful.includes(type)) && helpful[0] !== 'password';
  return { factors: helpful, ...(only ? { only } : {}) };
}

describe('required', () => {
  it.each<readonly [string, readonly Completed[], Facts, string, readonly string[]]>([
    ['an app', [PASSWORD, APP], FULL, 'passes', []],
    ['an app, MFA off', [PASSWORD, APP], FULL_OFF, 'passes', []],
    ['an app just enrolled', [PASSWORD, proved('totp', 'enrollment')], FULL, 'passes', []],
    ['a number', [PASSWORD, proved('phone', 'challenge')], FULL, 'passes', []],
    ['a mail and an app', [PASSWORD, MAIL, APP], FULL, 'passes', []],
    ['a mail', [PASSWORD, MAIL], FULL, 'more-factors', ['totp', 'phone']],
    [
      'a recovery code [REC-9]',
      [PASSWORD, proved('recoveryCode', 'challenge')],
      FULL,
      'more-factors',
      ['totp', 'phone'],
    ],
    [
      'what was switched on',
      [PASSWORD, proved('totp', 'switch')],
      FULL,
      'more-factors',
      ['totp', 'phone'],
    ],
    ['a password, MFA off', [PASSWORD], FULL_OFF, 'more-factors', ['totp', 'phone']],
    ['a password that lacks all', [PASSWORD], FULL, 'more-factors', ['totp', 'phone']],
    [
      'a password that lacks a mail',
      [PASSWORD],
      MAIL_ONLY,
      'more-factors',
      ['email', 'recoveryCode'],
    ],
    ['a mail, and nothing better held', [PASSWORD, MAIL], MAIL_ONLY, 'enrollment', []],
    ['a password, and nothing held', [PASSWORD], facts({ held: [] }), 'enrollment', []],
    ['an app that is gone', [PASSWORD, APP, MAIL], MAIL_ONLY, 'enrollment', []],
    [
      'a link by mail and an app',
      [proved('email', 'first-factor'), APP],
      FULL,
      'more-factors',
      ['password'],
    ],
    [
      'a factor that is no longer configured',
      [PASSWORD],
      facts({ held: [held('badge')] }),
      'more-factors',
      ['badge'],
    ],
    ['nobody', [], FULL, 'first-factor', []],
  ])('[DEL-12] [SES-5] at level 2, %s: %#', (_what, completed, known, reason, helpful) => {
    expect(ask(completed, known, { aal: 2 })).toEqual(
      reason === 'passes' ? undefined : { status: 'refused', reason, ...helping(helpful, known) },
    );
  });

  it('[DEL-12] takes no fresh mail for a fresh proof at level 2, and names what is one', () => {
    const completed = [PASSWORD, OLD_APP, MAIL];
    expect(ask(completed, FULL, { maxAgeMs: MINUTE })).toBeUndefined();
    expect(ask(completed, FULL, { maxAgeMs: MINUTE, aal: 2 })).toEqual({
      status: 'refused',
      reason: 'challenge',
      factors: ['totp', 'phone'],
      only: true,
    });
    expect(ask([PASSWORD, APP, MAIL], FULL, { maxAgeMs: MINUTE, aal: 2 })).toBeUndefined();
  });

  it.each([
    ['an app beside it', [held('email'), held('totp')], ['totp']],
    ['recovery codes beside it', [held('email'), held('recoveryCode')], ['recoveryCode']],
    ['nothing beside it', [held('email')], ['password']],
  ])(
    '[VER-12] names no factor that opened the session, for it helps no further: %s',
    (_what, all, factors) => {
      const [byMail, known] = [[proved('email', 'first-factor')], facts({ held: all })];
      const refusal = { status: 'refused', reason: 'more-factors', factors };
      expect(ask(byMail, known, {})).toEqual(refusal);
      expect(ask(byMail, known, { aal: 2 })).toEqual(refusal);
    },
  );

  it('asks a user who must be enrolled for what counts at the level', () => {
    expect(ask([PASSWORD, APP], FULL, { aal: 2, enrolled: true })).toBeUndefined();
    expect(ask([PASSWORD, APP], FULL_OFF, { aal: 2, enrolled: true })).toMatchObject({
      reason: 'enrollment',
    });
  });

  it('[SES-5] lets through at level 2 exactly who would get through and has it', () => {
    const seen = { passed: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.array(someCompleted, { maxLength: 4 }),
        fc.record({ mfa: fc.boolean(), held: fc.subarray(TYPES.slice(1).map((t) => held(t))) }),
        someRequirement,
        (more, known, stricter) => {
          const completed = [PASSWORD, ...more];
          const session = record(completed);
          const passes = ask(completed, facts(known), { aal: 2 }) === undefined;
          seen[passes ? 'passed' : 'refused'] += 1;
          const allowed = (requirement: Requirement) =>
            decide(session, facts(known), requirement, LIFETIMES, START).status === 'allow';
          expect(passes).toBe(allowed({}) && assuranceOf(session, facts(known), factors).aal === 2);
          if (ask(completed, facts(known), { ...stricter, aal: 2 }) === undefined)
            expect([passes, allowed(stricter)]).toEqual([true, true]);
        },
      ),
      { numRuns: 2_000 },
    );
    expect(Math.min(seen.passed, seen.refused)).toBeGreaterThan(20);
  });
});
