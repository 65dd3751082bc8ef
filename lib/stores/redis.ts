import { COOL_DOWN_MEMORY_MS } from '../core/cool-down.ts';
import { emptyEnrollment } from '../core/enrollment.ts';
import type { Pointer } from '../core/pointer.ts';
import type { Store } from '../core/ports.ts';
import { coolDownOf, slotOf } from '../core/slot.ts';
import { userTag } from '../crypto/user-tag.ts';
import type { RedisClient } from './redis/client.ts';
import { clockWarnings } from './redis/clock.ts';
import { connect } from './redis/connection.ts';
import type { Script } from './redis/connection.ts';
import { readEnrollment, readFacts, readNumber, readPointed } from './redis/decode.ts';
import {
  challengeHead,
  challengeValue,
  changeArgument,
  factsArgument,
  moveArgument,
  recordValue,
} from './redis/encode.ts';
import { evictionWarnings } from './redis/eviction.ts';
import { budgetKey, keysOf } from './redis/keys.ts';
import { readRedisOptions } from './redis/options.ts';
import type { RedisStoreOptions } from './redis/options.ts';
import { replies } from './redis/replies.ts';
import { scripts } from './redis/scripts.ts';

/**
 * Keeps everything in Redis 6.2 or later, standalone or Cluster: one script a verb, and one plain
 * read for a guard. Enrollments stay for good, all else is born with a time to live. Whatever
 * Redis fails to do rejects with `store_unavailable`, and then nothing was granted.
 *
 * @throws MfaError `options_invalid`
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): Store {
  const { prefix, timeoutMs, replicas } = readRedisOptions(client, options);
  const { run, read, reports } = connect(client, timeoutMs, replicas);
  const of = (userId: string, script: Script, args: unknown): Promise<unknown> =>
    run(script, keysOf(prefix, userTag(userId)), args);
  const at = ({ tag, id, secret }: Pointer, script: Script, more = {}): Promise<unknown> =>
    run(script, keysOf(prefix, tag), { id, secret, ...more });

  return {
    requestMs: 2 * timeoutMs,

    async enrollment(userId) {
      const [document] = await read(keysOf(prefix, userTag(userId))[0], 'document');
      return typeof document === 'string'
        ? readEnrollment(userId, document)
        : emptyEnrollment(userId);
    },

    async save(change) {
      return replies.saved(await of(change.next.userId, scripts.save, changeArgument(change)));
    },

    async begin(record, facts, { keepMs, limit }) {
      await of(record.userId, scripts.begin, {
        id: record.id,
        record: recordValue(record),
        facts: factsArgument(facts),
        now: record.createdAt,
        keepMs,
        limit,
      });
    },

    async session(pointer) {
      const { id, tag } = pointer;
      const sessions = keysOf(prefix, tag)[1];
      const [facts, value, seen] = await read(sessions, 'facts', `record:${id}`, `seen:${id}`);
      const record = readPointed(pointer, value, seen);
      if (!record) return {};
      return { record, ...(typeof facts === 'string' ? { facts: readFacts(facts) } : {}) };
    },

    async recall(pointer) {
      return replies.recalled(pointer, await at(pointer, scripts.recall));
    },

    async load(pointer) {
      return replies.loaded(pointer, await at(pointer, scripts.load));
    },

    async open({ challenge, secret, sending, now }) {
      const reply = await of(challenge.userId, scripts.open, {
        session: challenge.session,
        secret,
        id: challenge.id,
        counter: challenge.counters[0],
        slot: slotOf(challenge),
        challenge: challengeValue(challenge),
        expiresAt: challenge.expiresAt,
        place: coolDownOf(challenge),
        sending,
        memoryMs: COOL_DOWN_MEMORY_MS,
        now,
      });
      return replies.opened(reply);
    },

    async withdraw(challenge) {
      await of(challenge.userId, scripts.withdraw, {
        id: challenge.id,
        slot: slotOf(challenge),
        place: coolDownOf(challenge),
        createdAt: challenge.createdAt,
      });
    },

    async settle({ challenge, secret, ok, presents, change, locks, now }) {
      const reply = await of(challenge.userId, scripts.settle, {
        head: challengeHead(challenge),
        slot: slotOf(challenge),
        session: challenge.session,
        secret,
        counters: challenge.counters,
        place: coolDownOf(challenge),
        ok,
        presents,
        change: change && changeArgument(change),
        locks,
        now,
      });
      return replies.settled(reply);
    },

    async restore(challenge) {
      const { id, userId } = challenge;
      await of(userId, scripts.restore, { id, slot: slotOf(challenge) });
    },

    async outdate(userId, version, session) {
      return isTrue(await of(userId, scripts.outdate, { version, move: moveArgument(session) }));
    },

    async remember({ userId, facts, session, succeeded }) {
      const reply = await of(userId, scripts.remember, {
        facts: factsArgument(facts),
        move: moveArgument(session),
        succeeded: succeeded && {
          id: succeeded.id,
          counters: succeeded.counters,
          slot: slotOf(succeeded),
          place: coolDownOf(succeeded),
        },
      });
      return isTrue(reply);
    },

    async touch(pointer, seenAt) {
      await at(pointer, scripts.touch, { at: seenAt });
    },

    async renew({ id, secret }, { userId, version }, seenAt) {
      const args = { id, secret, version, at: seenAt };
      return replies.renewed(userId, await of(userId, scripts.renew, args));
    },

    async sessions(userId) {
      const records = replies.sessions(await of(userId, scripts.sessions, {}));
      return records.filter((record) => record.userId === userId);
    },

    async spend({ name, windows }, id, now) {
      return replies.spent(
        await run(scripts.spend, [budgetKey(prefix, name)], { windows, id, now }),
      );
    },

    async refund({ name }, id) {
      await run(scripts.refund, [budgetKey(prefix, name)], { id });
    },

    async tally({ name }, since) {
      return readNumber(await run(scripts.tally, [budgetKey(prefix, name)], { since }));
    },

    async warnings(now) {
      const earliest = now();
      const servers = await reports();
      return [...evictionWarnings(servers), ...clockWarnings(servers, [earliest, now()])];
    },

    async end(tag, ids) {
      return replies.ended(tag, await run(scripts.end, keysOf(prefix, tag), { ids }));
    },

    async forgive(tag) {
      await run(scripts.forgive, keysOf(prefix, tag), {});
    },

    async erase(tag) {
      await run(scripts.erase, keysOf(prefix, tag), {});
    },
  };
}

/** As the scripts say it; a client set to `stringNumbers` answers with text. */
function isTrue(reply: unknown): boolean {
  return Number(reply) === 1;
}
