import { randomBytes } from 'node:crypto';

import { emptyEnrollment } from '../../lib/core/enrollment.ts';
import type { Store } from '../../lib/core/ports.ts';
import type { Challenge, Facts, SessionRecord } from '../../lib/core/vocabulary.ts';
import { createKeyring } from '../../lib/crypto/keyring.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { signedStore } from '../../lib/stores/signed.ts';
import { signature } from '../../lib/stores/signature.ts';
import {
  aChange,
  aRecord,
  aSession,
  anOpen,
  LIFETIME,
  NOW,
  pointerTo,
  RIGHT,
  someFacts,
  WRONG,
} from '../contracts/store-builders.ts';
import { storeContract } from '../contracts/store-contract.ts';

describe('signedStore over memoryStore', () => {
  const told: unknown[] = [];
  const keyring = createKeyring([randomBytes(32)]);
  const kept = memoryStore();
  // As two processes have it, and made within each test.
  const store = () => signedStore(kept, keyring, (unverified) => told.push(unverified));

  storeContract(() => [store(), store()]);

  it('finds nothing unverified that it wrote itself', () => {
    expect(told).toEqual([]);
  });
});

describe('signedStore', () => {
  const keyring = createKeyring([randomBytes(32)]);

  /** A signed store over one that answers what `edit` makes of what it keeps. */
  function edited(edit: (found: Found) => Found) {
    const told: unknown[] = [];
    const kept = memoryStore();
    const tell = (unverified: unknown): void => void told.push(unverified);
    const honest = signedStore(kept, keyring, tell);
    const forged: Store = {
      ...kept,
      session: async (pointer) => edit(await kept.session(pointer)),
      load: async (pointer) => {
        const { record, ...loaded } = await kept.load(pointer);
        const { record: other } = edit(record ? { record } : {});
        return { ...loaded, ...(other ? { record: other } : {}) };
      },
      sessions: async (userId) =>
        (await kept.sessions(userId)).flatMap((record) => edit({ record }).record ?? []),
    };
    return { honest, store: signedStore(forged, keyring, tell), told };
  }

  it.each<readonly [string, (record: SessionRecord) => object]>([
    ['completed more', (record) => ({ completed: [...record.completed, ...record.completed] })],
    ['of another user', () => ({ userId: 'eve' })],
    ['that never ends', () => ({ createdAt: NOW * 2 })],
    ['without a signature', () => ({ mac: undefined })],
    ['signed by nobody', () => ({ mac: 'k.x' })],
    ['found under another id', () => ({ id: 'other' })],
  ])('[A56] knows no session %s, and tells', async (_what, change) => {
    const { honest, store, told } = edited(({ record, ...rest }) => ({
      ...rest,
      ...(record ? { record: { ...record, ...change(record) } as SessionRecord } : {}),
    }));
    const record = await aSession(honest);
    expect(await store.session(pointerTo(record))).toEqual({});
    expect(told).toEqual([{ reason: 'record', session: record.id }]);
    expect(await store.load(pointerTo(record))).toEqual({
      challenges: [],
      failures: {},
      rests: {},
      enrollment: emptyEnrollment(''),
    });
  });

  it('[A56] lists no session that was made up', async () => {
    const { honest, store, told } = edited(({ record }) =>
      record ? { record: { ...record, createdAt: 1 } } : {},
    );
    const record = await aSession(honest);
    expect(await honest.sessions(record.userId)).toEqual([record]);
    expect(await store.sessions(record.userId)).toEqual([]);
    expect(told).toEqual([{ reason: 'record', session: record.id }]);
  });

  it.each<readonly [string, (facts: Facts) => Facts]>([
    ['that were changed', (facts) => ({ ...facts, mfa: !facts.mfa })],
    ['of an older version', (facts) => ({ ...facts, version: facts.version - 1 })],
  ])('[A56] takes facts %s for missing, and tells', async (_what, change) => {
    const { honest, store, told } = edited(({ record, facts }) => ({
      ...(record ? { record } : {}),
      ...(facts ? { facts: change(facts) } : {}),
    }));
    const record = await aSession(honest, {}, someFacts(3, { mfa: true }));
    expect(await honest.session(pointerTo(record))).toEqual({
      record,
      facts: someFacts(3, { mfa: true }),
    });
    expect(told).toEqual([]);
    expect(await store.session(pointerTo(record))).toEqual({ record });
    expect(told).toEqual([{ reason: 'facts', session: record.id, userId: record.userId }]);
  });

  it('[A56] takes genuine facts from before a session knew better for missing', async () => {
    let older: Facts | undefined;
    const { honest, store } = edited(({ record, facts }) => {
      older ??= facts;
      return { ...(record ? { record } : {}), ...(older ? { facts: older } : {}) };
    });
    const record = await aSession(honest, {}, someFacts(0));
    expect(await store.session(pointerTo(record))).toEqual({ record, facts: someFacts(0) });
    const { session, ...change } = aChange(record);
    expect(await honest.save({ ...change, session })).toBe('saved');
    expect(await store.session(pointerTo(session.record))).toEqual({ record: session.record });
  });

  it('[A56] takes no session of the user for another one', async () => {
    const kept = memoryStore();
    const honest = signedStore(kept, keyring, () => {});
    const record = await aSession(honest);
    const other = await aSession(honest, { userId: record.userId });
    const crossed = { ...kept, session: () => kept.session(pointerTo(other)) };
    const store = signedStore(crossed, keyring, () => {});
    expect(await store.session(pointerTo(record))).toEqual({});
    expect(await store.session(pointerTo(other))).toMatchObject({ record: other });
  });

  it.each<readonly [string, (kept: Challenge, other: Challenge) => Challenge]>([
    ['that expects another answer', (kept) => ({ ...kept, expects: WRONG })],
    ['with more tries', (kept) => ({ ...kept, tries: 99 })],
    ['without a signature', ({ ...kept }) => ({ ...kept, mac: undefined }) as Challenge],
    ['that is of another session', (_kept, other) => other],
  ])('[A56] knows no challenge %s, and tells', async (_what, change) => {
    const told: unknown[] = [];
    const kept = memoryStore();
    const tell = (unverified: unknown): void => void told.push(unverified);
    const honest = signedStore(kept, keyring, tell);
    const record = await aSession(honest);
    const { userId } = record;
    const second = await aSession(honest, { userId });
    const challenge = await anOpen(honest, record, { expects: RIGHT });
    await anOpen(honest, second, { expects: RIGHT });
    const [other] = (await kept.recall(pointerTo(second))).challenges;
    expect((await honest.recall(pointerTo(record))).challenges).toEqual([challenge]);
    expect(told).toEqual([]);
    const forged: Store = {
      ...kept,
      recall: async (pointer) => {
        const found = await kept.recall(pointer);
        return { ...found, challenges: found.challenges.map((one) => change(one, other ?? one)) };
      },
    };
    const recalled = await signedStore(forged, keyring, tell).recall(pointerTo(record));
    expect(recalled).toMatchObject({ record, challenges: [] });
    expect(told).toEqual([{ reason: 'challenge', session: record.id, userId }]);
  });

  it('knows nothing of what versions a session of an older release knew', async () => {
    const kept = memoryStore();
    const store = signedStore(kept, keyring, () => {});
    const { sign } = signature(keyring);
    const record = aRecord();
    const facts = someFacts(2);
    await kept.begin(
      sign('record', record.userId, record),
      sign('facts', record.userId, facts),
      LIFETIME,
    );
    expect(await store.session(pointerTo(record))).toEqual({ record, facts });
  });
});

interface Found {
  readonly record?: SessionRecord;
  readonly facts?: Facts;
}
