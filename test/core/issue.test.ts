import type { LimitOptions } from '../../lib/limit-options.ts';
import type { Message, Store } from '../../lib/core/ports.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { codeMessages } from '../support/story.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { HOUR, MINUTE, reasonOf, SECOND, sentCode, startEngine, valueOf } from './engine.ts';
import type { Lab } from './engine.ts';

const PHONE = '+14155552671';
const ONCE = [{ limit: 1, windowMs: HOUR }];
const FROM = { network: '192.0.2.1', ip: '192.0.2.7' };

describe('asking for a code', () => {
  /** A user with a mailbox and a number and MFA on, where messages leave when told to. */
  async function setUp(limits: LimitOptions, store: Store = memoryStore()) {
    const post: { works: boolean; fault?: Error } = { works: true };
    const send = async (message: Message) => {
      if (post.fault) throw post.fault;
      if (!post.works) throw new Error('down');
      lab.outbox.push(message);
    };
    const lab = startEngine({
      limits: { ...UNLIMITED, ...limits },
      email: { send },
      sms: { send },
      store,
    });
    const user = lab.user({ emailVerified: true, phone: PHONE, phoneVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    return { lab, user, post };
  }

  /** What comes of asking in a new session. */
  async function ask(lab: Lab, user: User, factor = 'email', from = {}) {
    return (await lab.signIn(user, 'password', { ...FROM, ...from })).challenge(factor);
  }

  const lastOf = ({ events }: Lab) => events.at(-1);
  const told = async ({ outbox }: Lab) => {
    await everythingSent();
    return outbox.filter(({ text }) => text.includes('asked for many codes')).length;
  };

  it('tells the host that a challenge is there, and for what [LOG-2]', async () => {
    const { lab, user } = await setUp({});
    valueOf(await ask(lab, user));
    expect(lastOf(lab)).toMatchObject({
      type: 'challenge_created',
      userId: user.id,
      factor: 'email',
      ip: FROM.ip,
      reason: 'prove',
    });
  });

  it.each([
    ['account', 'email'],
    ['destination', 'email'],
    ['network', 'email'],
    ['destinationsPerNetwork', 'email'],
    ['sms', 'phone'],
    ['prefix', 'phone'],
    ['country', 'phone'],
  ] as const)(
    'says until when the limit %s holds, and to the host which it is [DEL-2]',
    async (kind, factor) => {
      const { lab, user } = await setUp({ [kind]: ONCE });
      const until = lab.clock.now + HOUR;
      valueOf(await ask(lab, user, factor));
      lab.clock.now += MINUTE;
      const other = lab.user({
        email: 'eve@example.com',
        emailVerified: true,
        phone: kind === 'destination' ? PHONE : '+14155552672',
        phoneVerified: true,
      });
      valueOf(await (await lab.signIn(other)).switchMfa(true));
      const same = kind === 'account' || kind === 'destination';
      expect(await ask(lab, same ? user : other, factor)).toEqual({
        status: 'refused',
        reason: 'limited',
        factor,
        retryAt: until,
      });
      expect(lastOf(lab)).toMatchObject({ type: 'challenge_refused', reason: `limit ${kind}` });
      expect(codeMessages(lab.outbox)).toHaveLength(1);
    },
  );

  it('says to look again in ten minutes where no codes come back, and spends nothing [DEL-4]', async () => {
    const { lab, user } = await setUp({
      conversion: { atLeast: 1, share: 1 },
      account: [{ limit: 2, windowMs: HOUR }],
    });
    valueOf(await ask(lab, user, 'phone'));
    lab.clock.now += 6 * MINUTE;
    for (let n = 0; n < 3; n += 1) {
      expect(await ask(lab, user, 'phone')).toEqual({
        status: 'refused',
        reason: 'limited',
        factor: 'phone',
        retryAt: lab.clock.now + 10 * MINUTE,
      });
      expect(lastOf(lab)).toMatchObject({ reason: 'limit prefix +1415555' });
    }
    expect(reasonOf(await ask(lab, user))).toBe('done');
    expect(await told(lab)).toBe(0);
  });

  it('leaves the codes of other sessions good where a limit refuses one [DEL-2]', async () => {
    const { lab, user } = await setUp({ account: [{ limit: 3, windowMs: HOUR }] });
    const first = await lab.signIn(user);
    const { id } = valueOf(await first.challenge('email'));
    const code = sentCode(lab);
    for (const word of ['done', 'done', 'limited']) {
      lab.clock.now += 2 * MINUTE;
      expect(reasonOf(await ask(lab, user))).toBe(word);
    }
    expect(reasonOf(await first.answer(id, code))).toBe('done');
  });

  it('says when a code will leave, and not the first of several waits [DEL-1]', async () => {
    const { lab, user } = await setUp({ account: [{ limit: 1, windowMs: HOUR }] });
    const until = lab.clock.now + HOUR;
    valueOf(await ask(lab, user));
    expect(await ask(lab, user)).toMatchObject({ reason: 'cooling', retryAt: until });
  });

  it('counts what left late as sent, and says nothing by it of whether codes come back [DEL-4]', async () => {
    const { lab, user, post } = await setUp({ conversion: { atLeast: 1, share: 1 } });
    post.fault = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    expect(reasonOf(await ask(lab, user, 'phone'))).toBe('undelivered');
    delete post.fault;
    lab.clock.now += 6 * MINUTE;
    expect(reasonOf(await ask(lab, user, 'phone'))).toBe('done');
    lab.clock.now += 6 * MINUTE;
    expect(reasonOf(await ask(lab, user, 'phone'))).toBe('limited');
  });

  it('takes nothing from a budget while it must wait [DEL-1]', async () => {
    const { lab, user } = await setUp({ destination: [{ limit: 2, windowMs: HOUR }] });
    valueOf(await ask(lab, user));
    for (let n = 0; n < 3; n += 1) expect(reasonOf(await ask(lab, user))).toBe('cooling');
    expect(lastOf(lab)).toMatchObject({ type: 'challenge_refused', reason: 'cooling' });
    lab.clock.now += 30 * SECOND;
    expect(reasonOf(await ask(lab, user))).toBe('done');
  });

  it.each([
    ['sms', 'limited'],
    ['country', 'done'],
    ['account', 'done'],
  ] as const)(
    'counts for %s what a transport may have taken: then it is %s',
    async (kind, word) => {
      const { lab, user, post } = await setUp({ [kind]: ONCE });
      post.works = false;
      expect(reasonOf(await ask(lab, user, 'phone'))).toBe('undelivered');
      post.works = true;
      expect(reasonOf(await ask(lab, user, 'phone'))).toBe(word);
    },
  );

  describe('of a store that fails in the midst of it [A51]', () => {
    /** A store of which one verb does its work and then fails, as when an answer is lost. */
    function breaking() {
      const lost: { verb?: keyof Store } = {};
      const store = new Proxy(memoryStore(), {
        get(target, verb: keyof Store) {
          const run = target[verb] as (...args: unknown[]) => Promise<unknown>;
          return async (...args: unknown[]) => {
            const answer = await run(...args);
            if (verb === lost.verb) throw new Error('down');
            return answer;
          };
        },
      });
      return { store, lost };
    }

    it.each(['open', 'spend', 'tally'] as const)(
      'leaves the code, the wait and the limits as they were: %s',
      async (verb) => {
        const { store, lost } = breaking();
        const { lab, user } = await setUp({ account: [{ limit: 2, windowMs: HOUR }] }, store);
        const visit = await lab.signIn(user);
        const { id } = valueOf(await visit.challenge('phone'));
        const code = sentCode(lab);
        lab.clock.now += MINUTE;
        lost.verb = verb;
        for (let n = 0; n < 3; n += 1) {
          await expect(visit.challenge('phone')).rejects.toThrow('down');
          await everythingSent();
        }
        delete lost.verb;
        expect(reasonOf(await ask(lab, user, 'phone'))).toBe('done');
        expect(reasonOf(await visit.answer(id, code))).toBe('done');
      },
    );

    it('takes the challenge back where a limit cannot be given back', async () => {
      const { store, lost } = breaking();
      const { lab, user } = await setUp({ conversion: { atLeast: 1, share: 1 } }, store);
      valueOf(await ask(lab, user, 'phone'));
      lab.clock.now += 4 * MINUTE;
      const visit = await lab.signIn(user);
      const { id } = valueOf(await visit.challenge('phone'));
      const code = sentCode(lab);
      // From now on the first one has not come back.
      lab.clock.now += 2 * MINUTE;
      lost.verb = 'refund';
      await expect(visit.challenge('phone')).rejects.toThrow('down');
      expect(reasonOf(await visit.answer(id, code))).toBe('done');
    });
  });

  describe('tells its owner [A43]', () => {
    it.each([
      ['account', 1],
      ['destination', 1],
      ['network', 0],
    ] as const)('that strangers used up the limit %s: %d', async (kind, count) => {
      const { lab, user } = await setUp({ [kind]: ONCE });
      valueOf(await ask(lab, user));
      lab.clock.now += MINUTE;
      expect(reasonOf(await ask(lab, user))).toBe('limited');
      expect(await told(lab)).toBe(count);
    });

    it('nothing of what the own device was refused to enroll', async () => {
      const { lab, user } = await setUp({ destination: ONCE });
      const owner = await lab.signIn(user);
      valueOf(await owner.prove('phone', () => sentCode(lab)));
      owner.from = { device: owner.kept };
      for (const word of ['done', 'limited']) {
        lab.clock.now += MINUTE;
        expect(reasonOf(await owner.enroll('phone', { phone: '+14155552680' }))).toBe(word);
      }
      expect(await told(lab)).toBe(0);
    });

    it('nothing of what the own device used up', async () => {
      const { lab, user } = await setUp({ account: ONCE });
      const owner = await lab.signIn(user);
      valueOf(await owner.prove('email', () => sentCode(lab)));
      const device = { device: owner.kept };
      for (const word of ['done', 'limited']) {
        lab.clock.now += MINUTE;
        expect(reasonOf(await ask(lab, user, 'email', device))).toBe(word);
      }
      expect(await told(lab)).toBe(0);
    });
  });
});
