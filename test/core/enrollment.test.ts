import { randomBytes } from 'node:crypto';

import { emptyEnrollment, factsOf, secretBinding, withVouched } from '../../lib/core/enrollment.ts';
import type { Factor } from '../../lib/core/factor.ts';
import type { Authenticator, Enrollment, User } from '../../lib/core/vocabulary.ts';
import { createKeyring } from '../../lib/crypto/keyring.ts';
import { authenticator, enrollment, sealed } from './builders.ts';
import { MINUTE, START, startEngine } from './engine.ts';

const { factors, keyring, senders } = startEngine().engine;
const NOBODY = emptyEnrollment('u1');
const ADA: User = { id: 'u1', email: 'ada@example.com', emailVerified: true };
const MOVED: User = { ...ADA, email: 'lovelace@example.com' };
const UNVERIFIED: User = { ...ADA, emailVerified: false };

describe('withVouched', () => {
  it('counts an address that the host verified, without being enrolled', async () => {
    const { authenticators, ...rest } = await vouchedFor(ADA);
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

  it('counts a mailbox and a number, each for itself', async () => {
    const both = { ...ADA, phone: '+14155552671', phoneVerified: true };
    expect(typesOf(await vouchedFor(both))).toEqual(['email active', 'phone active']);
  });

  it.each<readonly [string, User]>([
    ['is not verified', UNVERIFIED],
    ['is not said to be verified', { id: 'u1', email: 'ada@example.com' }],
    ['is missing', { id: 'u1', emailVerified: true }],
    ['is empty', { id: 'u1', email: '', emailVerified: true }],
  ])('[DEL-10] counts no address that %s', async (_what, user) => {
    expect(await vouchedFor(user)).toBe(NOBODY);
  });

  it('answers the same object when nothing changed', async () => {
    const before = await vouchedFor(ADA);
    expect(await vouchedFor(ADA, before, START + MINUTE)).toBe(before);
    const lapsed = await vouchedFor(UNVERIFIED, before);
    expect(await vouchedFor(UNVERIFIED, lapsed, START + MINUTE)).toBe(lapsed);
  });

  it('gives an address the same id each time before it is first saved, another to another user or address', async () => {
    const idOf = async (user: User, at = START, of = emptyEnrollment(user.id)) =>
      (await vouchedFor(user, of, at)).authenticators[0]?.id;
    expect(await idOf(ADA, START + MINUTE)).toBe(await idOf(ADA));
    expect(await idOf({ ...ADA, id: 'u2' })).not.toBe(await idOf(ADA));
    expect(await idOf(MOVED)).not.toBe(await idOf(ADA));
    const number = { id: 'u1', phone: '+14155552671', phoneVerified: true };
    expect(await idOf(number)).not.toBe(await idOf(ADA));
  });

  it('lets an address lapse that the host no longer vouches for: held, and of no use', async () => {
    const lapsed = await vouchedFor(UNVERIFIED, await vouchedFor(ADA));
    expect(typesOf(lapsed)).toEqual(['email lapsed']);
    expect(factsOf(lapsed, factors).held).toHaveLength(1);
  });

  it('lets it be of use again, under its id, when the host vouches for it again', async () => {
    const before = await vouchedFor(ADA);
    const again = await vouchedFor(ADA, await vouchedFor(UNVERIFIED, before));
    expect(again).toEqual(before);
  });

  it('puts a new address in the place of the old one, under another id', async () => {
    const before = await vouchedFor(ADA);
    const moved = await vouchedFor(MOVED, before, START + MINUTE);
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
  ])('[THR-1] leaves what is disabled disabled when the host %s', async (_what, user) => {
    const disabled = inState('disabled', await vouchedFor(ADA));
    const after = await vouchedFor(user, disabled);
    expect(after.authenticators).toContain(disabled.authenticators[0]);
    const back = await vouchedFor(ADA, after);
    const own = back.authenticators.filter((a) => addressOf(a) === 'ada@example.com');
    expect(own.map(({ state }) => state)).toEqual(['disabled']);
  });

  it.each([
    ['the host still vouches for it', ADA, 'suspended'],
    ['the host vouches for it no more', UNVERIFIED, 'disabled'],
  ] as const)(
    '[THR-7] leaves what strangers had suspended closed to them where %s',
    async (_what, user, state) => {
      const suspended = inState('suspended', await vouchedFor(ADA));
      const after = await vouchedFor(user, suspended);
      expect(typesOf(after)).toEqual([`email ${state}`]);
      expect(typesOf(await vouchedFor(ADA, after))).toEqual([`email ${state}`]);
    },
  );

  it('lets an address lapse that no key opens any more', async () => {
    const [own] = (await vouchedFor(ADA)).authenticators;
    const unreadable = enrollment([{ ...(own as Authenticator), secret: 'sealed' }]);
    expect(typesOf(await vouchedFor(UNVERIFIED, unreadable))).toEqual(['email lapsed']);
    expect(typesOf(await vouchedFor({ id: 'u1' }, unreadable))).toEqual(['email lapsed']);
  });

  it('lets a new address take the place of no number, and of none that was enrolled', async () => {
    const number = { phone: '+14155552671', phoneVerified: true };
    const before = await vouchedFor({ id: 'u1', ...number });
    const moved = await vouchedFor(ADA, await vouchedFor({ id: 'u1' }, before));
    expect(typesOf(moved)).toEqual(['phone lapsed', 'email active']);
    const own = enrollment([authenticator('email', { id: 'own', state: 'lapsed' })]);
    expect(typesOf(await vouchedFor(ADA, own))).toEqual(['email lapsed', 'email active']);
  });

  it('takes no authenticator of another factor for the address, whatever it holds', async () => {
    const own = enrollment([sealed(keyring, 'phone', { address: 'ada@example.com' })]);
    expect(typesOf(await vouchedFor(ADA, own))).toEqual(['phone active', 'email active']);
  });

  it('does not count twice what was enrolled besides', async () => {
    for (const state of ['active', 'disabled'] as const) {
      const own = enrollment([sealed(keyring, 'email', { address: 'ada@example.com' }, { state })]);
      expect(await vouchedFor(ADA, own)).toBe(own);
      expect(await vouchedFor(UNVERIFIED, own)).toBe(own);
    }
  });

  it('[STO-3] takes nothing for its own that was sealed for another user, authenticator or key ring', async () => {
    const theirs = await vouchedFor({ ...ADA, id: 'u2' }, emptyEnrollment('u2'));
    const stolen = { ...theirs, userId: 'u1' };
    const after = await vouchedFor(ADA, stolen);
    expect(after.authenticators).toHaveLength(1);
    expect(addressOf(after.authenticators[0])).toBe('ada@example.com');
    expect(after.authenticators[0]?.secret).not.toBe(theirs.authenticators[0]?.secret);

    const strange = createKeyring([randomBytes(32)]);
    const rotated = await withVouched(await vouchedFor(ADA), ADA, {
      factors,
      keyring: strange,
      senders,
      now: START,
    });
    expect(typesOf(rotated)).toEqual(['email active']);
  });

  it('leaves the switch, the version and every other authenticator as they are', async () => {
    const own = enrollment([authenticator('totp'), authenticator('recoveryCode')], {
      mfa: true,
      version: 7,
    });
    const after = await vouchedFor(ADA, own);
    expect(after).toMatchObject({ mfa: true, version: 7, endedBefore: 0, userId: 'u1' });
    expect(after.authenticators.slice(0, 2)).toEqual(own.authenticators);
    expect((await vouchedFor(UNVERIFIED, after)).authenticators.slice(0, 2)).toEqual(
      own.authenticators,
    );
  });

  it.each<readonly [string, User]>([
    ['a landline', { id: 'u1', phone: '+498912345678' }],
    ['a satellite phone', { id: 'u1', phone: '+870773111632' }],
  ])('[THR-7] counts nothing that no code reaches: %s', async (_what, user) => {
    const vouched = { ...user, phoneVerified: true };
    expect(await vouchedFor(vouched)).toBe(NOBODY);
    const reached = await vouchedFor({ ...vouched, phone: '+14155552671' });
    expect(typesOf(await vouchedFor(vouched, reached))).toEqual(['phone lapsed']);
  });

  it('[THR-7] counts nothing new where nothing is sent, and leaves what is there', async () => {
    const unserved = { factors, keyring, senders: {}, now: START };
    expect(await withVouched(NOBODY, ADA, unserved)).toBe(NOBODY);
    const before = await vouchedFor(ADA);
    expect(await withVouched(before, UNVERIFIED, unserved)).toBe(before);
  });

  it('counts what a host vouches for that is not sent', async () => {
    const badge = { ...factors.get('totp'), type: 'badge', vouched: () => ({ seen: true }) };
    const world = { factors: new Map([['badge', badge as Factor]]), keyring, senders, now: START };
    expect(typesOf(await withVouched(NOBODY, ADA, world))).toEqual(['badge active']);
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

function vouchedFor(
  user: User,
  before: Enrollment = emptyOf(user),
  now = START,
): Promise<Enrollment> {
  return withVouched(before, user, { factors, keyring, senders, now });
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
