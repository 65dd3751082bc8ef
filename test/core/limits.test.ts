import type { User } from '../../lib/core/vocabulary.ts';
import type { LimitOptions } from '../../lib/limit-options.ts';
import { codeMessages } from '../support/story.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { DAY, HOUR, MINUTE, reasonOf, sentCode, startEngine, valueOf } from './engine.ts';
import type { Lab } from './engine.ts';

/** What comes of asking for codes again and again. */
interface Asked {
  readonly sent: number;
  readonly last: string;
  readonly retryAt?: number | undefined;
}

describe('limits', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine({ limits: {} });
  });

  const only = (limits: LimitOptions): Lab => startEngine({ limits: { ...UNLIMITED, ...limits } });

  async function withMailbox(more: Partial<User> = {}): Promise<User> {
    const user = lab.user({ emailVerified: true, ...more });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    return user;
  }

  async function ask(user: User, times: number, every: number, from = {}): Promise<Asked> {
    const before = codeMessages(lab.outbox).length;
    let last = '';
    let retryAt: number | undefined;
    for (let n = 0; n < times; n += 1) {
      if (n > 0) lab.clock.now += every;
      const outcome = await (await lab.signIn(user, 'password', from)).challenge('email');
      last = reasonOf(outcome);
      retryAt = outcome.status === 'refused' ? outcome.retryAt : undefined;
    }
    return { sent: codeMessages(lab.outbox).length - before, last, retryAt };
  }

  /** A code by SMS to each of many new users with numbers of their own. */
  async function askBySms(numbers: readonly string[], network?: (n: number) => string) {
    const refused: string[] = [];
    for (const [n, phone] of numbers.entries()) {
      const user = lab.user({ phone, phoneVerified: true });
      valueOf(await (await lab.signIn(user)).switchMfa(true));
      const from = network ? { network: network(n) } : {};
      const outcome = await (await lab.signIn(user, 'password', from)).challenge('phone');
      if (outcome.status === 'refused') refused.push(outcome.reason);
    }
    return refused;
  }

  const numbers = (count: number, prefix = '+1415555'): readonly string[] =>
    Array.from({ length: count }, (_, n) => `${prefix}${String(2000 + n)}`);

  it('[DEL-2] [A42] send a destination 5 codes in an hour, and say when there are more', async () => {
    const user = await withMailbox();
    const start = lab.clock.now;
    const asked = await ask(user, 900, 4000);
    expect(asked).toMatchObject({ sent: 5, last: 'limited' });
    expect(asked.retryAt).toBeGreaterThanOrEqual(start + HOUR);
    lab.clock.now = asked.retryAt ?? 0;
    expect(await ask(user, 1, 0)).toMatchObject({ sent: 1, last: 'done' });
  });

  it('[DEL-2] [A43] send a destination 10 codes in a day', async () => {
    const user = await withMailbox();
    expect(await ask(user, 24 * 12, 5 * MINUTE)).toMatchObject({ sent: 10, last: 'limited' });
  });

  it('[DEL-2] count a mailbox once, whoever asks and however it is written [A40]', async () => {
    const spellings = [
      'ada@example.com',
      'Ada@Example.COM',
      'ada+a@example.com',
      'ADA+b@example.com',
    ];
    let sent = 0;
    for (let n = 0; n < 12; n += 1) {
      const user = await withMailbox({ email: spellings[n % 4] ?? '', id: `many-${n}` });
      sent += (await ask(user, 1, 0)).sent;
      lab.clock.now += 2000;
    }
    expect(sent).toBe(5);
  });

  it('[DEL-2] [THR-5] send an account 6 codes in an hour over all its destinations', async () => {
    lab = only({ account: [{ limit: 6, windowMs: HOUR }] });
    const user = await withMailbox({ phone: '+14155552671', phoneVerified: true });
    const asked: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      const visit = await lab.signIn(user);
      asked.push(reasonOf(await visit.challenge(n % 2 === 0 ? 'email' : 'phone')));
      lab.clock.now += 5 * MINUTE;
    }
    expect(asked).toEqual([...Array(6).fill('done'), 'limited', 'limited']);
  });

  it('[DEL-2] send 10 codes an hour for one network, whoever asks', async () => {
    lab = only({ network: [{ limit: 10, windowMs: HOUR }] });
    let sent = 0;
    for (let n = 0; n < 15; n += 1) {
      const user = await withMailbox({ id: `net-${n}` });
      sent += (await ask(user, 1, 0, { network: '192.0.2.1' })).sent;
    }
    expect(sent).toBe(10);
    const user = await withMailbox({ id: 'elsewhere' });
    expect(await ask(user, 1, 0, { network: '192.0.2.2' })).toMatchObject({ sent: 1 });
  });

  it('[DEL-2] send for one network to 5 destinations an hour, and to those again', async () => {
    lab = only({ destinationsPerNetwork: [{ limit: 5, windowMs: HOUR }] });
    const users = await Promise.all(
      Array.from({ length: 8 }, (_, n) => withMailbox({ id: `d-${n}` })),
    );
    const from = { network: '192.0.2.1' };
    const asked = [];
    for (const user of users) asked.push((await ask(user, 1, 0, from)).sent);
    expect(asked).toEqual([1, 1, 1, 1, 1, 0, 0, 0]);
    lab.clock.now += 10 * MINUTE;
    expect((await ask(users[0] ?? lab.user(), 1, 0, from)).sent).toBe(1);
  });

  it('[DEL-2] [A41] send 10 of 500 codes to one prefix, asked for from 50 networks', async () => {
    const refused = await askBySms(numbers(500), (n) => `198.51.100.${n % 50}`);
    expect(codeMessages(lab.outbox)).toHaveLength(10);
    expect(refused).toHaveLength(490);
    expect(new Set(refused)).toEqual(new Set(['limited']));
  });

  it.each([
    ['country', { country: [{ limit: 7, windowMs: DAY }] }],
    ['all SMS', { sms: [{ limit: 7, windowMs: HOUR }] }],
  ] as const)('[DEL-2] [A41] hold for %s', async (_what, limits) => {
    lab = only(limits);
    await askBySms(numbers(20).map((number, n) => number.replace('5555', `555${n % 10}`)));
    expect(codeMessages(lab.outbox)).toHaveLength(7);
  });

  it('[DEL-4] [A41] stop a prefix whose codes do not come back, tell the host once, and go on later', async () => {
    lab = only({ conversion: { atLeast: 50, share: 0.3 } });
    await askBySms(numbers(50));
    lab.clock.now += 6 * MINUTE;
    const sent = codeMessages(lab.outbox).length;
    expect(sent).toBe(50);
    expect(await askBySms(numbers(20, '+1415556'))).toEqual(Array(20).fill('limited'));
    expect(codeMessages(lab.outbox)).toHaveLength(50);
    const alarms = lab.events.filter(({ type }) => type === 'conversion_low');
    expect(alarms).toEqual([expect.objectContaining({ factor: 'phone', reason: 'country US' })]);
    lab.clock.now += HOUR;
    expect(await askBySms(numbers(1, '+1415557'))).toEqual([]);
  });

  it('[DEL-4] let a prefix be whose codes come back', async () => {
    lab = only({ conversion: { atLeast: 20, share: 0.3 } });
    for (const phone of numbers(20)) {
      const user = lab.user({ phone, phoneVerified: true });
      valueOf(await (await lab.signIn(user)).switchMfa(true));
      const visit = await lab.signIn(user);
      if (Number(phone.at(-1)) < 4) valueOf(await visit.prove('phone', () => sentCode(lab)));
      else valueOf(await visit.challenge('phone'));
    }
    lab.clock.now += 6 * MINUTE;
    expect(await askBySms(numbers(3, '+1415556'))).toEqual([]);
  });

  it('[DEL-4] do not hold against a prefix what was sent just now', async () => {
    lab = only({ conversion: { atLeast: 20, share: 0.3 } });
    await askBySms(numbers(20));
    lab.clock.now += 4 * MINUTE;
    expect(await askBySms(numbers(3, '+1415556'))).toEqual([]);
  });

  it('[DEL-2] leave the code that is there when no further one is sent', async () => {
    lab = only({ destination: [{ limit: 1, windowMs: HOUR }] });
    const user = await withMailbox();
    const visit = await lab.signIn(user);
    const { id } = valueOf(await visit.challenge('email'));
    lab.clock.now += MINUTE;
    expect(reasonOf(await visit.challenge('email'))).toBe('limited');
    expect(reasonOf(await visit.answer(id, sentCode(lab)))).toBe('done');
  });

  it('[DEL-2] take nothing from one budget when another is exhausted', async () => {
    lab = only({
      account: [{ limit: 2, windowMs: HOUR }],
      destination: [{ limit: 1, windowMs: 10 * MINUTE }],
    });
    const user = await withMailbox();
    expect(await ask(user, 5, 90_000)).toMatchObject({ sent: 1, last: 'limited' });
    lab.clock.now += 10 * MINUTE;
    expect(await ask(user, 1, 0)).toMatchObject({ sent: 1 });
  });

  it('[DEL-11] give an owner back what did not leave, and a network not', async () => {
    let works = false;
    lab = startEngine({
      limits: {
        ...UNLIMITED,
        destination: [{ limit: 1, windowMs: HOUR }],
        network: [{ limit: 4, windowMs: HOUR }],
      },
      email: {
        send: async (message) => {
          if (!works) throw new Error('down');
          lab.outbox.push(message);
        },
      },
    });
    const user = await withMailbox();
    const from = { network: '192.0.2.1' };
    expect(await ask(user, 3, 1000, from)).toMatchObject({ last: 'undelivered' });
    works = true;
    expect(await ask(user, 1, 0, from)).toMatchObject({ sent: 1, last: 'done' });
    lab.clock.now += 2 * HOUR - 1;
    works = false;
    for (let n = 0; n < 4; n += 1) await ask(user, 1, 0, from);
    expect(await ask(user, 1, 0, from)).toMatchObject({ last: 'limited' });
  });

  it('[A43] tell the owner once a day that someone asks for codes', async () => {
    const user = await withMailbox();
    await ask(user, 24 * 12, 5 * MINUTE);
    await new Promise((resolve) => setImmediate(resolve));
    const notices = lab.outbox.filter(({ text }) => text.includes('asked for many codes'));
    expect(notices).toHaveLength(1);
    expect(codeMessages(lab.outbox)).toHaveLength(10);
  });

  it('[THR-5] leave three codes open at once, the newest', async () => {
    lab = startEngine({ coolDownMs: [MINUTE] });
    const user = await withMailbox();
    const opened = [];
    for (let n = 0; n < 5; n += 1) {
      const visit = await lab.signIn(user);
      opened.push({ visit, id: valueOf(await visit.challenge('email')).id, code: sentCode(lab) });
      lab.clock.now += 100_000;
    }
    const open = await Promise.all(
      opened.map(async ({ visit }) => {
        const [tag = '', id = '', secret = ''] = visit.pointer.split('.');
        return (await lab.engine.store.recall({ tag, id, secret })).challenges.length;
      }),
    );
    expect(open).toEqual([0, 0, 1, 1, 1]);
  });

  it('[THR-10] let one network answer wrong 30 times in 10 minutes, over all users', async () => {
    lab = startEngine({ limits: {} });
    const from = { network: '192.0.2.1' };
    const words = [];
    for (let n = 0; n < 31; n += 1) {
      const user = lab.user({ emailVerified: true });
      valueOf(await (await lab.signIn(user)).switchMfa(true));
      const visit = await lab.signIn(user);
      const { id } = valueOf(await visit.challenge('email'));
      visit.from = from;
      words.push(reasonOf(await visit.answer(id, '0000000')));
    }
    expect(words).toEqual([...Array(30).fill('invalid'), 'limited']);
    lab.clock.now += 10 * MINUTE;
    const user = await withMailbox();
    const visit = await lab.signIn(user, 'password', from);
    expect(reasonOf(await visit.answer('x', '000000'))).toBe('invalid');
  });
});
