import { randomBytes } from 'node:crypto';

import fc from 'fast-check';

import type { Factor } from '../../lib/core/factor.ts';
import { parsePointer } from '../../lib/core/pointer.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { createKeyring } from '../../lib/crypto/keyring.ts';
import { email } from '../../lib/factors/email.ts';
import { phone } from '../../lib/factors/phone.ts';
import { recoveryCodes } from '../../lib/factors/recovery-codes.ts';
import { totp } from '../../lib/factors/totp.ts';
import * as schemas from '../../lib/http/schemas.ts';
import type { MfaOptions } from '../../lib/mfa-options.ts';
import { MfaError } from '../../lib/errors.ts';
import { settleOptions } from '../../lib/options.ts';
import {
  readChallenge,
  readEnrollment,
  readFacts,
  readNumber,
  readPointed,
  readRecord,
} from '../../lib/stores/redis/decode.ts';
import { replies } from '../../lib/stores/redis/replies.ts';
import { hostEnrollments } from '../../lib/stores/host-enrollments.ts';
import {
  aChallenge,
  anAuthenticator,
  anEnrollment,
  aRecord,
  someFacts,
} from '../contracts/store-builders.ts';
import { BASE } from '../options/base.ts';
import { anyText } from '../support/any-text.ts';
import { runs } from './runs.ts';

const anything = fc.oneof(fc.jsonValue(), anyText(), fc.anything());

/** A document with one of its values, however deep, replaced by anything. */
function damaged(document: object): fc.Arbitrary<unknown> {
  const places = placesIn(document);
  return fc.tuple(fc.constantFrom(...places), fc.jsonValue()).map(([place, value]) => {
    const copy = structuredClone(document) as Record<string, unknown>;
    const last = place.at(-1) ?? '';
    const parent = place
      .slice(0, -1)
      .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
    parent[last] = value;
    return copy;
  });
}

function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]));
  return path.length > 0 ? [path, ...inner] : inner;
}

/** What it answers or an error of ours; anything else that is thrown fails the test. */
function orFault(code: string, parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    expect(error).toBeInstanceOf(MfaError);
    expect(error).toMatchObject({ code });
    return undefined;
  }
}

describe('no parser throws, whatever it is given:', () => {
  const rules = { tries: 5, digits: 6, ttlMs: 60_000, countries: 'all' } as const;
  const factors = [totp(rules), email(rules), phone(rules), recoveryCodes(rules)] as Factor[];

  it('[VER-3] [A33] no factor, for an answer or an enrollment', () => {
    const near = fc.record({ email: anything, phone: anything }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.oneof(anything, near), (raw) => {
        for (const factor of factors) {
          for (const parsed of [factor.answer(raw), factor.input(raw)])
            expect(typeof (parsed.ok ? parsed : parsed.message)).toBe(
              parsed.ok ? 'object' : 'string',
            );
        }
      }),
      runs(300),
    );
  });

  it('[A32] [A33] no schema of a body', () => {
    const { bodyAs, ...all } = schemas;
    const keys = [
      'email',
      'password',
      'mfa',
      'factor',
      'challengeId',
      'otp',
      'name',
      'userId',
      'secret',
      'phone',
      '__proto__',
    ];
    const bodies = fc.oneof(anything, fc.dictionary(fc.constantFrom(...keys), anything));
    fc.assert(
      fc.property(bodies, (body) => {
        for (const schema of Object.values(all)) {
          const read = bodyAs(schema, body);
          if (!('value' in read)) expect(read).toMatchObject({ reason: 'malformed' });
        }
      }),
      runs(300),
    );
  });

  it('no option, but for the one error that says what is wrong', () => {
    const names = [
      'issuer',
      'keys',
      'users',
      'store',
      'email',
      'session',
      'locks',
      'coolDownMs',
      'csrf',
      'hosting',
      'now',
      'countries',
    ];
    const some = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), anything);
    const text = fc.oneof(anyText(), fc.base64String({ maxLength: 60 }));
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          some,
          some.map((more) => ({ ...BASE, ...more })),
        ),
        (options) => {
          orFault('options_invalid', () => settleOptions(options as MfaOptions));
        },
      ),
      runs(300),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), (keys) => {
        orFault('key_invalid', () => createKeyring(keys));
      }),
      runs(),
    );
  });

  it('[STO-8] no pointer', () => {
    fc.assert(
      fc.property(anything, (raw) => {
        const pointer = parsePointer(raw);
        if (pointer) expect(Object.values(pointer).join('.')).toBe(raw);
      }),
      runs(300),
    );
  });

  it('[CRY-5] nothing sealed', () => {
    const ring = createKeyring([{ id: 'k', key: randomBytes(32) }]);
    const near = fc.tuple(fc.string(), fc.base64String()).map(([a, b]) => `v1.k.${a}.${b}`);
    fc.assert(
      fc.property(fc.oneof(anyText(), near), (text) => {
        expect(ring.open(text, ['x'])).toBeUndefined();
        expect(ring.digest('1', ['x'], text)).toMatch(/^k\./);
      }),
      runs(300),
    );
  });

  it('[STO-9] no document read back from a store, but for the one fault', () => {
    const record = aRecord();
    const enrollment = anEnrollment({ userId: record.userId, authenticators: [anAuthenticator()] });
    const documents = fc.oneof(
      damaged(record),
      damaged(enrollment),
      damaged(aChallenge(record, { expects: 'k.x', draft: 'v1', name: 'n' })),
      damaged(someFacts(1, { held: [{ id: 'a', type: 'totp', counts: true }] })),
      fc.jsonValue(),
    );
    const text = fc.oneof(
      documents.map((document) => `head 1 2 ${JSON.stringify(document)}`),
      anyText(),
    );
    const pointer = { tag: userTag(record.userId), id: record.id, secret: record.secret };
    fc.assert(
      fc.property(text, anything, (value, other) => {
        const readers = [
          () => readRecord(value, undefined),
          () => readEnrollment(record.userId, value),
          () => readChallenge(value),
          () => readFacts(value),
          () => readNumber(other),
          () => readPointed(pointer, value, null),
          () => replies.loaded(pointer, [value, [value, null, [value], ['failures:x', value]]]),
          () => replies.sessions(['record:x', value]),
          ...[replies.saved, replies.opened, replies.settled, replies.spent, replies.sessions].map(
            (read) => () => read(other),
          ),
        ];
        for (const read of readers) orFault('store_unavailable', read);
      }),
      runs(300),
    );
  });

  it('no enrollment of a host’s database, but for the one fault', async () => {
    const enrollment = anEnrollment({ authenticators: [anAuthenticator({ usedAt: 1 })] });
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged(enrollment), anything), async (document) => {
        const host = hostEnrollments({
          load: async () => document as never,
          save: async () => document as never,
        });
        for (const asked of [host.load(enrollment.userId), host.save(enrollment)])
          await asked.catch((error: unknown) => {
            expect(error).toMatchObject({ name: 'MfaError', code: 'host_callback_failed' });
          });
      }),
      runs(300),
    );
  });
});
