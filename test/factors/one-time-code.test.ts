import { createHash, getHashes } from 'node:crypto';

import { factorContext } from '../../lib/core/engine.ts';
import type { FactorContext } from '../../lib/core/factor.ts';
import { oneTimeCode, sendCode } from '../../lib/factors/one-time-code.ts';
import { startEngine } from '../core/engine.ts';

const rules = { tries: 5, digits: 6, ttlMs: 300_000 };
const to = '+14155552671';
const delivery = { channel: 'sms', to, mailbox: to } as const;

describe('one-time codes', () => {
  it.each(['000042', '000000', '012345'])('[GEN-2] keep the leading zeros of %s', (code) => {
    const context = contextOf({ digits: () => code });
    const { expects = '', deliver } = sendCode(context, delivery, rules);
    expect(deliver).toEqual({ ...delivery, code });
    expect(presented(context, code, expects)).toBe(expects);
    const short = String(Number(code));
    expect(presented(context, short, expects)).not.toBe(expects);
    expect(oneTimeCode.answer(Number(code)).ok).toBe(false);
  });

  it.each([6, 7, 8, 9, 10])('[GEN-1] have %i digits of the system', (digits) => {
    const codes = new Set(
      Array.from({ length: 50 }, () => {
        const { deliver } = sendCode(contextOf(), delivery, { ...rules, digits });
        expect(deliver?.code).toMatch(new RegExp(`^[0-9]{${digits}}$`));
        return deliver?.code;
      }),
    );
    expect(codes.size).toBeGreaterThan(45);
  });

  it('[STO-1] leave nothing that could be found by hashing a million codes', () => {
    const context = contextOf({ digits: () => '271828' });
    const { expects = '' } = sendCode(context, delivery, rules);
    const [, mac = ''] = expects.split('.');
    expect(Buffer.from(mac, 'base64url')).toHaveLength(32);
    const inputs = ['', context.user.id, to, 'c', 'a', 's', 'phone'].flatMap((part) => [
      `271828${part}`,
      `${part}271828`,
      `${part}:271828`,
      `271828:${part}`,
    ]);
    const made = hashesOf(inputs);
    expect(made.size).toBeGreaterThan(1_000);
    expect([...made].filter((hash) => expects.includes(hash) || hash.includes(mac))).toEqual([]);
    expect(expects).not.toContain('271828');
  });

  it('[GEN-9] present another digest for a code that was sent before', () => {
    const sent = Array.from({ length: 30 }, () => {
      const { expects = '', deliver } = sendCode(contextOf(), delivery, rules);
      return { expects, code: deliver?.code ?? '' };
    });
    const matches = sent.flatMap(({ expects }) =>
      sent.filter(({ code }) => presented(contextOf(), code, expects) === expects),
    );
    expect(matches).toHaveLength(0);
  });

  it('[CRY-1] still match what the former key digested, once the key ring has a newer one', () => {
    const [former, newer] = [keyOf(1), keyOf(2)];
    const before = contextOf({}, [former]);
    const { expects = '', deliver } = sendCode(before, delivery, rules);
    const code = deliver?.code ?? '';
    expect(presented(contextOf({}, [newer, former]), code, expects)).toBe(expects);
    expect(presented(contextOf({}, [newer, former]), '1', expects)).not.toBe(expects);
    expect(presented(contextOf({}, [newer]), code, expects)).not.toBe(expects);
  });
});

function keyOf(seed: number): string {
  return createHash('sha256').update(`key ${seed}`).digest('base64');
}

function contextOf(more: Partial<FactorContext> = {}, keys?: readonly string[]): FactorContext {
  const { engine } = startEngine(keys === undefined ? {} : { keys });
  const about = { factor: 'phone', purpose: 'prove', session: 's' } as const;
  const ids = { authenticator: 'a', challenge: 'c' };
  return { ...factorContext(engine, { user: { id: 'u1' }, ...about, ...ids }), ...more };
}

function presented(context: FactorContext, code: string, expects: string): string | undefined {
  const judgement = oneTimeCode.judge({ ...context, expects }, {}, code);
  return judgement.ok ? judgement.presents : undefined;
}

/** Every hash that Node knows of every input, in every spelling. */
function hashesOf(inputs: readonly string[]): ReadonlySet<string> {
  const hashes = new Set<string>();
  for (const algorithm of getHashes()) {
    for (const input of inputs) {
      try {
        const bytes = createHash(algorithm).update(input).digest();
        for (const encoding of ['hex', 'base64', 'base64url'] as const)
          hashes.add(bytes.toString(encoding).replace(/=+$/, ''));
      } catch (error) {
        // OpenSSL lists some that it no longer makes.
        expect(error).toHaveProperty('code', 'ERR_OSSL_EVP_UNSUPPORTED');
      }
    }
  }
  return hashes;
}
