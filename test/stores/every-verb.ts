import { randomUUID } from 'node:crypto';

import type { Store } from '../../lib/core/ports.ts';
import type { Challenge, SessionRecord } from '../../lib/core/vocabulary.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import {
  aChallenge,
  aChange,
  anAttempt,
  anOpen,
  aSession,
  LIFETIME,
  NOW,
  pointerTo,
  RIGHT,
  someFacts,
} from '../contracts/store-builders.ts';

type Verbs = Readonly<Record<string, () => Promise<unknown>>>;

interface Arranged {
  readonly record: SessionRecord;
  readonly challenge: Challenge;
}

export const UNAVAILABLE = { name: 'MfaError', code: 'store_unavailable' };

const BUDGET = { name: 'network', windows: [{ limit: 1_000, windowMs: 60_000 }] };

/** A session with an open challenge that expects `RIGHT`. */
export async function arranged(store: Store): Promise<Arranged> {
  const record = await aSession(store);
  const challenge = await anOpen(store, record, { expects: RIGHT });
  // From here on Redis knows the script: what gets lost is the answer and not a NOSCRIPT.
  await store.settle({ ...anAttempt(record, challenge), secret: 'of nobody' });
  return { record, challenge };
}

/** Every verb, to be tried on what was arranged. */
export function everyVerb(store: Store, { record, challenge }: Arranged) {
  const { userId } = record;
  const at = pointerTo(record);
  return {
    reads: {
      enrollment: () => store.enrollment(userId),
      session: () => store.session(at),
      recall: () => store.recall(at),
      load: () => store.load(at),
      sessions: () => store.sessions(userId),
      tally: () => store.tally(BUDGET, NOW),
    },
    writes: {
      settle: () => store.settle(anAttempt(record, challenge)),
      begin: () => store.begin({ ...record, id: 'b' }, someFacts(), LIFETIME),
      save: () => store.save(aChange(record)),
      open: () => store.open({ challenge: aChallenge(record), secret: record.secret, now: NOW }),
      outdate: () => store.outdate(userId, 5),
      remember: () => store.remember({ userId, facts: someFacts(7) }),
      touch: () => store.touch(at, NOW),
      renew: () => store.renew(at, { userId, version: 0 }, NOW),
      spend: () => store.spend(BUDGET, randomUUID(), NOW),
    },
    deletes: {
      withdraw: () => store.withdraw(aChallenge(record)),
      restore: () => store.restore(aChallenge(record)),
      end: () => store.end(userTag(userId), ['x']),
      forgive: () => store.forgive(userTag('of nobody')),
      erase: () => store.erase(userTag('of nobody')),
      refund: () => store.refund(BUDGET, 'x'),
    },
  };
}

export async function allRejected(verbs: Verbs): Promise<void> {
  for (const result of await Promise.allSettled(Object.values(verbs).map((verb) => verb()))) {
    expect(result).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
  }
}

export async function allFulfilled(verbs: Verbs): Promise<void> {
  for (const verb of Object.values(verbs)) await verb();
}
