import { factorContext } from '../../lib/core/engine.ts';
import type { Draft, Factor } from '../../lib/core/factor.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { email } from '../../lib/factors/email.ts';
import type { EmailSecret } from '../../lib/factors/email.ts';
import { factorContract } from '../contracts/factor-contract.ts';
import { startEngine } from '../core/engine.ts';

const rules = { tries: 5, digits: 6, ttlMs: 600_000 };
const factor = () => email(rules);

describe('email', () => {
  factorContract({
    factor: () => email(rules) as Factor,
    user: { id: 'u1', email: 'ada@example.com' },
    input: {},
    boundTo: ['user', 'session', 'factor', 'purpose', 'authenticator', 'challenge'],
  });

  describe('sends a code', () => {
    it('to the address that was asked for, or else to that of the account', async () => {
      const user = { id: 'u1', email: 'ada@example.com' };
      expect((await enrolled(user, {})).deliver?.to).toBe('ada@example.com');
      const other = await enrolled(user, { email: ' lovelace@example.org ' });
      expect(other.deliver).toMatchObject({ channel: 'email', to: 'lovelace@example.org' });
      expect(other.secret).toEqual({ address: 'lovelace@example.org' });
    });

    it('to nobody when the account has no address', async () => {
      for (const user of [{ id: 'u1' }, { id: 'u1', email: '' }])
        expect(await factor().enroll(contextOf(user), {})).toMatchObject({ status: 'missing' });
    });

    it('later to the address that was enrolled, whatever the account says by then', async () => {
      const { secret } = await enrolled({ id: 'u1', email: 'ada@example.com' }, {});
      const context = contextOf({ id: 'u1', email: 'eve@example.com' });
      expect(await factor().challenge(context, secret)).toMatchObject({
        deliver: { channel: 'email', to: 'ada@example.com' },
      });
    });
  });

  it.each([
    'ada@example.com',
    'ada.king.lovelace@example.com',
    'ada_1815+mfa@mail.post.example.co.uk',
    'a@b.cd',
    'a@3com.x--1.museum',
    'A-B@EXAMPLE.C0M',
  ])('takes %s, as it is written', (address) => {
    expect(factor().input({ email: address })).toEqual({ ok: true, value: { email: address } });
  });

  it('[A40] knows one mailbox however it is written, and no other by it', async () => {
    const mailboxOf = async (address: string) =>
      (await enrolled({ id: 'u1' }, { email: address })).deliver?.mailbox;
    for (const written of [
      'ada@example.com',
      'Ada@EXAMPLE.com',
      'ada+a@example.com',
      'ADA+b+c@example.com',
    ])
      expect(await mailboxOf(written)).toBe('ada@example.com');
    expect(await mailboxOf('ad@a.example.com')).toBe('ad@a.example.com');
  });

  it.each([
    ['of two addresses', 'ada@example.com,eve@evil.test'],
    ['of two addresses and a space', 'ada@example.com eve@evil.test'],
    ['with a header behind it', 'ada@example.com\r\nBcc: eve@evil.test'],
    ['with a line break in the middle', 'ada\n@example.com'],
    ['with NUL', 'ada@example.com\0'],
    ['in angle brackets', '<ada@example.com>'],
    ['with a display name', 'Ada <ada@example.com>'],
    ['with a quoted local part', '"ada eve"@example.com'],
    ['that is a URI', 'mailto:ada@example.com'],
    ['without a domain', 'ada@'],
    ['with two dots in a row', 'ada..king@example.com'],
    ['with a dot at its end', 'ada.@example.com'],
    ['with a domain of one name', 'ada@example'],
    ['with a hyphen at the end of a name', 'ada@example-.com'],
    ['with a hyphen at the end of its domain', 'ada@example.com-'],
    ['with a hyphen first in its domain', 'ada@-example.com'],
    ['with an underscore in its domain', 'ada@exam_ple.com'],
    ['without a local part', '@example.com'],
    ['with two at signs', 'ada@eve@example.com'],
    ['with a full-width at sign', 'ada＠example.com'],
    ['with a homoglyph in its domain', 'ada@exаmple.com'],
    ['longer than 254 characters', `${'a'.repeat(64)}@${'b'.repeat(186)}.com`],
    ['that is a list', ['ada@example.com']],
    ['that is an object', { $ne: null }],
    ['that is null', null],
    ['that is empty', ''],
  ])('[A40] refuses an address %s', (_what, address) => {
    expect(factor().input({ email: address })).toEqual({
      ok: false,
      message: 'Param "email" must be one e-mail address.',
    });
  });

  it('[DEL-9] shows the first character and the domain', () => {
    const hint = (address: string) => factor().describe({ address }).hint;
    expect(hint('ada@example.com')).toBe('a••••@example.com');
    expect(hint('"a@b"@example.com')).toBe('"••••@example.com');
    expect(hint('🦊fox@example.com')).toBe('🦊••••@example.com');
    expect(hint('')).toBe('••••');
  });

  it('takes the host at its word for an address that it verified', () => {
    const address = 'ada@example.com';
    expect(factor().vouched({ id: 'u1', email: address, emailVerified: true })).toEqual({
      address,
    });
    expect(factor().vouched({ id: 'u1', email: '', emailVerified: true })).toBeUndefined();
    expect(factor().vouched({ id: 'u1', email: address, phoneVerified: true })).toBeUndefined();
  });

  it.each(['"ada eve"@example.com', 'ada@münchen.example', "o'hara@example.com"])(
    'takes the host at its word for %s, too, which is one mailbox',
    (email) => {
      expect(factor().vouched({ id: 'u1', email, emailVerified: true })).toEqual({
        address: email,
      });
    },
  );

  it.each([
    'ada@example.com\r\nBcc: eve@evil.test',
    '"ada\r\nBcc: eve@evil.test"@example.com',
    'ada@example.com, eve@evil.test',
    'Ada <ada@example.com>',
    '"ada"eve@example.com',
  ])('[A40] takes nobody’s word that %j is one mailbox', (email) => {
    expect(factor().vouched({ id: 'u1', email, emailVerified: true })).toBeUndefined();
  });

  it('has the channel, tries, digits and time that it is told, and never counts towards AAL2', async () => {
    const { traits, enroll } = email({ tries: 3, digits: 8, ttlMs: 60_000 });
    expect(traits).toMatchObject({ channel: 'email', tries: 3, ttlMs: 60_000, aal2: false });
    const draft = await enroll(contextOf({ id: 'u1', email: 'ada@example.com' }), {});
    expect('deliver' in draft && draft.deliver?.code).toMatch(/^\d{8}$/);
  });
});

function contextOf(user: User) {
  const about = { factor: 'email', purpose: 'enroll', session: 's' } as const;
  const ids = { authenticator: 'a', challenge: 'c' };
  return factorContext(startEngine().engine, { user, ...about, ...ids });
}

async function enrolled(
  user: User,
  input: { readonly email?: string },
): Promise<Draft<EmailSecret>> {
  const parsed = factor().input(input);
  if (!parsed.ok) throw new Error(parsed.message);
  const draft = await factor().enroll(contextOf(user), parsed.value);
  if ('message' in draft) throw new Error(draft.message);
  return draft;
}
