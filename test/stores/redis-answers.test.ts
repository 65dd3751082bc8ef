import { redisStore } from '../../lib/redis.ts';
import {
  aChallenge,
  aChange,
  anAttempt,
  aRecord,
  NOW,
  pointerTo,
} from '../contracts/store-builders.ts';
import { UNAVAILABLE } from './every-verb.ts';

describe('redisStore, whatever its client answers', () => {
  it('tries nothing a second time but a script that Redis did not know [AVL-4]', async () => {
    const asked: string[] = [];
    const failing = (message: string) => {
      const fail = (name: string) => async (): Promise<never> => {
        asked.push(name);
        throw new Error(message);
      };
      return {
        status: 'ready',
        evalsha: fail('evalsha'),
        eval: fail('eval'),
        hmget: fail('hmget'),
      };
    };
    const settle = (message: string): Promise<unknown> => {
      const record = aRecord();
      return redisStore(failing(message)).settle(anAttempt(record, aChallenge(record)));
    };
    for (const message of ['READONLY no', 'Connection is closed.', 'ERR NOSCRIPT in a message']) {
      await expect(settle(message)).rejects.toMatchObject(UNAVAILABLE);
    }
    expect(asked).toEqual(['evalsha', 'evalsha', 'evalsha']);
    await expect(settle('NOSCRIPT No matching script.')).rejects.toMatchObject(UNAVAILABLE);
    expect(asked.slice(3)).toEqual(['evalsha', 'eval']);
  });

  it.each([undefined, null, 0, 'OK', [], ['accepted!'], ['refused', 'x'], [['accepted']], {}])(
    'takes the answer %j of Redis for a fault',
    async (answer) => {
      const reply = async (): Promise<never> => answer as never;
      const store = redisStore({ status: 'ready', evalsha: reply, eval: reply, hmget: reply });
      const record = aRecord();
      const challenge = aChallenge(record);
      for (const verb of [
        () => store.settle(anAttempt(record, challenge)),
        () => store.open({ challenge, secret: record.secret, now: NOW }),
        () => store.save(aChange(record)),
        () => store.load(pointerTo(record)),
        () => store.session(pointerTo(record)),
        () => store.enrollment(record.userId),
        () => store.spend({ name: 'b', windows: [] }, 'x', NOW),
      ]) {
        await expect(verb()).rejects.toMatchObject(UNAVAILABLE);
      }
    },
  );

  it('takes a client that throws for one that fails', async () => {
    const thrower = (): never => {
      throw new TypeError('secret');
    };
    const store = redisStore({ status: 'ready', evalsha: thrower, eval: thrower, hmget: thrower });
    await expect(store.enrollment('u')).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.sessions('u')).rejects.toMatchObject({ cause: { name: 'TypeError' } });
  });

  it('sends no script anew whose answer nobody waits for any more [AVL-4]', async () => {
    const asked: string[] = [];
    let fail: (error: Error) => void = () => undefined;
    const client = {
      status: 'ready',
      evalsha: () => new Promise<never>((_resolve, reject) => (fail = reject)),
      eval: async () => asked.push('eval'),
      hmget: async () => [],
    };
    const late = redisStore(client, { timeoutMs: 10 }).end('tag', 'all');
    await expect(late).rejects.toMatchObject(UNAVAILABLE);
    fail(new Error('NOSCRIPT No matching script.'));
    await new Promise(setImmediate);
    expect(asked).toEqual([]);
  });

  it.each([
    ['is not connected: connect the client at start', { status: 'end' }],
    ['refused a command.', { hmget: () => Promise.reject(new Error('ERR')) }],
    ['gave no answer within 10 ms.', { hmget: () => new Promise<never>(() => undefined) }],
    ['holds something under the prefix of this store', { hmget: async () => ['{}'] }],
  ])('says that it %s, that nothing was granted and what to look at', async (what, more) => {
    const none = () => Promise.reject(new Error('Nobody asks.'));
    const client = { status: 'ready', evalsha: none, eval: none, hmget: none, ...more };
    const { message } = await redisStore(client, { timeoutMs: 10 })
      .enrollment('u')
      .then(
        () => new Error('It answered.'),
        (error: Error) => error,
      );
    expect(message).toContain(`Redis ${what}`);
    expect(message).toMatch(/Nothing was granted\. Check that it is reachable, writable/);
  });
});
