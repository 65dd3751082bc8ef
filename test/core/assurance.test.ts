import { assuranceOf } from '../../lib/core/assurance.ts';
import type { Assurance } from '../../lib/core/assurance.ts';
import type { Completed, Facts } from '../../lib/core/vocabulary.ts';
import { facts, held, PASSWORD, proved, record } from './builders.ts';
import { MINUTE, START, startEngine } from './engine.ts';

const { factors } = startEngine().engine;
const ALL = facts({ held: ['totp', 'email', 'phone', 'recoveryCode'].map((type) => held(type)) });

describe('assuranceOf', () => {
  it.each<readonly [string, readonly Completed[], readonly string[], 1 | 2]>([
    ['a password', [PASSWORD], ['pwd'], 1],
    ['an app', [PASSWORD, proved('totp', 'challenge')], ['pwd', 'otp', 'mfa'], 2],
    ['an app just enrolled', [PASSWORD, proved('totp', 'enrollment')], ['pwd', 'otp', 'mfa'], 2],
    ['an SMS', [PASSWORD, proved('phone', 'challenge')], ['pwd', 'sms', 'mfa'], 2],
    ['[SES-5] a mail', [PASSWORD, proved('email', 'challenge')], ['pwd', 'email', 'mfa'], 1],
    [
      'a recovery code',
      [PASSWORD, proved('recoveryCode', 'challenge')],
      ['pwd', 'recovery', 'mfa'],
      1,
    ],
    [
      'a mail and an app',
      [PASSWORD, proved('email', 'challenge'), proved('totp', 'challenge')],
      ['pwd', 'email', 'otp', 'mfa'],
      2,
    ],
    ['what was switched on', [PASSWORD, proved('totp', 'switch')], ['pwd'], 1],
    ['no first factor that we know', [proved('saml', 'first-factor')], [], 1],
    ['a first factor named like a method', [proved('constructor', 'first-factor')], [], 1],
    ['a mailbox that signed in', [proved('email', 'first-factor')], ['email'], 1],
    [
      '[VER-12] a mailbox that signed in and was enrolled',
      [proved('email', 'first-factor'), proved('email', 'enrollment')],
      ['email'],
      1,
    ],
    [
      '[VER-12] a number that signed in and was enrolled',
      [proved('phone', 'first-factor'), proved('phone', 'enrollment')],
      ['sms'],
      1,
    ],
    [
      '[VER-12] [SES-5] a mailbox that signed in and an app',
      [proved('email', 'first-factor'), proved('totp', 'challenge')],
      ['email', 'otp', 'mfa'],
      1,
    ],
    [
      '[VER-12] a number that signed in and an app: both are held',
      [proved('phone', 'first-factor'), proved('totp', 'challenge')],
      ['sms', 'otp', 'mfa'],
      1,
    ],
    [
      '[SES-5] a first factor that we do not know, and an app',
      [proved('saml', 'first-factor'), proved('totp', 'challenge')],
      ['otp', 'mfa'],
      1,
    ],
    [
      '[VER-12] a password and a mail',
      [PASSWORD, proved('email', 'enrollment')],
      ['pwd', 'email', 'mfa'],
      1,
    ],
    ['nothing', [], [], 1],
  ])('[STP-2] of %s', (_what, completed, amr, aal) => {
    expect(of(completed)).toMatchObject({ amr, aal });
  });

  it('makes no level 2 of a factor that is no longer configured', () => {
    const completed = [PASSWORD, proved('badge', 'challenge')];
    expect(of(completed, facts({ held: [held('badge')] }))).toMatchObject({
      amr: ['pwd', 'mfa'],
      aal: 1,
    });
  });

  it('counts a factor no more whose authenticator is gone', () => {
    const completed = [PASSWORD, proved('totp', 'challenge'), proved('email', 'challenge')];
    expect(of(completed, facts({ held: [held('email')] }))).toMatchObject({
      factors: ['password', 'email'],
      amr: ['pwd', 'email', 'mfa'],
      aal: 1,
    });
  });

  it('names each factor once, in the order in which they came, those switched on included', () => {
    const completed = [
      PASSWORD,
      proved('totp', 'switch'),
      proved('email', 'enrollment'),
      proved('totp', 'challenge'),
    ];
    expect(of(completed).factors).toEqual(['password', 'totp', 'email']);
  });

  it('says when a challenge was last passed, and 0 for never', () => {
    const at = START + MINUTE;
    const completed = [PASSWORD, proved('totp', 'challenge'), proved('email', 'challenge', { at })];
    expect(of(completed).challengedAt).toBe(at);
    expect(of([PASSWORD, proved('totp', 'enrollment')]).challengedAt).toBe(0);
  });
});

function of(completed: readonly Completed[], known: Facts = ALL): Assurance {
  return assuranceOf(record(completed), known, factors);
}
