import fc from 'fast-check';

import { factorContext } from '../../lib/core/engine.ts';
import type { Engine } from '../../lib/core/engine.ts';
import type { Draft, Factor, FactorContext, Judgement, Prepared } from '../../lib/core/factor.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { START, startEngine } from '../core/engine.ts';
import { seededRandom } from '../core/seeded-random.ts';
import { anyText } from '../support/any-text.ts';

type About = Parameters<typeof factorContext>[1];
type Part = 'user' | 'session' | 'factor' | 'purpose' | 'authenticator' | 'challenge';

/** One factor, and what its suite cannot know by itself. */
export interface FactorWorld {
  readonly factor: () => Factor;
  /** A user who has all that the factor needs, and vouches for none of it. */
  readonly user: User;
  /** What a client sends to enroll, if anything. */
  readonly input?: unknown;
  /** Whatever of a context an answer is bound to; the rest may change between making and judging. */
  readonly boundTo: readonly Part[];
  /** The right answer at this time, where it is not sent. */
  answerTo?(draft: Draft<unknown>, now: number): string;
}

/** What every factor promises. Call it in the `describe` of the factor. */
export function factorContract({
  factor: create,
  user,
  input,
  boundTo,
  answerTo = () => '',
}: FactorWorld): void {
  let factor = create();
  beforeEach(() => {
    factor = create();
  });
  const engine: Engine = { ...startEngine().engine, random: seededRandom(factor.type) };
  const about: About = {
    user,
    factor: factor.type,
    purpose: 'prove',
    session: engine.random.token(16),
    authenticator: engine.random.token(16),
    challenge: engine.random.token(32),
  };

  /** A draft as the factor makes it for the first time of asking. */
  async function drafted(context: FactorContext = factorContext(engine, about)) {
    const parsed = factor.input(input);
    if (!parsed.ok) throw new Error(parsed.message);
    const draft = await factor.enroll(context, parsed.value);
    if ('message' in draft) throw new Error(draft.message);
    return draft;
  }

  /** An enrolled secret, and the answer that is right now: to the draft itself, or to a challenge. */
  async function made(to: 'the draft' | 'a challenge' = 'a challenge') {
    const draft = await drafted();
    const prepared = to === 'the draft' ? draft : await challenged(draft.secret);
    const right = prepared.deliver?.code ?? answerTo(draft, START);
    return { secret: draft.secret, expects: prepared.expects, right };
  }

  async function challenged(secret: unknown): Promise<Prepared> {
    const prepared = await factor.challenge(factorContext(engine, about), secret);
    if ('message' in prepared) throw new Error(prepared.message);
    return prepared;
  }

  function read(text: string): unknown {
    const parsed = factor.answer(text);
    if (!parsed.ok) throw new Error(parsed.message);
    return parsed.value;
  }

  /** What settles an answer in the end: the judgement, and the match of what it presents. */
  async function isAccepted(
    { secret, expects }: Awaited<ReturnType<typeof made>>,
    answer: string,
    changes: Partial<About> = {},
    by: Engine = engine,
  ): Promise<boolean> {
    const context = factorContext(by, { ...about, ...changes, expects });
    const judgement = await factor.judge(context, secret, read(answer));
    return judgement.ok && (expects === undefined || judgement.presents === expects);
  }

  it('[VER-8] keeps its traits within bounds: 1 to 5 tries, at most 10 minutes', () => {
    const { amr, max, tries, ttlMs } = factor.traits;
    expect(amr.length).toBeGreaterThan(0);
    expect(max).toBeGreaterThanOrEqual(1);
    expect([1, 2, 3, 4, 5]).toContain(tries);
    expect(ttlMs).toBeGreaterThan(0);
    expect(ttlMs).toBeLessThanOrEqual(600_000);
  });

  describe('reads what a client sent', () => {
    it('[VER-3] without ever throwing, and answers with one message that holds nothing of it', () => {
      const messages = { answer: new Set<string>(), input: new Set<string>() };
      const anything = fc.oneof(fc.jsonValue(), anyText(), fc.anything());
      fc.assert(
        fc.property(anything, (raw) => {
          for (const parser of ['answer', 'input'] as const) {
            const parsed = factor[parser](raw);
            if (!parsed.ok) messages[parser].add(parsed.message);
          }
        }),
        { numRuns: 1_000 },
      );
      expect(messages.answer.size).toBe(1);
      expect(messages.input.size).toBeLessThanOrEqual(1);
      expect([...messages.answer, ...messages.input]).not.toContain('');
    });

    it('[VER-3] and takes no answer but text of ASCII', () => {
      const answers = fc.oneof(
        anyText(70),
        fc.string({
          unit: oneOf('0123456789 -٣３\0O'),
          maxLength: 70,
        }),
      );
      fc.assert(
        fc.property(answers, (raw) => {
          const parsed = factor.answer(raw);
          if (parsed.ok) expect(`${raw}${String(parsed.value)}`).toMatch(/^[\x20-\x7e]*$/);
        }),
        { numRuns: 1_000 },
      );
    });

    it.each(HOSTILE_ANSWERS)('[VER-3] [A33] [A34] and refuses $what', ({ raw }) => {
      expect(factor.answer(raw)).toMatchObject({ ok: false });
    });
  });

  describe.each(['the draft', 'a challenge'] as const)('judges answers to %s', (to) => {
    it('and accepts the right one', async () => {
      const making = await made(to);
      expect(await isAccepted(making, making.right)).toBe(true);
    });

    it('and accepts it with spaces and hyphens between, as people type it', async () => {
      const making = await made(to);
      expect(await isAccepted(making, ` ${Array.from(making.right).join(' ')} `)).toBe(true);
      expect(await isAccepted(making, Array.from(making.right).join('-'))).toBe(true);
    });

    it('and refuses it with any one character changed, missing or doubled', async () => {
      const making = await made(to);
      const { right } = making;
      for (const [at, symbol] of Array.from(right).entries()) {
        if (symbol === '-') continue;
        const other = symbol === '7' ? '8' : '7';
        for (const instead of [other, '', symbol + symbol]) {
          const wrong = right.slice(0, at) + instead + right.slice(at + 1);
          expect([wrong, await isAccepted(making, wrong)]).toEqual([wrong, false]);
        }
      }
    });

    it('and refuses the right answer to another of its kind', async () => {
      const [one, other] = [await made(to), await made(to)];
      expect(other.right).not.toBe(one.right);
      expect(await isAccepted(one, other.right)).toBe(false);
    });

    it('and has the store compare whenever, and only when, a code is sent', async () => {
      const { secret } = await made(to);
      const prepared = to === 'the draft' ? await drafted() : await challenged(secret);
      expect(prepared.expects === undefined).toBe(prepared.deliver === undefined);
    });
  });

  describe('judges purely', () => {
    it('the same inputs give the same judgement, and stay as they were', async () => {
      const { secret, expects, right } = await made();
      for (const answer of [read(right), read('000 000')]) {
        const before = JSON.stringify([secret, answer]);
        const context = deepFreeze(factorContext(engine, { ...about, expects }));
        deepFreeze(secret);
        const [first, second] = await withoutClockOrChance(async () => [
          await factor.judge(context, secret, answer),
          await factor.judge(context, secret, answer),
        ]);
        expect(second).toEqual(first);
        expect(JSON.stringify([secret, answer])).toBe(before);
      }
    });

    it('[VER-2] every answer that can be read, of any length, without throwing', async () => {
      const { secret, expects } = await made();
      const context = factorContext(engine, { ...about, expects });
      const lengths = Array.from({ length: 65 }, (_, length) => '1'.repeat(length));
      const texts = fc.string({ unit: oneOf('0123456789 -oIlZz~'), maxLength: 64 });
      const judged = async (text: string): Promise<void> => {
        const parsed = factor.answer(text);
        if (!parsed.ok) return;
        const judgement: Judgement<unknown> = await factor.judge(context, secret, parsed.value);
        expect(typeof judgement.ok).toBe('boolean');
      };
      for (const text of lengths) await judged(text);
      await fc.assert(fc.asyncProperty(texts, judged));
    });

    it('and enrolls by what its context gives and by nothing else', async () => {
      const draft = (seed: string) =>
        drafted(factorContext({ ...engine, random: seededRandom(seed) }, about));
      expect(await draft('one')).toEqual(await draft('one'));
      expect(await draft('other')).not.toEqual(await draft('one'));
    });
  });

  it('keeps a secret that is plain JSON', async () => {
    const { secret } = await made();
    expect(JSON.parse(JSON.stringify(secret))).toStrictEqual(secret);
  });

  it('[DEL-9] describes a secret without revealing any part of it that is text', async () => {
    const { secret } = await made();
    const shown = JSON.stringify(factor.describe(secret));
    expect(textsIn(secret).length).toBeGreaterThan(0);
    expect(textsIn(secret).filter((text) => shown.includes(text))).toEqual([]);
  });

  it('[DEL-10] takes no secret on the word of a host that verified nothing', () => {
    for (const verified of [undefined, false]) {
      const claimed = { ...user, emailVerified: verified, phoneVerified: verified };
      expect(factor.vouched(claimed)).toBeUndefined();
    }
    const nowhere = { id: user.id, emailVerified: true, phoneVerified: true };
    expect(factor.vouched(nowhere)).toBeUndefined();
  });

  describe('[VER-4] [STO-2] binds an answer to no more and no less than it says:', () => {
    const changes: Readonly<Record<Part, Partial<About>>> = {
      user: { user: { ...user, id: `${user.id}2` } },
      session: { session: engine.random.token(16) },
      factor: { factor: `${factor.type}2` },
      purpose: { purpose: 'enroll' },
      authenticator: { authenticator: engine.random.token(16) },
      challenge: { challenge: engine.random.token(32) },
    };

    it.each(Object.keys(changes) as Part[])('%s', async (part) => {
      const making = await made();
      expect(await isAccepted(making, making.right)).toBe(true);
      const accepted = await isAccepted(making, making.right, changes[part]);
      expect(accepted).toBe(!boundTo.includes(part));
    });

    it('key ring', async () => {
      const making = await made();
      const { engine: stranger } = startEngine();
      const accepted = await isAccepted(making, making.right, {}, stranger);
      expect(accepted).toBe(boundTo.length === 0);
    });
  });
}

