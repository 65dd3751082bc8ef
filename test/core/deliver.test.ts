import { inspect } from 'node:util';

import { openChallenge } from '../../lib/core/commands/open-challenge.ts';
import { MfaError } from '../../lib/errors.ts';
import type { Message } from '../../lib/core/ports.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { HOUR, reasonOf, startEngine, valueOf } from './engine.ts';

describe('deliver', () => {
  /** A user with a verified mailbox and MFA on, and a transport that works when told to. */
  async function setUp(failWith: (message: Message) => unknown) {
    const post = { works: true };
    const lab = startEngine({
      email: {
        send: async (message) => {
          if (post.works) lab.outbox.push(message);
          else throw failWith(message);
        },
      },
    });
    const user = lab.user({ emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    return { lab, visit: await lab.signIn(user), post };
  }

  it('[AVL-6] voids the challenge when the message does not leave, and gives the wait back', async () => {
    const { lab, visit, post } = await setUp(() => new Error('down'));
    post.works = false;
    expect(await visit.challenge('email')).toEqual({
      status: 'refused',
      reason: 'undelivered',
      factor: 'email',
    });
    const { challenges } = await lab.engine.store.recall(pointerOf(visit.pointer));
    expect(challenges).toEqual([]);
    post.works = true;
    expect(reasonOf(await visit.challenge('email'))).toBe('done');
    expect(reasonOf(await visit.challenge('email'))).toBe('cooling');
    expect(await visit.guard()).toBe('more-factors');
  });

  it('[DEL-2] [A43] counts a message that was late, for it may have left, and none that failed', async () => {
    const post = { late: false };
    const seen: string[] = [];
    const lab = startEngine({
      sendTimeoutMs: 100,
      limits: { ...UNLIMITED, account: [{ limit: 3, windowMs: HOUR }] },
      email: {
        send: ({ to }) => {
          seen.push(to);
          return post.late ? new Promise(() => {}) : Promise.reject(new Error('down'));
        },
      },
      notify: false,
    });
    const user = lab.user({ emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const visit = await lab.signIn(user);
    for (let n = 0; n < 5; n += 1)
      expect(reasonOf(await visit.challenge('email'))).toBe('undelivered');
    post.late = true;
    for (let n = 0; n < 3; n += 1)
      expect(reasonOf(await visit.challenge('email'))).toBe('undelivered');
    expect(reasonOf(await visit.challenge('email'))).toBe('limited');
    expect(seen).toHaveLength(8);
  });

  it('[LOG-1] tells the host what failed, and nothing that a careless transport throws', async () => {
    const { lab, visit } = await setUp(() => undefined);
    const careless = {
      send: (message: Message) =>
        Promise.reject(Object.assign(new Error(message.text), { to: message.to })),
    };
    const engine = { ...lab.engine, senders: { email: careless } };
    const outcome = await openChallenge(engine, visit, { factor: 'email' });
    expect(reasonOf(outcome)).toBe('undelivered');
    const error = lab.events.find(({ type }) => type === 'delivery_failed')?.error as MfaError;
    expect(error).toBeInstanceOf(MfaError);
    expect(error.code).toBe('delivery_failed');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/\b\d{6}\b|example\.com/);
  });

  it('[LOG-1] takes no word of an error of ours that a foreign sender made', async () => {
    const { lab, visit, post } = await setUp(
      ({ to, text }) => new MfaError('store_unavailable', `${to}: ${text}`, { cause: text }),
    );
    post.works = false;
    await visit.challenge('email');
    const error = lab.events.find(({ type }) => type === 'delivery_failed')?.error as MfaError;
    expect(error).toMatchObject({
      code: 'delivery_failed',
      message: 'The email sender failed or took too long; its own log says why.',
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/\b\d{6}\b|example\.com/);
  });

  it('says to the sender how long the code is of use', async () => {
    const { lab, visit } = await setUp(() => undefined);
    valueOf(await visit.challenge('email'));
    expect(lab.outbox.at(-1)).toMatchObject({ channel: 'email', ttlMs: 600_000 });
  });

  it.each([
    ['the host knows of the user, before all that a browser asks for', 'de', ['fr', 'en'], 'Ihr '],
    ['a browser asks for, where the host knows of none', undefined, ['de', 'fr'], 'Ihr '],
    ['is ours, where nobody knows of any', undefined, undefined, 'your'],
  ])('writes in the language that %s', async (_what, locale, languages, word) => {
    const { lab, visit } = await setUp(() => undefined);
    const [user] = lab.users.values();
    lab.users.set('user-1', { id: 'user-1', ...user, locale });
    visit.from = { languages };
    valueOf(await visit.challenge('email'));
    expect(lab.outbox.at(-1)?.text).toContain(word);
  });

  it('is told to the host with whose code it was', async () => {
    const { lab, visit, post } = await setUp(() => new Error('down'));
    post.works = false;
    visit.from = { ip: '192.0.2.7' };
    await visit.challenge('email');
    expect(lab.events.at(-1)).toMatchObject({
      type: 'delivery_failed',
      userId: 'user-1',
      factor: 'email',
      ip: '192.0.2.7',
    });
  });

  it('passes on the word of a sender of ours', async () => {
    const own = new MfaError('delivery_failed', 'The relay refused the message (550).');
    const { lab, visit, post } = await setUp(() => own);
    post.works = false;
    await visit.challenge('email');
    expect(lab.events.find(({ type }) => type === 'delivery_failed')?.error).toBe(own);
  });
});

function pointerOf(pointer: string) {
  const [tag = '', id = '', secret = ''] = pointer.split('.');
  return { tag, id, secret };
}
