import { confirmedTypes } from '../../lib/core/confirmed.ts';
import type { Authenticator, User } from '../../lib/core/vocabulary.ts';
import { authenticator, enrollment, sealed } from './builders.ts';
import { startEngine } from './engine.ts';

const { engine } = startEngine();
const { keyring } = engine;
const ADDRESS = 'ada@example.com';
const NUMBER = '+14155552671';
const ADA: User = { id: 'u1', email: ADDRESS, phone: NUMBER };

const typesOf = (user: User, ...authenticators: readonly Authenticator[]) => [
  ...confirmedTypes(engine, enrollment(authenticators), user),
];

describe('what of an account is confirmed', () => {
  it('is what the host vouches for', () => {
    expect(typesOf(ADA)).toEqual([]);
    expect(typesOf({ ...ADA, emailVerified: true })).toEqual(['email']);
    expect(typesOf({ ...ADA, phoneVerified: true })).toEqual(['phone']);
  });

  it('is what was enrolled here, where it is that of the account', () => {
    const mailbox = sealed(keyring, 'email', { address: ADDRESS });
    const number = sealed(keyring, 'phone', { number: NUMBER });
    expect(typesOf(ADA, mailbox)).toEqual(['email']);
    expect(typesOf(ADA, number)).toEqual(['phone']);
    expect(typesOf(ADA, authenticator('totp'), mailbox, number)).toEqual(['email', 'phone']);
  });

  it.each<readonly [string, Authenticator]>([
    ['another address', sealed(keyring, 'email', { address: 'other@example.com' })],
    ['the address as another factor', sealed(keyring, 'phone', { address: ADDRESS })],
    ['what no key opens any more', authenticator('email')],
    ...(['lapsed', 'disabled', 'suspended'] as const).map(
      (state) =>
        [`what is ${state}`, sealed(keyring, 'email', { address: ADDRESS }, { state })] as const,
    ),
  ])('is not %s', (_what, own) => {
    expect(typesOf(ADA, own)).toEqual([]);
  });

  it('is nothing of an account that has no address, even beside what cannot be read', () => {
    expect(typesOf({ id: 'u1' }, authenticator('email'), authenticator('phone'))).toEqual([]);
  });
});
