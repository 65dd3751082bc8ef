import { randomBytes } from 'node:crypto';

import { emptyEnrollment, factsOf, secretBinding, withVouched } from '../../lib/core/enrollment.ts';
import type { Authenticator, Enrollment, User } from '../../lib/core/vocabulary.ts';
import { createKeyring } from '../../lib/crypto/keyring.ts';
import { authenticator, enrollment, sealed } from './builders.ts';
import { MINUTE, START, startEngine } from './engine.ts';

const { factors, keyring } = startEngine().engine;
const NOBODY = emptyEnrollment('u1');
const ADA: User = { id: 'u1', email: 'ada@example.com', emailVerified: true };
const MOVED: User = { ...ADA, email: 'lovelace@example.com' };
const UNVERIFIED: User = { ...ADA, emailVerified: false };

describe('withVouched', () => {
  it('counts an address that the host verified, without being enrolled', () => {
    const { authenticators, ...rest } = vouchedFor(ADA);
    expect(rest).toEqual({ userId: 'u1', version: 0, mfa: false, endedBefore: 0 });
    expect(authenticators).toEqual([
      {
        id: expect.stringMatching(/^[\w-]{22}$/),
        type: 'email',
        name: 'a••••@example.com',
        secret: expect.stringMatching(/^v1\./),
        origin: 'vouched',
        state: 'active',
        createdAt: START,
      },
    ]);
    expect(addressOf(authenticators[0])).toBe('ada@example.com');
  });

  it('counts a mailbox and a number, each for itself', () => {
    const both = { ...ADA, phone: '+14155552671', phoneVerified: true };
    expect(typesOf(vouchedFor(both))).toEqual(['email active', 'phone active']);
  });

  it.each<readonly [string, User]>([
    ['is not verified', UNVERIFIED],
    ['is not said to be verified', { id: 'u1', email: 'ada@example.com' }],
    ['is missing', { id: 'u1', emailVerified: true }],
    ['is empty', { id: 'u1', email: '', emailVerified: true }],
  ])('[DEL-10] counts no address that %s', (_what, user) => {
    expect(vouchedFor(user)).toBe(NOBODY);
  });

  it('answers the same object when nothing changed', () => {
    const before = vouchedFor(ADA);
    expect(vouchedFor(ADA, before, START + MINUTE)).toBe(before);
    const lapsed = vouchedFor(UNVERIFIED, before);
    expect(vouchedFor(UNVERIFIED, lapsed, START + MINUTE)).toBe(lapsed);
  });

  it('gives an address the same id each time before it is first saved, another to another user or address', () => {
    const idOf = (user: User, at = START, of = emptyEnrollment(user.id)) =>
      vouchedFor(user, of, at).authenticators[0]?.id;
    expect(idOf(ADA, START + MINUTE)).toBe(idOf(ADA));
    expect(idOf({ ...ADA, id: 'u2' })).not.toBe(idOf(ADA));
    expect(idOf(MOVED)).not.toBe(idOf(ADA));
    const number = { id: 'u1', phone: '+14155552671', phoneVerified: true };
    expect(idOf(number)).not.toBe(idOf(ADA));
  });

  it('lets an address lapse that the host no longer vouches for: held, and of no use', () => {
    const lapsed = vouchedFor(UNVERIFIED, vouchedFor(ADA));
    expect(typesOf(lapsed)).toEqual(['email lapsed']);
    expect(factsOf(lapsed, factors).held).toHaveLength(1);
  });

  it('lets it be of use again, under its id, when the host vouches for it again', () => {
    const before = vouchedFor(ADA);
    const again = vouchedFor(ADA, vouchedFor(UNVERIFIED, before));
    expect(again).toEqual(before);
  });

  it('puts a new address in the place of the old one, under another id', () => {
    const before = vouchedFor(ADA);
    const moved = vouchedFor(MOVED, before, START + MINUTE);
    expect(typesOf(moved)).toEqual(['email active']);
    expect(addressOf(moved.authenticators[0])).toBe('lovelace@example.com');
    expect(moved.authenticators[0]?.id).not.toBe(before.authenticators[0]?.id);
    expect(moved.authenticators[0]?.createdAt).toBe(START + MINUTE);
  });

  it.each<readonly [string, User]>([
    ['still vouches', ADA],
    ['stops vouching', UNVERIFIED],
    ['has another address', MOVED],
    ['has none', { id: 'u1' }],
  ])('[THR-1] leaves what is disabled disabled when the host %s', (_what, user) => {
    const disabled = inState('disabled', vouchedFor(ADA));
    const after = vouchedFor(user, disabled);
    expect(after.authenticators).toContain(disabled.authenticators[0]);
    const back = vouchedFor(ADA, after);
    const own = back.authenticators.filter((a) => addressOf(a) === 'ada@example.com');
    expect(own.map(({ state }) => state)).toEqual(['disabled']);
  });

  it.each([
    ['the host still vouches for it', ADA, 'suspended'],
    ['the host vouches for it no more', UNVERIFIED, 'disabled'],
  ] as const)(
    '[THR-7] leaves what strangers had suspended closed to them where %s',
    (_what, user, state) => {
      const suspended = inState('suspended', vouchedFor(ADA));
      const after = vouchedFor(user, suspended);
      expect(typesOf(after)).toEqual([`email ${state}`]);
      expect(typesOf(vouchedFor(ADA, after))).toEqual([`email ${state}`]);
    },
  );

  it('lets an address lapse that no key opens any more', () => {
    const [own] = vouchedFor(ADA).authenticators;
    const unreadable = enrollment([{ ...(own as Authenticator), secret: 'sealed' }]);
    expect(typesOf(vouchedFor(UNVERIFIED, unreadable))).toEqual(['email lapsed']);
    expect(typesOf(vouchedFor({ id: 'u1' }, unreadable))).toEqual(['email lapsed']);
  });

  it('lets a new address take the place of no number, and of none that was enrolled', () => {
    const number = { phone: '+14155552671', phoneVerified: true };
    const before = vouchedFor({ id: 'u1', ...number });
    const moved = vouchedFor(ADA, vouchedFor({ id: 'u1' }, before));
    expect(typesOf(moved)).toEqual(['phone lapsed', 'email active']);
    const own = enrollment([authenticator('email', { id: 'own', state: 'lapsed' })]);
    expect(typesOf(vouchedFor(ADA, own))).toEqual(['email lapsed', 'email active']);
  });

  it('takes no authenticator of another factor for the address, whatever it holds', () => {
    const own = enrollment([sealed(keyring, 'phone', { address: 'ada@example.com' })]);
    expect(typesOf(vouchedFor(ADA, own))).toEqual(['phone active', 'email active']);
  });

  it('does not count twice what was enrolled besides', () => {
    for (const state of ['active', 'disabled'] as const) {
      const own = enrollment([sealed(keyring, 'email', { address: 'ada@example.com' }, { state })]);
      expect(vouchedFor(ADA, own)).toBe(own);
      expect(vouchedFor(UNVERIFIED, own)).toBe(own);
    }
  });

  it('[STO-3] takes nothing for its own that was sealed for another user, authenticator or key ring', () => {
    const theirs = vouchedFor({ ...ADA, id: 'u2' }, emptyEnrollment('u2'));
    const stolen = { ...theirs, userId: 'u1' };
    const after = vouchedFor(ADA, stolen);
    expect(after.authenticators).toHaveLength(1);
    expect(addressOf(after.authenticators[0])).toBe('ada@example.com');
    expect(after.authenticators[0]?.secret).not.toBe(theirs.authenticators[0]?.secret);

    const strange = createKeyring([randomBytes(32)]);
    const rotated = withVouched(vouchedFor(ADA), ADA, { factors, keyring: strange, now: START });
    expect(typesOf(rotated)).toEqual(['email active']);
  });

  it('leaves the switch, the version and every other authenticator as they are', () => {
    const own = enrollment([authenticator('totp'), authenticator('recoveryCode')], {
      mfa: true,
      version: 7,
    });
    const after = vouchedFor(ADA, own);
    expect(after).toMatchObject({ mfa: true, version: 7, endedBefore: 0, userId: 'u1' });
    expect(after.authenticators.slice(0, 2)).toEqual(own.authenticators);
    expect(vouchedFor(UNVERIFIED, after).authenticators.slice(0, 2)).toEqual(own.authenticators);
  });
});

