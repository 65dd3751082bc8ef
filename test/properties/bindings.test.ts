import fc from 'fast-check';

import { factorContext } from '../../lib/core/engine.ts';
import type { Challenge } from '../../lib/core/vocabulary.ts';
import { createKeyring } from '../../lib/crypto/keyring.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { signedStore } from '../../lib/stores/signed.ts';
import { aChallenge, anAttempt, aSession, NOW, pointerTo } from '../contracts/store-builders.ts';
import { startEngine } from '../core/engine.ts';
import { anyText } from '../support/any-text.ts';
import { runs } from './runs.ts';

const FIELDS = ['user', 'session', 'factor', 'purpose', 'authenticator', 'challenge'] as const;
const KEPT = ['userId', 'session', 'factor', 'purpose', 'authenticator', 'id'] as const;
const someText = fc.oneof(anyText(12), fc.constantFrom('a', 'b', ''));
const somePurpose = fc.constantFrom('prove' as const, 'enroll' as const);
const someAbout = fc.record({
  user: someText,
  session: someText,
  factor: someText,
  purpose: somePurpose,
  authenticator: someText,
  challenge: someText,
});

describe('a challenge, with any one thing changed that it is bound to,', () => {
  const { engine } = startEngine();
  const keyring = createKeyring([Buffer.from(Array.from({ length: 32 }, (_, i) => i * i + 7 * i))]);

  it('[CRY-2] [A08] [A09] [A11] [A12] expects another digest of the same code', () => {
    const digestOf = (about: typeof someAbout extends fc.Arbitrary<infer T> ? T : never) =>
      factorContext(engine, { ...about, user: { id: about.user } }).challengeDigest('123456');
    fc.assert(
      fc.property(
        someAbout,
        fc.constantFrom(...FIELDS),
        someText,
        somePurpose,
        (about, field, text, purpose) => {
          const other = { ...about, [field]: field === 'purpose' ? purpose : text };
          const isSame = other[field] === about[field];
          expect(digestOf(other) === digestOf(about)).toBe(isSame);
        },
      ),
      runs(500),
    );
  });

  it('[A08] [A09] [A11] [A12] is answered by nobody, and the one that is kept stays open', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...KEPT),
        fc.string({ minLength: 1 }),
        async (field, text) => {
          const store = memoryStore();
          const record = await aSession(store);
          const expects = keyring.digest('123456', ['x']);
          const challenge = aChallenge(record, { expects });
          await store.open({ challenge, secret: record.secret, now: NOW });
          const value = field === 'purpose' ? 'enroll' : text;
          const other = { ...challenge, [field]: value } as Challenge;
          const { status } = await store.settle(anAttempt(record, other, { presents: expects }));
          expect(status).toBe('expired');
          expect((await store.load(pointerTo(record))).challenges).toEqual([challenge]);
          expect(await store.settle(anAttempt(record, challenge))).toEqual({ status: 'accepted' });
        },
      ),
      runs(),
    );
  });

  it('[A56] is not believed when it is read back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...KEPT), fc.string(), async (field, text) => {
        const kept = memoryStore();
        const told: string[] = [];
        const store = signedStore(kept, keyring, ({ reason }) => void told.push(reason));
        const record = await aSession(store);
        const challenge = aChallenge(record);
        await store.open({ challenge, secret: record.secret, now: NOW });
        expect((await store.load(pointerTo(record))).challenges).toEqual([challenge]);
        const value = field === 'purpose' ? 'enroll' : text;
        const load: typeof kept.load = async (pointer) => {
          const loaded = await kept.load(pointer);
          const edit = (one: Challenge): Challenge => ({ ...one, [field]: value }) as Challenge;
          return { ...loaded, challenges: loaded.challenges.map(edit) };
        };
        const edited = signedStore(
          { ...kept, load },
          keyring,
          ({ reason }) => void told.push(reason),
        );
        expect((await edited.load(pointerTo(record))).challenges).toEqual([]);
        expect(told).toEqual(['challenge']);
      }),
      runs(),
    );
  });
});
