import { emptyEnrollment } from '../../lib/core/enrollment.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import {
  aRecord,
  aSession,
  LIFETIME,
  NOW,
  pointerTo,
  someFacts,
} from '../contracts/store-builders.ts';
import { storeContract } from '../contracts/store-contract.ts';

describe('memoryStore', () => {
  const store = memoryStore();

  storeContract(() => [store, store]);

  it('loads the enrollment of nobody by a pointer at nothing', async () => {
    const { enrollment } = await store.load(pointerTo(aRecord()));
    expect(enrollment).toEqual(emptyEnrollment(''));
    expect((await store.load(pointerTo(await aSession(store)))).enrollment.userId).not.toBe('');
  });

  it('lets go of what lived as long as a login, once somebody else signs in', async () => {
    const own = memoryStore();
    const record = await aSession(own);
    const later = async (createdAt: number) => {
      await own.begin(aRecord({ createdAt }), someFacts(), LIFETIME);
      return own.sessions(record.userId);
    };
    expect(await later(NOW + LIFETIME.keepMs - 1)).toEqual([record]);
    expect(await later(NOW + LIFETIME.keepMs)).toEqual([]);
    expect(await own.session(pointerTo(record))).toEqual({});
  });
});
