import { inspect } from 'node:util';

import { openChallenge } from '../../lib/core/commands/open-challenge.ts';
import { MfaError } from '../../lib/errors.ts';
import type { Message, Sender } from '../../lib/core/ports.ts';
import { nodemailerSender } from '../../lib/nodemailer.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { HOUR, reasonOf, SECOND, startEngine, valueOf } from './engine.ts';

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

  describe('by a sender that ends by a time limit', () => {
    const hangs = () => new Promise<never>(() => {});
    const gives = (error: unknown) => ({ send: () => Promise.reject(error) });
    const own = { from: 'a@acme.example', timeoutMs: 5 };
    const LATE: readonly (readonly [string, Sender])[] = [
      ['ours', { send: hangs }],
      ['that of nodemailerSender', nodemailerSender({ sendMail: hangs }, own)],
      ['that of a fetch of the host', gives(new DOMException('5 ms', 'TimeoutError'))],
    ];
    const FAILED: readonly (readonly [string, Sender])[] = [
      ['a mail server refuses', gives(Object.assign(new Error('550'), { responseCode: 550 }))],
      ['nobody listens', gives(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }))],
      [
        'nodemailer finds no host',
        nodemailerSender(
          { sendMail: () => Promise.reject(Object.assign(new Error(), { code: 'EDNS' })) },
          own,
        ),
      ],
    ];

    /** A visit that may have three codes an hour, from a sender that fails from now on. */
    async function failing(email: Sender) {
      const lab = startEngine({
        sendTimeoutMs: 50,
        limits: { ...UNLIMITED, account: [{ limit: 3, windowMs: HOUR }] },
        email,
        notify: false,
      });
      const user = lab.user({ emailVerified: true });
      valueOf(await (await lab.signIn(user)).switchMfa(true));
      return { lab, visit: await lab.signIn(user) };
    }

    it.each(LATE)(
      '[DEL-1] [DEL-2] [A42] [A43] counts as sent by %s: it may have left',
      async (_whose, email) => {
        const { lab, visit } = await failing(email);
        for (const wait of [30, 60, 120]) {
          expect(reasonOf(await visit.challenge('email'))).toBe('undelivered');
          expect(reasonOf(await visit.challenge('email'))).toBe('cooling');
          lab.clock.now += wait * SECOND;
        }
        expect(reasonOf(await visit.challenge('email'))).toBe('limited');
        // Its code is good, should it come yet.
        const { challenges } = await lab.engine.store.recall(pointerOf(visit.pointer));
        expect(challenges).toHaveLength(1);
        expect(lab.events.filter(({ type }) => type === 'delivery_failed')).toHaveLength(3);
      },
    );

    it.each(FAILED)('[DEL-11] gives count and wait back where %s', async (_what, email) => {
      const { lab, visit } = await failing(email);
      for (let n = 0; n < 5; n += 1)
        expect(reasonOf(await visit.challenge('email'))).toBe('undelivered');
      const { challenges } = await lab.engine.store.recall(pointerOf(visit.pointer));
      expect(challenges).toEqual([]);
    });
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
