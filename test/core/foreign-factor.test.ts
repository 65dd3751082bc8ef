import { listAuthenticators } from '../../lib/core/commands/authenticators.ts';
import { remainingCodes, replaceCodes } from '../../lib/core/commands/recovery-codes.ts';
import { account } from '../../lib/core/commands/account.ts';
import { listWays } from '../../lib/core/commands/list-ways.ts';
import { openChallenge } from '../../lib/core/commands/open-challenge.ts';
import { enroll } from '../../lib/core/commands/enroll.ts';
import { signIn } from '../../lib/core/commands/sign-in.ts';
import { answerChallenge } from '../../lib/core/commands/answer-challenge.ts';
import type { Caller, Engine } from '../../lib/core/engine.ts';
import type { Factor } from '../../lib/core/factor.ts';
import type { Notice } from '../../lib/core/notice.ts';
import type { Outcome } from '../../lib/core/outcome.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import { reasonOf, startEngine, valueOf } from './engine.ts';

/** A badge with a number on it: bound at once, shows nothing, and says nothing of itself. */
function badge(more: Partial<Factor<number, unknown, unknown>> = {}, role = 'factor'): Factor {
  const factor: Factor<number, unknown, unknown> = {
    type: 'badge',
    traits: {
      amr: ['hwk'],
      alsoCalled: /^badge$/,
      aal2: true,
      phishingResistant: true,
      guessable: true,
      role: role as 'factor' | 'recovery',
      max: 1,
      tries: 5,
      ttlMs: 60_000,
    },
    input: (value) => ({ ok: true, value }),
    answer: (value) => ({ ok: true, value }),
    enroll: () => ({ status: 'bound', secret: 7 }),
    challenge: () => ({}),
    judge: (_context, secret, answer) =>
      answer === secret ? { ok: true } : { ok: false, reason: 'wrong' },
    describe: () => ({}),
    destination: () => undefined,
    vouched: () => undefined,
    ...more,
  };
  return factor as Factor;
}

/** An engine that knows this factor and no other, and one session of one user. */
async function worldOf(factor: Factor, more: Partial<User> = {}) {
  const lab = startEngine();
  const notices: Notice[] = [];
  const engine: Engine = {
    ...lab.engine,
    factors: new Map([[factor.type, factor]]),
    tell: (notice) => void notices.push(notice),
  };
  const user = lab.user(more);
  let pointer = '';
  const run = async <T>(command: (engine: Engine, caller: Caller) => Promise<Outcome<T>>) => {
    const outcome = await command(engine, { pointer });
    if (outcome.status === 'done' && outcome.pointer !== undefined) pointer = outcome.pointer;
    return outcome;
  };
  valueOf(await run((on, caller) => signIn(on, caller, user.id, 'password')));
  const bind = (name?: string) =>
    run((on, caller) => enroll(on, caller, { factor: 'badge', input: {}, name }));
  const prove = async (answer: unknown) => {
    const { id } = valueOf(
      await run((on, caller) => openChallenge(on, caller, { factor: 'badge' })),
    );
    return run((on, caller) => answerChallenge(on, caller, { challengeId: id, answer }));
  };
  return { lab, engine, user, notices, run, bind, prove };
}

describe('a factor that the core has never heard of', () => {
  it('is the first way to complete a session when no phisher can pass it on', async () => {
    const { lab, run, bind } = await worldOf(badge(), { emailVerified: true });
    valueOf(await bind());
    const factors = new Map([...lab.engine.factors, ['badge', badge()] as const]);
    const ways = valueOf(await run((on, caller) => listWays({ ...on, factors }, caller)));
    expect(ways.map(({ type }) => type)).toEqual(['badge', 'email']);
  });

  it('is bound, told of, proved and replaced like any other', async () => {
    const { run, bind, prove, notices } = await worldOf(badge());
    expect(valueOf(await bind())).toEqual({ reveal: {} });
    expect(notices).toMatchObject([{ type: 'authenticator_added', factor: 'badge' }]);
    expect(valueOf(await run(listAuthenticators))).toMatchObject([
      { type: 'badge', name: 'badge', state: 'active', origin: 'enrolled' },
    ]);
    expect(reasonOf(await prove(6))).toBe('invalid');
    expect(valueOf(await prove(7)).record.completed.at(-1)).toMatchObject({
      factor: 'badge',
      by: 'challenge',
    });
    const replaced = await run((on, caller) => replaceCodes(on, caller, 'badge'));
    expect(valueOf(replaced)).toEqual({});
  });

  it('may be held once where it says so, whatever the second is called', async () => {
    let number = 6;
    const { bind, prove } = await worldOf(
      badge({ enroll: () => ({ status: 'bound', secret: (number += 1) }) }),
    );
    valueOf(await bind('blue'));
    valueOf(await prove(7));
    expect(await bind('green')).toEqual({
      status: 'refused',
      reason: 'authenticator-exists',
      factor: 'badge',
    });
  });

  it('that recovers and counts nothing is told of with none left', async () => {
    const { bind, prove, run, notices } = await worldOf(badge({}, 'recovery'));
    valueOf(await bind());
    valueOf(await prove(7));
    expect(notices).toMatchObject([
      { type: 'recovery_codes_made' },
      { type: 'recovery_code_used', factor: 'badge', remaining: 0 },
    ]);
    expect(valueOf(await run((on, caller) => remainingCodes(on, caller, 'badge')))).toBe(0);
  });

  it('is named after itself where the host vouches for it and it has no name', async () => {
    const vouched = badge({ vouched: ({ emailVerified }) => (emailVerified ? 7 : undefined) });
    const { run } = await worldOf(vouched, { emailVerified: true });
    expect(valueOf(await run(listAuthenticators))).toMatchObject([
      { type: 'badge', name: 'badge', origin: 'vouched' },
    ]);
  });

  it('that asks for a confirmation cannot be replaced without one', async () => {
    const { run, bind, prove, engine } = await worldOf(badge());
    valueOf(await bind());
    valueOf(await prove(7));
    const drafts = badge({ enroll: () => ({ status: 'draft', secret: 8 }) });
    Object.assign(engine, { factors: new Map([['badge', drafts]]) });
    expect(await run((on, caller) => replaceCodes(on, caller, 'badge'))).toEqual({
      status: 'refused',
      reason: 'unsupported',
      factor: 'badge',
    });
    expect(valueOf(await run(account)).enrollment.authenticators).toHaveLength(1);
  });
});