describe('factsOf', () => {
  it('holds what a guard needs and nothing else', () => {
    const own = enrollment([authenticator('totp'), authenticator('recoveryCode')], {
      mfa: true,
      endedBefore: 5,
    });
    expect(factsOf(own, factors)).toEqual({
      version: 3,
      mfa: true,
      endedBefore: 5,
      held: [
        { id: 'totp-1', type: 'totp', counts: true },
        { id: 'recoveryCode-1', type: 'recoveryCode', counts: false },
      ],
    });
  });

  it.each(['active', 'disabled', 'lapsed'] as const)(
    'holds an authenticator that is %s: losing one is no way to disarm',
    (state) => {
      const own = enrollment([authenticator('totp', { state })]);
      expect(factsOf(own, factors).held).toEqual([{ id: 'totp-1', type: 'totp', counts: true }]);
    },
  );

  it('counts an authenticator whose factor is no longer configured', () => {
    const own = enrollment([authenticator('fingerprint')]);
    expect(factsOf(own, factors).held).toMatchObject([{ counts: true }]);
  });
});

describe('secretBinding', () => {
  it('[STO-3] stays as it is, so that what is sealed today opens tomorrow', () => {
    const bound = ['authenticator', 'u1', 'totp', 'a'];
    expect(secretBinding('u1', { id: 'a', type: 'totp' })).toEqual(bound);
  });

  it('differs for each user, type and authenticator', () => {
    const bindings = [
      secretBinding('u1', { id: 'a', type: 'totp' }),
      secretBinding('u2', { id: 'a', type: 'totp' }),
      secretBinding('u1', { id: 'b', type: 'totp' }),
      secretBinding('u1', { id: 'a', type: 'email' }),
    ];
    expect(new Set(bindings.map((binding) => JSON.stringify(binding))).size).toBe(4);
  });
});

describe('emptyEnrollment', () => {
  it('is version 0, with MFA off and nothing bound', () => {
    expect(emptyEnrollment('u1')).toEqual({
      userId: 'u1',
      version: 0,
      mfa: false,
      authenticators: [],
      endedBefore: 0,
    });
  });
});

function vouchedFor(user: User, before: Enrollment = emptyOf(user), now = START): Enrollment {
  return withVouched(before, user, { factors, keyring, now });
}

function emptyOf({ id }: User): Enrollment {
  return id === 'u1' ? NOBODY : emptyEnrollment(id);
}

function inState(state: Authenticator['state'], before: Enrollment): Enrollment {
  return { ...before, authenticators: before.authenticators.map((a) => ({ ...a, state })) };
}

function typesOf({ authenticators }: Enrollment): readonly string[] {
  return authenticators.map(({ type, state }) => `${type} ${state}`);
}

function addressOf(of: Authenticator | undefined): unknown {
  const plain = of && keyring.open(of.secret, secretBinding('u1', of));
  return (plain as { address?: string } | undefined)?.address;
}
