import { factorContext } from '../../lib/core/engine.ts';
import type { Factor } from '../../lib/core/factor.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { phone } from '../../lib/factors/phone.ts';
import type { Countries } from '../../lib/factors/phone-number.ts';
import { factorContract } from '../contracts/factor-contract.ts';
import { startEngine } from '../core/engine.ts';

const rules = { tries: 5, digits: 6, ttlMs: 300_000 };
const US = '+14155552671';
const DE = '+4915123456789';

describe('phone', () => {
  factorContract({
    factor: () => withCountries(['US']) as Factor,
    user: { id: 'u1', phone: US },
    input: {},
    boundTo: ['user', 'session', 'factor', 'purpose', 'authenticator', 'challenge'],
  });

  describe('sends a code', () => {
    it('to the number that was asked for, or else to that of the account', async () => {
      expect(await enrolled({ phone: US }, {})).toMatchObject({
        status: 'draft',
        secret: { number: US },
        deliver: { channel: 'sms', to: US },
      });
      expect(await enrolled({ phone: US }, { phone: DE })).toMatchObject({
        secret: { number: DE },
        deliver: { channel: 'sms', to: DE },
      });
    });

    it('to nobody when the account has no number', async () => {
      for (const user of [{}, { phone: '' }])
        expect(await enrolled(user, {})).toMatchObject({ status: 'missing' });
      expect(await enrolled({ phone: US }, { phone: '' })).toMatchObject({ status: 'missing' });
    });

    it('later to the number that was enrolled, whatever the account says by then', async () => {
      const context = contextOf({ phone: DE });
      expect(await withCountries('all').challenge(context, { number: US })).toMatchObject({
        deliver: { channel: 'sms', to: US },
      });
    });

    it('[A41] with the country and the first digits that are watched', async () => {
      const groupsOf = async (phone: string) =>
        (await enrolled({}, { phone })) as { deliver?: { groups?: object; mailbox?: string } };
      expect((await groupsOf('+1 415 555-2671')).deliver).toMatchObject({
        mailbox: US,
        groups: { prefix: '+1415555', country: 'US' },
      });
      // Nobody has this number yet, so it is of no one country.
      expect((await groupsOf('+12002002000')).deliver?.groups).toEqual({
        prefix: '+1200200',
        country: 'ZZ',
      });
    });

    it('[DEL-5] in one form, however the number was written', async () => {
      const secrets = ['+1 (415) 555-2671', '+1-415-555-2671', '+1.415.555.2671', US].map(
        async (written) => enrolled({}, { phone: written }),
      );
      for (const draft of await Promise.all(secrets))
        expect(draft).toMatchObject({ secret: { number: US }, deliver: { to: US } });
    });
  });

  describe('[DEL-3] sends nothing where it must not', () => {
    it.each([
      ['a country that is not listed', DE, ['US']],
      ['a premium number', '+19005551234', 'all'],
      ['no number', '415 555 2671', 'all'],
    ] as const)('to enroll %s', async (_what, number, countries) => {
      const draft = await enrolled({}, { phone: number }, countries);
      expect(draft).toMatchObject({ status: 'unacceptable' });
      expect(draft).not.toHaveProperty('deliver');
      expect(JSON.stringify(draft)).not.toContain(number);
    });

    it('to a number that the host vouches for and that was never checked here', async () => {
      const factor = withCountries(['US']);
      const secret = factor.vouched({ id: 'u1', phone: DE, phoneVerified: true });
      expect(secret).toEqual({ number: DE });
      const challenge = await factor.challenge(contextOf({}), secret ?? { number: '' });
      expect(challenge).toMatchObject({ status: 'unacceptable' });
      expect(challenge).not.toHaveProperty('deliver');
    });
  });

  it('[ENR-5] takes a text as a number, or none, and nothing else', () => {
    const { input } = withCountries('all');
    expect(input({ phone: US })).toEqual({ ok: true, value: { phone: US } });
    expect(input({})).toEqual({ ok: true, value: {} });
    for (const number of [1, null, [US], { $ne: null }])
      expect(input({ phone: number })).toEqual({
        ok: false,
        message: 'Param "phone" must be a string.',
      });
  });

  it('[DEL-10] takes the host at its word for a number in E.164 that it verified', () => {
    const vouched = (number: string) =>
      withCountries('all').vouched({ id: 'u1', phone: number, phoneVerified: true });
    expect(vouched(US)).toEqual({ number: US });
    for (const other of [
      '',
      '4155552671',
      '14155552671',
      '+1 415 555 2671',
      `${US}\n`,
      `x${US}`,
      ` ${US}`,
      `${US};ext=5`,
    ])
      expect(vouched(other)).toBeUndefined();
  });

  it('[DEL-9] shows the first two and the last two digits', () => {
    expect(withCountries('all').describe({ number: US })).toEqual({ hint: '+14••••71' });
  });

  it('counts towards AAL2, as what it is: a restricted authenticator', () => {
    expect(withCountries('all').traits).toMatchObject({
      amr: ['sms'],
      aal2: true,
      phishingResistant: false,
      channel: 'sms',
    });
  });
});

function withCountries(countries: Countries) {
  return phone({ ...rules, countries });
}

function contextOf(user: Partial<User>) {
  const about = { factor: 'phone', purpose: 'enroll', session: 's' } as const;
  const ids = { authenticator: 'a', challenge: 'c' };
  return factorContext(startEngine().engine, { user: { id: 'u1', ...user }, ...about, ...ids });
}

function enrolled(
  user: Partial<User>,
  input: { readonly phone?: string },
  countries: Countries = 'all',
) {
  return withCountries(countries).enroll(contextOf(user), input);
}
