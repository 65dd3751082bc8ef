import { conflictOf, draftBinding, withAdded } from '../../../lib/core/commands/enroll.ts';
import { secretBinding } from '../../../lib/core/enrollment.ts';
import type { Factor } from '../../../lib/core/factor.ts';
import type { Presence } from '../../../lib/core/presence.ts';
import type { Authenticator } from '../../../lib/core/vocabulary.ts';
import { enrollment, facts, PASSWORD, record, sealed } from '../builders.ts';
import { startEngine } from '../engine.ts';

const ADA = { id: 'u1', name: 'Ada' };

describe('one more authenticator', () => {
  const { engine } = startEngine();
  const factorOf = (type: string): Factor => {
    const factor = engine.factors.get(type);
    if (!factor) throw new Error(`There is no factor ${type}.`);
    return factor;
  };

  const held = sealed.bind(undefined, engine.keyring);
  const app = (n: number, more: Partial<Authenticator> = {}) =>
    held('totp', { seed: `seed ${n}`, lastStep: 0 }, { id: `app-${n}`, name: `app ${n}`, ...more });
  const mailbox = (n: number, more: Partial<Authenticator> = {}) =>
    held('email', { address: `${n}@example.com` }, { id: `mail-${n}`, ...more });
  const codes = (left: readonly string[]) => held('recoveryCode', { left });

  /** What is said to one more of a type, beside what is held. */
  function said(
    type: string,
    name: string,
    secret: unknown,
    authenticators: readonly Authenticator[],
  ) {
    const presence: Presence = {
      status: 'present',
      pointer: { tag: 't', id: 'r1', secret: 's1' },
      record: record([PASSWORD]),
      facts: facts(),
      user: ADA,
      own: ADA,
      device: 'unknown',
      enrollment: enrollment(authenticators),
      challenges: [],
      failures: {},
      rests: {},
    };
    return conflictOf(engine, presence, factorOf(type), name, secret)?.reason;
  }
  const another = { seed: 'another', lastStep: 0 };

  it('is taken in the place of an app of that name that no key opens any more [GEN-7]', () => {
    expect(said('totp', 'app 1', another, [app(1)])).toBe('authenticator-exists');
    expect(said('totp', 'app 1', another, [{ ...app(1), secret: 'foreign' }])).toBeUndefined();
  });

  it('is taken beside ten that no key opens, and not beside ten of which each is in use [ENR-7]', () => {
    const ten = Array.from({ length: 10 }, (_, n) => app(n));
    const closed = ten.map((one) => ({ ...one, secret: 'foreign' }));
    expect(said('totp', 'eleventh', another, ten)).toBe('too-many');
    expect(said('totp', 'eleventh', another, closed)).toBeUndefined();
    expect(said('totp', 'eleventh', another, [...closed, app(11)])).toBeUndefined();
  });

  it('is a new set of recovery codes where the old one is used up, and not before [REC-1]', () => {
    const made = { left: ['new'] };
    expect(said('recoveryCode', 'codes', made, [codes(['one'])])).toBe('authenticator-exists');
    expect(said('recoveryCode', 'codes', made, [codes([])])).toBeUndefined();
  });

  it('may bear the name of another mailbox, and may not have its address [ENR-7]', () => {
    const other = { address: 'other@example.com' };
    expect(said('email', 'email', other, [mailbox(1)])).toBeUndefined();
    expect(said('email', 'new', { address: '1@example.com' }, [mailbox(1)])).toBe(
      'authenticator-exists',
    );
  });

  it('is counted with what was enrolled, not with what the host vouches for [ENR-7]', () => {
    const ten = Array.from({ length: 10 }, (_, n) => mailbox(n));
    const vouched = ten.map((one) => ({ ...one, origin: 'vouched' as const }));
    const other = { address: 'other@example.com' };
    expect(said('email', 'eleventh', other, ten)).toBe('too-many');
    expect(said('email', 'eleventh', other, vouched)).toBeUndefined();
  });

  it('takes the place of the one of its type, or stands beside those in use', () => {
    const gone = app(3, { state: 'disabled' });
    const before = [app(1), mailbox(1), gone, codes(['old'])];
    const [first, mail, , set] = before;
    const [added, made] = [app(2), held('recoveryCode', { left: ['new'] }, { id: 'new' })];
    expect(withAdded(before, added, factorOf('totp'))).toEqual([first, mail, set, added]);
    expect(withAdded(before, made, factorOf('recoveryCode'))).toEqual([first, mail, gone, made]);
  });

  it('stands beside what strangers had suspended, which its owner can prove yet [THR-7] [ENR-8]', () => {
    const suspended = app(3, { state: 'suspended' });
    const added = app(2);
    expect(withAdded([suspended], added, factorOf('totp'))).toEqual([suspended, added]);
  });

  it('is a draft that opens for its own user and challenge, and as nothing else [ENR-3]', () => {
    const draft = engine.keyring.seal(another, draftBinding('u1', 'c1'));
    const opened = [
      draftBinding('u1', 'c1'),
      draftBinding('u1', 'c2'),
      draftBinding('u2', 'c1'),
      ['', 'u1', 'c1'],
      secretBinding('u1', { id: 'c1', type: 'draft' }),
      secretBinding('u1', { id: 'c1', type: 'totp' }),
    ].map((binding) => engine.keyring.open(draft, binding) !== undefined);
    expect(opened).toEqual([true, false, false, false, false, false]);
  });
});
