import { enroll } from '../../../lib/core/commands/enroll.ts';
import { listWays } from '../../../lib/core/commands/list-ways.ts';
import { MINUTE, reasonOf, SECOND, startEngine, valueOf, Visit } from '../engine.ts';

describe('listWays', () => {
  const setUp = async () => {
    const lab = startEngine({ coolDownMs: [30 * SECOND, MINUTE], notify: false });
    const user = lab.user({ emailVerified: true, phone: '+14155552671', phoneVerified: true });
    const visit = await lab.signIn(user);
    await visit.must((engine, caller) =>
      enroll(engine, caller, { factor: 'recoveryCode', input: {} }),
    );
    await visit.enrollTotp('Phone');
    await visit.enrollTotp('Tablet');
    valueOf(await visit.switchMfa(true));
    return { lab, user, next: await lab.signIn(user) };
  };

  it('lists the strongest first: apps, numbers, mailboxes, and what recovers last', async () => {
    const { next } = await setUp();
    const ways = await next.must(listWays);
    const turned = await next.must((engine, caller) => {
      const factors = new Map([...engine.factors].toReversed());
      return listWays({ ...engine, factors }, caller);
    });
    expect(turned).toEqual(ways);
    expect(ways.map(({ type, name }) => [type, name])).toEqual([
      ['totp', 'Tablet'],
      ['totp', 'Phone'],
      ['phone', '+14••••71'],
      ['email', 'u••••@example.com'],
      ['recoveryCode', 'recoveryCode'],
    ]);
    expect(ways.at(-1)).toMatchObject({ recovers: true, remaining: 10, sends: false });
    expect(ways[3]).toMatchObject({ hint: 'u••••@example.com', sends: true, recovers: false });
  });

  it('lists what no phisher can pass on before all others', async () => {
    const { next } = await setUp();
    const ways = await next.must((engine, caller) => {
      const phone = engine.factors.get('phone');
      if (!phone) throw new Error('This engine has all factors.');
      const passkey = { ...phone, traits: { ...phone.traits, phishingResistant: true } };
      return listWays(
        { ...engine, factors: new Map(engine.factors).set('phone', passkey) },
        caller,
      );
    });
    expect(ways.map(({ type }) => type)).toEqual([
      'phone',
      'totp',
      'totp',
      'email',
      'recoveryCode',
    ]);
  });

  it('tells of a code that was sent, and until when no further one is', async () => {
    const { lab, next } = await setUp();
    const [, , before] = await next.must(listWays);
    expect(before).toMatchObject({ restsUntil: 0, lockedUntil: 0 });
    expect(before).not.toHaveProperty('challenge');
    const { id } = valueOf(await next.challenge('phone'));
    const [, , sent] = await next.must(listWays);
    expect(sent).toMatchObject({ challenge: { id }, restsUntil: lab.clock.now + 30 * SECOND });
    const challenges = (await next.must(listWays)).map(({ challenge }) => challenge?.id);
    expect(challenges).toEqual([undefined, undefined, id, undefined, undefined]);
    lab.clock.now += 5 * MINUTE;
    const [, , expired] = await next.must(listWays);
    expect(expired).not.toHaveProperty('challenge');
  });

  it('[THR-3] tells until when a factor is locked, and of no other', async () => {
    const { lab, next } = await setUp();
    for (let i = 0; i < 5; i++) await next.prove('totp', '00000');
    const ways = await next.must(listWays);
    const until = lab.clock.now + 30 * SECOND;
    expect(ways.map(({ lockedUntil }) => lockedUntil)).toEqual([until, until, 0, 0, 0]);
  });

  it('[VER-12] lists no factor that opened the session, and none whose channel nobody serves', async () => {
    const { lab, user } = await setUp();
    const byMail = await lab.signIn(user, 'email');
    const ways = await byMail.must((engine, caller) =>
      listWays({ ...engine, senders: {} }, caller),
    );
    expect(ways.map(({ type }) => type)).toEqual(['totp', 'totp', 'recoveryCode']);
  });

  it('[STO-8] answers nobody without a session', async () => {
    expect(reasonOf(await new Visit(startEngine()).run(listWays))).toBe('first-factor');
  });
});
