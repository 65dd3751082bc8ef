import { randomBytes } from 'node:crypto';

import { answerChallenge } from '../../lib/core/commands/answer-challenge.ts';
import { confirmEnrollment } from '../../lib/core/commands/confirm-enrollment.ts';
import { enroll } from '../../lib/core/commands/enroll.ts';
import { inspect } from '../../lib/core/commands/inspect.ts';
import { openChallenge } from '../../lib/core/commands/open-challenge.ts';
import { signIn } from '../../lib/core/commands/sign-in.ts';
import { switchMfa } from '../../lib/core/commands/switch-mfa.ts';
import type { Caller, Engine } from '../../lib/core/engine.ts';
import type { MfaEvent } from '../../lib/core/events.ts';
import type { Outcome } from '../../lib/core/outcome.ts';
import type { Requirement } from '../../lib/core/policy.ts';
import type { Message, Random } from '../../lib/core/ports.ts';
import type { User } from '../../lib/core/vocabulary.ts';
import type { MfaOptions } from '../../lib/mfa-options.ts';
import { settleOptions } from '../../lib/options.ts';
import { createEngine } from '../../lib/wiring.ts';
import { codeAt } from '../factors/hotp.ts';
import { codeMessages } from '../support/story.ts';
import { UNLIMITED } from '../support/unlimited.ts';

/** Some second in the middle of a TOTP step. */
export const START = Date.UTC(2031, 4, 6, 7, 8, 10);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The core with real factors, keys and an embedded store, without HTTP. */
export interface Lab {
  readonly engine: Engine;
  readonly users: Map<string, User>;
  readonly outbox: Message[];
  readonly events: MfaEvent[];
  readonly clock: { now: number };
  /** Adds a user to the host. */
  user(more?: Partial<User>): User;
  /** A session of this user, opened by a first factor. */
  signIn(user: User, factor?: string, from?: Omit<Caller, 'pointer'>): Promise<Visit>;
}

/**
 * An engine as the wiring makes it, with a clock that moves only when told to. Where a test guesses
 * codes that must be wrong it gives a `random` of its own: by chance one of them would be right.
 */
export function startEngine(settings: Partial<MfaOptions> = {}, random?: Random): Lab {
  const users = new Map<string, User>();
  const outbox: Message[] = [];
  const events: MfaEvent[] = [];
  const clock = { now: START };
  const sender = {
    send: async (message: Message) => {
      outbox.push(message);
    },
  };
  const options: MfaOptions = {
    issuer: 'Acme',
    keys: [randomBytes(32)],
    users: {
      findById: (id) => users.get(id),
      findByEmail: (email) => [...users.values()].find((user) => user.email === email),
      verifyPassword: () => true,
    },
    email: sender,
    sms: sender,
    domain: 'acme.example',
    countries: 'all',
    limits: UNLIMITED,
    onEvent: (event) => events.push(event),
    ...settings,
    now: () => clock.now,
  };
  const wired = createEngine(settleOptions(options));
  const engine = { ...wired, random: random ?? wired.random };
  const lab: Lab = {
    engine,
    users,
    outbox,
    events,
    clock,
    user(more = {}) {
      const id = more.id ?? `user-${users.size + 1}`;
      const user = { id, name: 'Ada', email: `${id}@example.com`, ...more };
      users.set(id, user);
      return user;
    },
    async signIn(user, factor = 'password', from = {}) {
      const visit = new Visit(lab);
      visit.from = from;
      await visit.must((_, caller) => signIn(engine, caller, user.id, factor));
      return visit;
    },
  };
  return lab;
}

/** One signed-in session: it follows its pointer as a host session does. */
export class Visit {
  pointer = '';
  /** Where it asks from, and what its browser kept of an earlier sign-in. */
  from: Omit<Caller, 'pointer'> = {};
  /** What the last command left the browser to keep. */
  kept: string | undefined;
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** The time by the engine's clock. */
  get now(): number {
    return this.#lab.clock.now;
  }

  /** Another tab with the same cookie: it stays at the pointer of this moment. */
  twin(): Visit {
    const twin = new Visit(this.#lab);
    twin.pointer = this.pointer;
    return twin;
  }

  /** Runs a command as this session; whatever it answers is the caller's to judge. */
  async run<T>(command: (engine: Engine, caller: Caller) => Promise<Outcome<T>>) {
    const outcome = await command(this.#lab.engine, { ...this.from, pointer: this.pointer });
    if (outcome.status === 'done' && outcome.pointer !== undefined) this.pointer = outcome.pointer;
    if (outcome.status === 'done') this.kept = outcome.device ?? this.kept;
    return outcome;
  }

  /** Runs a command that must succeed. */
  async must<T>(command: (engine: Engine, caller: Caller) => Promise<Outcome<T>>): Promise<T> {
    return valueOf(await this.run(command));
  }

  /** What a guard says: `allowed`, or the reason why not. */
  async guard(requirement: Requirement = {}): Promise<string> {
    const outcome = await this.run((engine, caller) => inspect(engine, caller, requirement));
    return outcome.status === 'done' ? 'allowed' : outcome.reason;
  }

  /** Begins to enroll a factor. */
  enroll(factor: string, input: unknown = {}, name?: string) {
    return this.run((engine, caller) => enroll(engine, caller, { factor, input, name }));
  }

  confirm(factor: string, answer: unknown, userId?: string) {
    return this.run((engine, caller) =>
      confirmEnrollment(engine, caller, {
        factor,
        answer,
        ...(userId === undefined ? {} : { userId }),
      }),
    );
  }

  /** Enrolls an authenticator app; answers its seed. The clock moves one step on. */
  async enrollTotp(name?: string): Promise<string> {
    const { reveal } = valueOf(await this.enroll('totp', {}, name));
    const seed = String(reveal.secret);
    valueOf(await this.confirm('totp', codeAt(seed, this.#lab.clock.now)));
    this.#lab.clock.now += 30 * SECOND;
    return seed;
  }

  /** Enrolls a mailbox or a number by the code that is sent there. */
  async enrollSent(factor: 'email' | 'phone', input: unknown = {}): Promise<void> {
    valueOf(await this.enroll(factor, input));
    valueOf(await this.confirm(factor, sentCode(this.#lab)));
  }

  switchMfa(on: boolean) {
    return this.run((engine, caller) => switchMfa(engine, caller, on));
  }

  challenge(factor: string, authenticator?: string) {
    return this.run((engine, caller) => openChallenge(engine, caller, { factor, authenticator }));
  }

  answer(challengeId: string, answer: unknown) {
    return this.run((engine, caller) => answerChallenge(engine, caller, { challengeId, answer }));
  }

  /** Creates a challenge and answers it. */
  async prove(factor: string, answer: string | (() => string)) {
    const { id } = valueOf(await this.challenge(factor));
    return this.answer(id, typeof answer === 'string' ? answer : answer());
  }
}

/** The value of an outcome that must not be a refusal. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.status === 'done') return outcome.value;
  throw new Error(`refused: ${outcome.reason}`);
}

/** The one word that an outcome comes down to. */
export function reasonOf(outcome: Outcome<unknown>): string {
  return outcome.status === 'done' ? 'done' : outcome.reason;
}

/** The code in the latest message that holds one: a notice may have come after it. */
export function sentCode(lab: Lab): string {
  const code = codeMessages(lab.outbox)
    .at(-1)
    ?.text.match(/\b\d{6,10}\b/)?.[0];
  if (code === undefined) throw new Error('No code was sent.');
  return code;
}