/** Runs something in a world in which nobody can tell the time or throw dice. */
async function withoutClockOrChance<T>(run: () => Promise<T>): Promise<T> {
  const deny = (what: string) => (): never => {
    throw new Error(`${what} was used`);
  };
  const spies = [
    jest.spyOn(Math, 'random').mockImplementation(deny('Math.random')),
    jest.spyOn(performance, 'now').mockImplementation(deny('performance.now')),
    jest.spyOn(Date, 'now').mockImplementation(deny('Date.now')),
  ];
  const RealDate = Date;
  globalThis.Date = new Proxy(Date, { construct: deny('Date'), apply: deny('Date') });
  try {
    return await run();
  } finally {
    globalThis.Date = RealDate;
    for (const spy of spies) spy.mockRestore();
  }
}

/** One character of a text. */
function oneOf(characters: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(characters));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** Every text of some length in a value. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length > 2 ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

const HOSTILE_ANSWERS: readonly { readonly what: string; readonly raw: unknown }[] = [
  { what: 'nothing', raw: undefined },
  { what: 'null', raw: null },
  { what: 'true', raw: true },
  { what: 'a number', raw: 123456 },
  { what: 'a number beyond all numbers', raw: Number.POSITIVE_INFINITY },
  { what: 'a bigint', raw: 123456n },
  { what: 'an empty list', raw: [] },
  { what: 'a list of one code', raw: ['123456'] },
  { what: 'a list of lists', raw: [['123456']] },
  { what: 'an empty object', raw: {} },
  { what: 'a query operator', raw: { $ne: 1 } },
  { what: 'an object that can be read as text', raw: { toString: () => '123456' } },
  { what: 'a boxed string', raw: Object('123456') },
  { what: 'a buffer', raw: Buffer.from('123456') },
  { what: 'an empty string', raw: '' },
  { what: 'full-width digits', raw: '１２３４５６' },
  { what: 'Arabic-Indic digits', raw: '١٢٣٤٥٦' },
  { what: 'mathematical digits', raw: '𝟏𝟐𝟑𝟒𝟓𝟔' },
  { what: 'superscript digits', raw: '¹²³⁴⁵⁶' },
  { what: 'one foreign digit among others', raw: '12345６' },
  { what: 'NUL at the end', raw: '123456\0' },
  { what: 'NUL in the middle', raw: '123\x00456' },
  { what: 'a zero-width space', raw: '123\u200b456' },
  { what: 'a no-break space', raw: '123\u00a0456' },
  { what: 'a non-breaking hyphen', raw: '123\u2011456' },
  { what: 'a right-to-left override', raw: '\u202e123456' },
  { what: 'a byte order mark', raw: '\ufeff123456' },
  { what: 'a line break at the end', raw: '123456\n' },
  { what: 'CRLF at the end', raw: '123456\r\n' },
  { what: 'CRLF in the middle', raw: '123\r\n456' },
  { what: 'a tab', raw: '123\t456' },
  { what: '10 kB of digits', raw: '1'.repeat(10_240) },
  { what: '10 kB of spaces before a code', raw: `${' '.repeat(10_240)}123456` },
  { what: 'one character more than 64', raw: '1'.repeat(65) },
];
