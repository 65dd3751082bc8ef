import { listAuthenticators } from '../../../lib/core/commands/authenticators.ts';
import { listFactors } from '../../../lib/core/commands/list-factors.ts';
import { parsePointer } from '../../../lib/core/pointer.ts';
import { codeAt } from '../../factors/hotp.ts';
import { formsOf } from '../../logs/sinks.ts';
import { DAY, MINUTE, reasonOf, SECOND, sentCode, startEngine, valueOf } from '../engine.ts';
import type { Lab } from '../engine.ts';

describe('openChallenge', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine();
  });

  it('[GEN-5] makes a challenge of 256 random bits that tells nothing of what it expects', async () => {
    const user = lab.user({ emailVerified: true });
    const ids = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      const visit = await lab.signIn(user);
      const challenge = valueOf(await visit.challenge('email'));
      expect(Buffer.from(challenge.id, 'base64url')).toHaveLength(32);
      const shown = formsOf(sentCode(lab)).filter((form) => form.test(JSON.stringify(challenge)));
      expect(shown).toEqual([]);
      ids.add(challenge.id);
      lab.clock.now += DAY;
    }
    expect(ids.size).toBe(20);
  });

  it('lives as long as its factor says, with its tries', async () => {
    lab = startEngine({ codes: { emailTtlMs: 2 * MINUTE }, tries: 2 });
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    const { createdAt, expiresAt, tries } = valueOf(await visit.challenge('email'));
    expect([createdAt, expiresAt, tries]).toEqual([lab.clock.now, lab.clock.now + 2 * MINUTE, 2]);
  });

  it('[VER-12] asks for no factor that opened the session', async () => {
    const visit = await lab.signIn(lab.user({ emailVerified: true }), 'email');
    expect(reasonOf(await visit.challenge('email'))).toBe('same-as-first');
    expect(await visit.must(listFactors)).toMatchObject({ email: false });
    expect(lab.outbox).toEqual([]);
  });

  it('[DEL-10] sends nothing to an address that is not confirmed, and says why', async () => {
    const of = async (more: object) => lab.signIn(lab.user({ id: `u-${lab.users.size}`, ...more }));
    expect(reasonOf(await (await of({})).challenge('email'))).toBe('not-verified');
    for (const email of [undefined, '', null])
      expect(reasonOf(await (await of({ email })).challenge('email'))).toBe('no-destination');
    expect(reasonOf(await (await of({})).challenge('phone'))).toBe('no-destination');
    expect(reasonOf(await (await of({ phone: '+14155552671' })).challenge('phone'))).toBe(
      'not-verified',
    );
    expect(reasonOf(await (await of({})).challenge('totp'))).toBe('no-authenticator');
    expect(lab.outbox).toEqual([]);
  });

  it('[DEL-3] opens nothing for a number that was enrolled, once its country is not served', async () => {
    const visit = await lab.signIn(lab.user());
    await visit.enrollSent('phone', { phone: '+14155552671' });
    const { factors } = startEngine({ countries: ['DE'] }).engine;
    Object.assign(lab.engine, { factors });
    const sent = lab.outbox.length;
    expect(await visit.challenge('phone')).toMatchObject({
      reason: 'unacceptable',
      message: 'Messages are not sent to phone numbers of this country.',
    });
    expect(lab.outbox).toHaveLength(sent);
  });

  it('[DEL-3] sends nothing to a number that the host vouches for, in a country that is not served', async () => {
    lab = startEngine({ countries: ['DE'] });
    const phone = { phone: '+14155552671', phoneVerified: true };
    expect(await (await lab.signIn(lab.user(phone))).challenge('phone')).toEqual({
      status: 'refused',
      reason: 'unacceptable',
      factor: 'phone',
      message: 'No codes are sent to what the account has for this factor.',
    });
    expect(lab.outbox).toEqual([]);
  });

  it('refuses a factor that does not exist, or whose channel nobody serves', async () => {
    lab = startEngine({ email: undefined, sms: undefined });
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    expect(reasonOf(await visit.challenge('fingerprint'))).toBe('unknown-factor');
    expect(reasonOf(await visit.challenge('constructor'))).toBe('unknown-factor');
    expect(reasonOf(await visit.challenge('email'))).toBe('no-channel');
    expect(await visit.must(listFactors)).toMatchObject({ email: false });
  });

  it('[STP-5] [LOG-2] tells the host of each factor that was asked for in vain, by whom and why, in no words of the client', async () => {
    lab = startEngine({ email: undefined });
    const user = lab.user({ phone: '+14155552671' });
    const visit = await lab.signIn(user, 'totp');
    const foreign = 'totp-of-eve';
    const asked = [
      await visit.challenge('fingerprint\r\nforged'),
      await visit.challenge('email'),
      await visit.challenge('totp', foreign),
      await visit.challenge('recoveryCode', foreign),
      await visit.challenge('phone'),
    ].map(reasonOf);
    const session = parsePointer(visit.pointer)?.id;
    const refused = { type: 'factor_refused', at: lab.clock.now, userId: user.id, session };
    const told = [
      { ...refused, reason: 'unknown-factor' },
      { ...refused, reason: 'no-channel', factor: 'email' },
      { ...refused, reason: 'same-as-first', factor: 'totp' },
      { ...refused, reason: 'no-authenticator', factor: 'recoveryCode' },
      { ...refused, reason: 'not-verified', factor: 'phone' },
    ];
    expect(lab.events.slice(1)).toEqual(told);
    expect(asked).toEqual(told.map(({ reason }) => reason));
  });

  it('tells of no refusal when it asks for a factor', async () => {
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    valueOf(await visit.challenge('email'));
    expect(lab.events.map(({ type }) => type)).toEqual(['signed_in', 'challenge_created']);
  });

  it('[ENR-10] asks for the authenticator that is named, and takes no other user’s for it', async () => {
    const user = lab.user();
    const visit = await lab.signIn(user);
    const seeds = [await visit.enrollTotp('one'), await visit.enrollTotp('two')];
    const [one] = await visit.must(listAuthenticators);
    const { id, authenticator } = valueOf(await visit.challenge('totp', one?.id));
    expect(authenticator).toBe(one?.id);
    expect(reasonOf(await visit.answer(id, codeAt(seeds[1] ?? '', lab.clock.now)))).toBe('invalid');
    expect(reasonOf(await visit.answer(id, codeAt(seeds[0] ?? '', lab.clock.now)))).toBe('done');

    const eve = await lab.signIn(lab.user());
    await eve.enrollTotp();
    expect(reasonOf(await eve.challenge('totp', one?.id))).toBe('no-authenticator');
  });

  it('asks for the authenticator that was used last, unless one is named', async () => {
    const visit = await lab.signIn(lab.user());
    const seed = await visit.enrollTotp('one');
    await visit.enrollTotp('two');
    const [one, two] = await visit.must(listAuthenticators);
    expect(valueOf(await visit.challenge('totp')).authenticator).toBe(two?.id);
    const { id } = valueOf(await visit.challenge('totp', one?.id));
    valueOf(await visit.answer(id, codeAt(seed, lab.clock.now)));
    lab.clock.now += MINUTE;
    expect(valueOf(await visit.challenge('totp')).authenticator).toBe(one?.id);
  });

  it('[DEL-1] sends once in 30 s, over sign-ins, and says when again', async () => {
    const user = lab.user({ emailVerified: true });
    const at = lab.clock.now;
    valueOf(await (await lab.signIn(user)).challenge('email'));
    lab.clock.now += 10 * SECOND;
    const visit = await lab.signIn(user);
    expect(await visit.challenge('email')).toEqual({
      status: 'refused',
      reason: 'cooling',
      factor: 'email',
      retryAt: at + 30 * SECOND,
    });
    expect(lab.outbox).toHaveLength(1);
    lab.clock.now = at + 30 * SECOND;
    expect(reasonOf(await visit.challenge('email'))).toBe('done');
  });

  it('[THR-5] lets nobody wait for a factor that sends nothing', async () => {
    const visit = await lab.signIn(lab.user());
    await visit.enrollTotp();
    for (let n = 0; n < 30; n += 1) expect(reasonOf(await visit.challenge('totp'))).toBe('done');
  });

  it('[A07] sends one message when 20 requests ask at the same moment', async () => {
    const user = lab.user({ emailVerified: true });
    const visits = await Promise.all(Array.from({ length: 20 }, () => lab.signIn(user)));
    const outcomes = await Promise.all(visits.map((visit) => visit.challenge('email')));
    expect(outcomes.map(reasonOf).toSorted()).toEqual([
      ...Array.from({ length: 19 }, () => 'cooling'),
      'done',
    ]);
    expect(lab.outbox).toHaveLength(1);
  });

  it('[GEN-9] voids the code that was sent before', async () => {
    const visit = await lab.signIn(lab.user({ emailVerified: true }));
    const first = valueOf(await visit.challenge('email'));
    const old = sentCode(lab);
    lab.clock.now += 30 * SECOND;
    const second = valueOf(await visit.challenge('email'));
    const fresh = sentCode(lab);
    expect(reasonOf(await visit.answer(first.id, old))).toBe('invalid');
    expect(reasonOf(await visit.answer(first.id, fresh))).toBe('invalid');
    expect(reasonOf(await visit.answer(second.id, fresh))).toBe('done');
  });
});
