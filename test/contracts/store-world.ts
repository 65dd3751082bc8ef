import { randomBytes } from 'node:crypto';

import { generateSync } from 'otplib';

import { answerChallenge } from '../../lib/core/commands/answer-challenge.ts';
import { openChallenge } from '../../lib/core/commands/open-challenge.ts';
import { signIn } from '../../lib/core/commands/sign-in.ts';
import { factorContext } from '../../lib/core/engine.ts';
import type { Engine } from '../../lib/core/engine.ts';
import { factsOf, secretBinding } from '../../lib/core/enrollment.ts';
import type { MfaEvent } from '../../lib/core/events.ts';
import type { Factor } from '../../lib/core/factor.ts';
import type { Message, Store } from '../../lib/core/ports.ts';
import type { Authenticator, User } from '../../lib/core/vocabulary.ts';
import { createKeyring } from '../../lib/crypto/keyring.ts';
import { systemRandom } from '../../lib/crypto/random.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';
import { email } from '../../lib/factors/email.ts';
import { recoveryCodes } from '../../lib/factors/recovery-codes.ts';
import { totp } from '../../lib/factors/totp.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { aUserId, DAY, LOCKS, MINUTE, NOW, SECOND } from './store-builders.ts';
import type { Stores } from './store-builders.ts';

/** A user who holds a TOTP app, a mailbox and recovery codes, with MFA on. */
export interface Member {
  readonly user: User;
  readonly recoveryCodes: readonly string[];
  /** What the app shows now. */
  totp(): string;
}

const { conversion, ...LIMITS } = UNLIMITED;

/** Two processes of one app: the real commands, factors and keys, on the stores under test. */
export interface World {
  readonly engines: readonly [Engine, Engine];
  readonly clock: { now: number };
  readonly events: MfaEvent[];
  readonly outbox: Message[];
  member(): Promise<Member>;
  /** A new session of a member, after the password. */
  signIn(member: Member): Promise<string>;
  /** Opens a challenge in the session of `pointer`, and answers its id. */
  open(pointer: string, factor: string): Promise<string>;
  answer(
    pointer: string,
    challengeId: string,
    answer: string,
    engine?: Engine,
  ): ReturnType<typeof answerChallenge>;
  /** How many answers were judged and found wrong. */
  judgedWrong(member: Member): number;
}

export function aWorld(stores: Stores): World {
  const clock = { now: NOW };
  const events: MfaEvent[] = [];
  const outbox: Message[] = [];
  const users = new Map<string, User>();
  const rules = { tries: 5, digits: 6, ttlMs: 10 * MINUTE };
  const factors = [totp(rules), email(rules), recoveryCodes(rules)] as readonly Factor[];
  const shared = {
    users: {
      findById: async (id: string) => users.get(id),
      findByEmail: async () => undefined,
      verifyPassword: async () => true,
    },
    factors: new Map(factors.map((factor) => [factor.type, factor])),
    senders: { email: { send: async (message: Message) => outbox.push(message) } },
    compose: ({ channel, to, code }, { ttlMs }) => ({
      channel,
      to,
      subject: '',
      text: code,
      ttlMs,
    }),
    tell: () => {},
    keyring: createKeyring([randomBytes(32)]),
    random: systemRandom,
    tag: userTag,
    now: () => clock.now,
    emit: (event) => void events.push({ at: clock.now, ...event }),
    settings: {
      issuer: 'Acme',
      lifetimes: { idleMs: 2 * DAY, overallMs: 2 * DAY, pendingMs: 2 * DAY, freshMs: 10 * MINUTE },
      locks: LOCKS,
      hardCap: 50,
      accountCap: 100,
      limits: LIMITS,
      conversion,
      coolDownMs: [30 * SECOND],
      maxSessions: 100,
    },
  } satisfies Omit<Engine, 'store'>;
  const on = (store: Store): Engine => ({ ...shared, store });
  const engines = [on(stores[0]), on(stores[1])] as const;

  return {
    engines,
    clock,
    events,
    outbox,

    async member() {
      const user: User = { id: aUserId(), email: `${systemRandom.token(6)}@acme.example` };
      users.set(user.id, user);
      const seed = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
      const bind = (type: string, secret: unknown, id = systemRandom.token(16)): Authenticator => ({
        id,
        type,
        name: type,
        secret: shared.keyring.seal(secret, secretBinding(user.id, { id, type })),
        origin: 'enrolled',
        state: 'active',
        createdAt: NOW,
      });
      const id = systemRandom.token(16);
      const codes = recoveryCodes(rules).enroll(
        factorContext(engines[0], {
          user,
          challenge: '',
          authenticator: id,
          factor: 'recoveryCode',
          purpose: 'enroll',
          session: '',
        }),
        undefined,
      );
      const drafted = await codes;
      if (!('secret' in drafted)) throw new Error('There are no recovery codes.');
      const next = {
        userId: user.id,
        version: 1,
        mfa: true,
        endedBefore: 0,
        authenticators: [
          bind('totp', { seed, lastStep: 0 }),
          bind('email', { address: user.email }),
          bind('recoveryCode', drafted.secret, id),
        ],
      };
      await stores[0].save({ next, facts: factsOf(next, shared.factors) });
      return {
        user,
        recoveryCodes: drafted.reveal?.['recoveryCodes'] as readonly string[],
        totp: () => generateSync({ secret: seed, epoch: Math.floor(clock.now / 1000) }),
      };
    },

    async signIn({ user }) {
      const signedIn = await signIn(engines[0], {}, user.id, 'password');
      if (signedIn.status !== 'done' || !signedIn.pointer) throw new Error('No sign-in.');
      return signedIn.pointer;
    },

    async open(pointer, factor) {
      const opened = await openChallenge(engines[0], { pointer }, { factor });
      if (opened.status === 'refused') throw new Error(`No challenge: ${opened.reason}`);
      return opened.value.id;
    },

    answer: (pointer, challengeId, answer, engine = engines[0]) =>
      answerChallenge(engine, { pointer }, { challengeId, answer }),

    judgedWrong: ({ user }) =>
      events.filter(
        ({ type, userId, reason }) =>
          type === 'challenge_refused' &&
          userId === user.id &&
          (reason === 'wrong' || reason === 'used'),
      ).length,
  };
}
