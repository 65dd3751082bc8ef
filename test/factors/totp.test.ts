import { randomBytes, randomInt } from 'node:crypto';

import fc from 'fast-check';
import qrcode from 'qrcode';

import { factorContext } from '../../lib/core/engine.ts';
import type { Factor, FactorContext, Judgement } from '../../lib/core/factor.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { totp } from '../../lib/factors/totp.ts';
import type { TotpSecret } from '../../lib/factors/totp.ts';
import { factorContract } from '../contracts/factor-contract.ts';
import { START, startEngine } from '../core/engine.ts';
import { base32Bytes, base32Text, codeAt, hotp, STEP_MS } from './hotp.ts';
import { hasOathtool, oathtool } from './oathtool.ts';
import { modulesOfPng, modulesOfSvg } from './qr-modules.ts';
import { RFC_4226, RFC_6238, RFC_SEED } from './rfc-vectors.ts';

const factor = () => totp({ tries: 5 });
const SECOND = 1_000;
const HOSTILE = 'x&secret=AAAA#y?z=%41+ /\\';
const context = contextAt(START);

describe('totp', () => {
  factorContract({
    factor: () => totp({ tries: 5 }) as Factor,
    user: { id: 'u1', email: 'ada@example.com' },
    boundTo: [],
    answerTo: ({ secret }, now) => codeAt((secret as TotpSecret).seed, now),
  });

  describe('[GEN-4] conforms to the published vectors', () => {
    it.each(RFC_4226)('RFC 4226 appendix D: counter %i is %s', (counter, code) => {
      expect(accepts(RFC_SEED, code, counter * STEP_MS)).toBe(true);
      expect(hotp(base32Bytes(RFC_SEED), counter)).toBe(code);
    });

    it.each(RFC_6238)('RFC 6238 appendix B: at %i s the code ends in %s', (seconds, code) => {
      expect(accepts(RFC_SEED, code.slice(-6), seconds * SECOND)).toBe(true);
      expect(hotp(base32Bytes(RFC_SEED), Math.floor(seconds / 30), 8)).toBe(code);
    });

    it('and agrees with oathtool on random seeds, up to the year 2500', () => {
      if (!hasOathtool()) return;
      for (let round = 0; round < 40; round += 1) {
        const seed = base32Text(randomBytes(20));
        const seconds = randomInt(1, 16_725_225_600);
        const [code, next] = oathtool(seed, seconds);
        const now = seconds * SECOND;
        const round_ = { seed, seconds, code, next };
        expect({ ...round_, accepted: accepts(seed, code, now) }).toMatchObject({ accepted: true });
        const later = accepts(seed, next, now + STEP_MS);
        expect({ ...round_, accepted: later }).toMatchObject({ accepted: true });
      }
    });
  });

  describe('[GEN-3] makes a seed', () => {
    it('of 160 bits of the system, another each time', async () => {
      const asked: number[] = [];
      const { engine } = startEngine();
      const random = {
        ...engine.random,
        bytes: (count: number) => {
          asked.push(count);
          return engine.random.bytes(count);
        },
      };
      const seeds = new Set<string>();
      for (let time = 0; time < 10; time += 1) {
        const { seed } = (await enrolled({}, { ...engine, random })).secret;
        expect(base32Bytes(seed)).toHaveLength(20);
        seeds.add(seed);
      }
      expect(seeds.size).toBe(10);
      expect(asked).toEqual(Array.from({ length: 10 }, () => 20));
    });

    it('and ignores one that a client sends', async () => {
      for (const sent of [{ secret: RFC_SEED }, { seed: RFC_SEED }, RFC_SEED]) {
        const parsed = factor().input(sent);
        if (!parsed.ok) throw new Error(parsed.message);
        const draft = await factor().enroll(contextAt(START), parsed.value);
        expect(JSON.stringify(draft)).not.toContain(RFC_SEED);
      }
    });
  });

  describe('[GEN-8] gives an otpauth URI', () => {
    it.each<readonly [string, Partial<User>, string]>([
      ['Acme', { email: 'ada@example.com', name: 'Ada' }, 'ada@example.com'],
      ['Acme', { name: 'Ada Lovelace' }, 'Ada Lovelace'],
      ['Acme', {}, 'u1'],
      ['Acme', { email: '', name: '' }, 'u1'],
      ['A & B', { email: 'a+b@example.com' }, 'a+b@example.com'],
      ['Ünïcode ☃ 株式会社', { name: 'Åsa 🦊' }, 'Åsa 🦊'],
      ['#1?=%20', { name: HOSTILE }, HOSTILE],
      ['Acme', { name: 'otpauth://totp/Evil:x?secret=A' }, 'otpauth://totp/Evil:x?secret=A'],
      ['Acme', { name: 'a\r\nb\0c"<img>' }, 'a\r\nb\0c"<img>'],
    ])(
      'of issuer %j and user %j that reads back as it was meant',
      async (issuer, user, account) => {
        const { uri, secret } = await enrolled(user, startEngine({ issuer }).engine);
        const url = new URL(uri);
        expect([url.protocol, url.host]).toEqual(['otpauth:', 'totp']);
        expect([...url.searchParams.keys()].toSorted()).toEqual(['issuer', 'secret']);
        expect(url.searchParams.get('secret')).toBe(secret.seed);
        expect(secret.seed).toMatch(/^[A-Z2-7]{32}$/);
        expect(url.searchParams.get('issuer')).toBe(issuer);
        // The first colon ends the issuer, which holds none.
        const label = uri.slice('otpauth://totp/'.length, uri.indexOf('?'));
        const colon = label.indexOf(':');
        expect(decodeURIComponent(label.slice(0, colon))).toBe(issuer);
        expect(decodeURIComponent(label.slice(colon + 1))).toBe(account);
        expect(uri).toMatch(/^[\x21-\x7e]+$/);
        expect(uri).not.toMatch(/[+"<>\\]/);
      },
    );

    it.each([
      ['of 5,000 letters', 'x'.repeat(5_000)],
      ['of 5,000 foxes', '🦊'.repeat(5_000)],
      ['that is half a character', '\ud800'],
      ['that ends in half a character', 'Ada\udfff'],
    ])('also for a name %s', async (_what, name) => {
      const issuer = '社'.repeat(64);
      const { uri, secret } = await enrolled({ name }, startEngine({ issuer }).engine);
      expect(new URL(uri).searchParams.get('secret')).toBe(secret.seed);
      expect(decodeURIComponent(new URL(uri).pathname)).toContain(
        name.replace(/\p{Surrogate}$/u, '\ufffd').slice(0, 80),
      );
    });
  });

  describe('shows the URI as a QR code', () => {
    it('whose SVG and PNG have the very modules of the URI', async () => {
      const { uri, qrSvg, qrPng } = await enrolled();
      const { modules } = qrcode.create(uri, { errorCorrectionLevel: 'M' });
      const expected = Array.from({ length: modules.size }, (_, y) =>
        Array.from({ length: modules.size }, (_, x) => (modules.get(y, x) ? '#' : ' ')).join(''),
      );
      expect(modulesOfSvg(qrSvg)).toEqual(expected);
      expect(modulesOfPng(qrPng)).toEqual(expected);
    });

    it('and leaves neither seed nor URI nor name in it as text', async () => {
      const { qrSvg, qrPng, secret } = await enrolled({ name: '<script>Ada Lovelace' });
      const png = Buffer.from(qrPng.slice(qrPng.indexOf(',') + 1), 'base64').toString('latin1');
      for (const text of [secret.seed, 'otpauth', 'Ada Lovelace', 'script', 'Acme'])
        for (const shown of [qrSvg, png]) expect(shown).not.toContain(text);
      expect(qrSvg.replace(/<(\/?svg|path)[^<>]*>/g, '').trim()).toBe('');
    });
  });

  describe('[VER-6] takes the code of one step before or after and no other', () => {
    it.each([
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ])('the code of step %i: %s', (offset, expected) => {
      const code = codeAt(RFC_SEED, START + offset * STEP_MS);
      expect(accepts(RFC_SEED, code, START)).toBe(expected);
    });

    it('to the millisecond: a step begins with its first and ends with its last', () => {
      const begin = Math.floor(START / STEP_MS) * STEP_MS;
      const code = codeAt(RFC_SEED, begin);
      const accepted = [-30_001, -30_000, 0, 29_999, 30_000, 59_999, 60_000].filter((ms) =>
        accepts(RFC_SEED, code, begin + ms),
      );
      expect(accepted).toEqual([-30_000, 0, 29_999, 30_000, 59_999]);
    });

    it('in 400 tries with random codes at one moment, three at most', () => {
      const codes = new Set([-1, 0, 1].map((n) => codeAt(RFC_SEED, START + n * STEP_MS)));
      for (let n = 0; n < 400; n += 1) {
        const code = String(n * 2_500).padStart(6, '0');
        expect([code, accepts(RFC_SEED, code, START)]).toEqual([code, codes.has(code)]);
      }
    });
  });

  describe('[REP-2] accepts no step twice', () => {
    const fresh = { seed: RFC_SEED, lastStep: 0 };
    /** After the code of this moment was accepted. */
    const used = () => accepted(judge(fresh, codeAt(RFC_SEED, START), START));

    it('[A48] says that it was used, 1 to 89 s later', () => {
      const begin = Math.floor(START / STEP_MS) * STEP_MS;
      const code = codeAt(RFC_SEED, begin);
      const verdicts = [0, 1, 29, 30, 31, 59, 60, 89].map((seconds) => [
        seconds,
        verdict(judge(used(), code, begin + seconds * SECOND)),
      ]);
      expect(Object.fromEntries(verdicts)).toEqual({
        0: 'used',
        1: 'used',
        29: 'used',
        30: 'used',
        31: 'used',
        59: 'used',
        60: 'wrong',
        89: 'wrong',
      });
    });

    it('[A48] nor the step before one that was accepted', () => {
      const before = codeAt(RFC_SEED, START - STEP_MS);
      expect(verdict(judge(used(), before, START))).toBe('used');
      expect(verdict(judge(fresh, before, START))).toBe('ok');
    });

    it('and goes on with the next step, from a code that was early, too', () => {
      const next = codeAt(RFC_SEED, START + STEP_MS);
      const after = accepted(judge(used(), next, START));
      expect(after).toEqual({ seed: RFC_SEED, lastStep: Math.floor(START / STEP_MS) + 1 });
      expect(verdict(judge(after, next, START + STEP_MS))).toBe('used');
    });

    it('[REP-4] and keeps the mark by authenticator: another one takes a code of the same step', () => {
      expect(used().lastStep).toBeGreaterThan(0);
      expect(verdict(judge(fresh, codeAt(RFC_SEED, START), START))).toBe('ok');
    });

    it('in any sequence of times, forwards and backwards: what is accepted only rises', () => {
      // Within these steps no two neighbors of this seed have the same code, so a code is a step.
      const steps = Array.from({ length: 400 }, (_, n) => hotp(base32Bytes(RFC_SEED), n + 1_000));
      for (const [n, code] of steps.entries()) expect(steps.indexOf(code)).toBe(n);
      const moments = fc.array(
        fc.record({
          at: fc.integer({ min: 1_002_000, max: 1_397_000 }),
          ahead: fc.integer({ min: -2, max: 2 }),
        }),
        { minLength: 1, maxLength: 40 },
      );
      const near = fc.array(
        fc.record({
          at: fc.integer({ min: 1_100_000, max: 1_110_000 }),
          ahead: fc.integer({ min: -2, max: 2 }),
        }),
        { minLength: 1, maxLength: 40 },
      );
      fc.assert(
        fc.property(fc.oneof(moments, near), (sequence) => {
          let secret: TotpSecret = { seed: RFC_SEED, lastStep: 0 };
          for (const { at, ahead } of sequence) {
            const now = at * 30;
            const step = Math.floor(now / STEP_MS) + ahead;
            const judgement = judge(secret, steps[step - 1_000] ?? '', now);
            const isFresh = step > secret.lastStep && Math.abs(ahead) <= 1;
            expect({ step, ok: judgement.ok }).toEqual({ step, ok: isFresh });
            if (judgement.ok) secret = accepted(judgement);
            expect(secret.lastStep).toBe(isFresh ? step : secret.lastStep);
          }
        }),
      );
    });

    it('[A50] and never throws, whatever the clock and the mark say', () => {
      const times = [0, 1, 29_999, 30_000, START - 3_600_000, START, 4_102_444_800_000, 1e15];
      for (const now of times) {
        for (const lastStep of [0, used().lastStep, Number.MAX_SAFE_INTEGER]) {
          const code = codeAt(RFC_SEED, now);
          const expected = Math.floor(now / STEP_MS) > lastStep ? 'ok' : 'used';
          expect([now, lastStep, verdict(judge({ seed: RFC_SEED, lastStep }, code, now))]).toEqual([
            now,
            lastStep,
            expected,
          ]);
        }
      }
    });
  });
});

function contextAt(now: number): FactorContext {
  const { engine } = startEngine();
  return { ...factorContext(engine, about({ id: 'u1' })), now };
}

function about(user: User) {
  return {
    user,
    factor: 'totp',
    purpose: 'enroll',
    session: 's',
    authenticator: 'a',
    challenge: 'c',
  } as const;
}

interface Revealed {
  readonly uri: string;
  readonly qrSvg: string;
  readonly qrPng: string;
  readonly secret: TotpSecret;
}

/** A draft, with what its owner sees of it. */
async function enrolled(
  more: Partial<User> = { email: 'ada@example.com' },
  engine = startEngine().engine,
): Promise<Revealed> {
  const draft = await factor().enroll(
    factorContext(engine, about({ id: 'u1', ...more })),
    undefined,
  );
  if ('message' in draft) throw new Error(draft.message);
  return { ...(draft.reveal as unknown as Revealed), secret: draft.secret };
}

function judge(secret: TotpSecret, code: string, now: number): Judgement<TotpSecret> {
  return factor().judge({ ...context, now }, secret, code) as Judgement<TotpSecret>;
}

/** Whether a fresh authenticator of this seed takes the code; also of step 0. */
function accepts(seed: string, code: string, now: number): boolean {
  return judge({ seed, lastStep: -1 }, code, now).ok;
}

function verdict(judgement: Judgement<unknown>): string {
  return judgement.ok ? 'ok' : judgement.reason;
}

function accepted(judgement: Judgement<TotpSecret>): TotpSecret {
  if (!judgement.ok || !judgement.next) throw new Error('was not accepted');
  return judgement.next;
}
