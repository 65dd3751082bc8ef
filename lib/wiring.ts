import type { Engine } from './core/engine.ts';
import type { Emit, MfaEvent } from './core/events.ts';
import type { Factor } from './core/factor.ts';
import type { Sender } from './core/ports.ts';
import type { Texting, Users } from './core/users.ts';
import type { HostUser } from './core/vocabulary.ts';
import { createKeyring } from './crypto/keyring.ts';
import { systemRandom } from './crypto/random.ts';
import { userTag } from './crypto/user-tag.ts';
import { MfaError } from './errors.ts';
import { createTell } from './notices.ts';
import type { Notify } from './notices.ts';
import { email } from './factors/email.ts';
import { phone } from './factors/phone.ts';
import { recoveryCodes } from './factors/recovery-codes.ts';
import { totp } from './factors/totp.ts';
import type { Settled } from './options.ts';
import { signedStore } from './stores/signed.ts';
import { withinTime } from './time-limit.ts';
import { codeMessages } from './wording/code-message.ts';
import { noticeMessages } from './wording/notice-message.ts';

/** The one place where clock, randomness, keys, stores, factors and the host's functions meet. */
export function createEngine(settled: Settled): Engine {
  const { issuer, session, sendTimeoutMs } = settled;
  const { conversion, ...limits } = settled.limits;
  const emit = eventSink(settled.onEvent, () => Math.floor(settled.now()));
  const keyring = createKeyring(settled.keys);
  const senders = {
    ...(settled.email ? { email: limited(settled.email, sendTimeoutMs) } : {}),
    ...(settled.sms ? { sms: limited(settled.sms, sendTimeoutMs) } : {}),
  };
  const silent: Engine = {
    store: signedStore(settled.store, keyring, (unverified) =>
      emit({ type: 'record_unverified', ...unverified }),
    ),
    users: inTime(settled.users, settled.hostTimeoutMs),
    factors: new Map(factorsOf(settled).map((factor) => [factor.type, factor])),
    senders,
    compose: codeMessages({ issuer, domain: settled.domain }),
    tell: () => {},
    keyring,
    random: systemRandom,
    tag: userTag,
    now: () => timeOf(settled.now()),
    emit,
    settings: {
      issuer,
      lifetimes: { ...session, freshMs: settled.freshMs },
      locks: settled.locks,
      hardCap: settled.hardCap,
      accountCap: Math.min(100, 2 * settled.hardCap),
      coolDownMs: settled.coolDownMs,
      limits,
      conversion,
      maxSessions: session.limit,
    },
  };
  const notify = notifyInTime(settled.notify, sendTimeoutMs);
  return { ...silent, tell: createTell(silent, { notify, compose: noticeMessages({ issuer }) }) };
}

function factorsOf(settled: Settled): readonly Factor[] {
  const { tries, codes, countries = [] } = settled;
  const { digits, emailTtlMs, smsTtlMs } = codes;
  const factors = [
    totp({ tries }),
    email({ tries, digits, ttlMs: emailTtlMs }),
    phone({ tries, digits, ttlMs: smsTtlMs, countries }),
    recoveryCodes({ tries }),
  ];
  return factors as readonly Factor[];
}

function inTime(users: Users, timeoutMs: number): Users {
  const timed = <A extends readonly unknown[], T>(
    name: string,
    run: (...args: A) => T | Promise<T>,
  ) => {
    return (...args: A): Promise<T> => withinTime(`users.${name}`, timeoutMs, () => run(...args));
  };
  return {
    findById: timed('findById', (id: string) => users.findById(id)),
    findByEmail: timed('findByEmail', (address: string) => users.findByEmail(address)),
    verifyPassword: timed('verifyPassword', (user: HostUser, password: string) =>
      users.verifyPassword(user, password),
    ),
    ...(users.hashPassword
      ? {
          hashPassword: timed('hashPassword', (password: string) => users.hashPassword?.(password)),
        }
      : {}),
    ...(users.updatePhone
      ? {
          updatePhone: timed('updatePhone', (id: string, number: string) =>
            users.updatePhone?.(id, number),
          ),
        }
      : {}),
    ...(users.mayText
      ? {
          mayText: timed(
            'mayText',
            (id: string, number: string, purpose: Texting) =>
              users.mayText?.(id, number, purpose) ?? false,
          ),
        }
      : {}),
  };
}

function limited(sender: Sender, timeoutMs: number): Sender {
  return { send: (message) => withinTime('send', timeoutMs, () => sender.send(message)) };
}

function notifyInTime(notify: Notify | boolean, timeoutMs: number): Notify | boolean {
  if (typeof notify === 'boolean') return notify;
  return (notice, destinations) =>
    withinTime('notify', timeoutMs, () => notify(notice, destinations));
}

/**
 * In whole milliseconds: stores compare and keep nothing finer, and a clock such as that of
 * `performance` answers parts. By one that answers no time nothing would ever be over, locked or used up.
 */
function timeOf(at: unknown): number {
  if (Number.isFinite(at)) return Math.floor(at as number);
  throw new MfaError(
    'host_callback_failed',
    '`now` must answer the time in epoch milliseconds, as Date.now does.',
  );
}

/** An event sink that throws, or rejects, changes nothing about what happened. */
function eventSink(onEvent: ((event: MfaEvent) => void) | undefined, now: () => number): Emit {
  const sink: (event: MfaEvent) => unknown = onEvent ?? logFaults;
  const lost = (): void =>
    logFaults({
      type: 'fault',
      error: new MfaError(
        'host_callback_failed',
        'onEvent threw. Let it catch what goes wrong in it: the event is lost.',
      ),
    });
  return (event) => {
    try {
      // Nobody waits for what an async function answers; if it rejects, that would end the process.
      Promise.resolve(sink({ at: now(), ...event })).catch(lost);
    } catch {
      lost();
    }
  };
}

const PRINTED: ReadonlySet<string> = new Set([
  'fault',
  'warning',
  'delivery_failed',
  'notice_failed',
]);

function logFaults({ type, error }: Pick<MfaEvent, 'type' | 'error'>): void {
  if (!PRINTED.has(type)) return;
  // An error of ours is safe to print; anything else may hold what it was given.
  const text = error instanceof MfaError ? `${error.code}: ${error.message}` : 'unexpected error';
  process.stderr.write(`express-mfa: ${text}\n`);
}
