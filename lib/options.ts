import type { Request } from 'express';
import {
  array,
  boolean,
  check,
  custom,
  integer,
  literal,
  maxLength,
  maxValue,
  minLength,
  minValue,
  number,
  optional,
  pipe,
  regex,
  safeParse,
  strictObject,
  string,
  transform,
  union,
  unknown,
} from 'valibot';
import type { InferOutput } from 'valibot';

import type { MfaEvent } from './core/events.ts';
import type { Sender, Store, Users } from './core/ports.ts';
import type { Key } from './crypto/read-key.ts';
import { MfaError } from './errors.ts';
import type { MfaOptions } from './mfa-options.ts';
import { memoryStore } from './stores/memory.ts';
import { unknownOptions } from './unknown-options.ts';

const MINUTE = 60_000;
const ms = (initial: number, min: number, max: number) =>
  optional(pipe(number(), integer(), minValue(min), maxValue(max)), initial);
const fn = <T>(expected: string) =>
  custom<T>((value) => typeof value === 'function', `must be a function: ${expected}`);
const having = <T>(expected: string, ...methods: readonly string[]) =>
  custom<T>((value) => methods.every((method) => hasMethod(value, method)), `must be ${expected}`);

const sessionSchema = strictObject({
  idleMs: ms(60 * MINUTE, MINUTE, 366 * 24 * 60 * MINUTE),
  overallMs: ms(24 * 60 * MINUTE, MINUTE, 366 * 24 * 60 * MINUTE),
  pendingMs: ms(10 * MINUTE, MINUTE, 60 * MINUTE),
  limit: ms(100, 1, 1000),
});
const csrfSchema = strictObject({
  origins: optional(
    array(
      pipe(
        string(),
        regex(/^https?:\/\/[^/?#]+$/, 'must be origins such as https://app.example.com'),
      ),
    ),
    [],
  ),
  anyClient: optional(boolean(), false),
});
const DEFAULT_LOCKS = [
  { count: 5, waitMs: MINUTE / 2 },
  { count: 10, waitMs: 15 * MINUTE },
  { count: 15, waitMs: 60 * MINUTE },
  { count: 20, waitMs: 24 * 60 * MINUTE },
];

/** The only place of bounds and defaults. */
const schema = strictObject({
  issuer: pipe(
    string(),
    minLength(1),
    maxLength(64),
    regex(/^[^:\p{Cc}]+$/u, 'must hold no colon: authenticator apps split on it'),
  ),
  keys: pipe(
    array(unknown()),
    transform((keys) => keys as readonly Key[]),
  ),
  users: having<Users>(
    'an object with findById, findByEmail and verifyPassword',
    'findById',
    'findByEmail',
    'verifyPassword',
  ),
  store: optional(
    having<Store>('a store, such as redisStore(redis) or memoryStore()', 'load', 'settle', 'save'),
  ),
  email: optional(
    having<Sender>('a sender, such as nodemailerSender(transport, { from })', 'send'),
  ),
  sms: optional(having<Sender>('a sender, such as vonageSender(vonage, { from })', 'send')),
  domain: optional(
    pipe(
      string(),
      regex(
        /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
        'must be a host name in lower case, without scheme or port',
      ),
    ),
  ),
  countries: optional(
    union(
      [literal('all'), array(pipe(string(), regex(/^[A-Z]{2}$/)))],
      "must be 'all' or ISO 3166-1 codes such as ['DE', 'US']",
    ),
  ),
  identify: optional(fn<(req: Request) => unknown>('(req) => req.user?.id')),
  onEvent: optional(fn<(event: MfaEvent) => void>('(event) => void')),
  session: optional(sessionSchema, {}),
  freshMs: ms(10 * MINUTE, MINUTE, 60 * MINUTE),
  codeDigits: ms(6, 6, 10),
  emailTtlMs: ms(10 * MINUTE, MINUTE, 10 * MINUTE),
  smsTtlMs: ms(5 * MINUTE, MINUTE, 10 * MINUTE),
  tries: ms(5, 1, 5),
  locks: optional(
    pipe(
      array(
        strictObject({
          count: pipe(number(), integer(), minValue(1)),
          waitMs: pipe(number(), integer(), minValue(1)),
        }),
      ),
      minLength(1),
      check(
        (steps) => steps.every((step, i) => i === 0 || step.count > (steps[i - 1]?.count ?? 0)),
        'must have rising counts',
      ),
    ),
    DEFAULT_LOCKS,
  ),
  hardCap: ms(50, 5, 100),
  coolDownMs: optional(
    pipe(array(pipe(number(), integer(), minValue(1000))), minLength(1)),
    [30_000, 60_000, 120_000, 300_000],
  ),
  csrf: optional(csrfSchema, {}),
  hostTimeoutMs: ms(2000, 1, MINUTE),
  sendTimeoutMs: ms(10_000, 1, MINUTE),
  // valibot calls a default that is a function, and takes what it answers.
  now: optional(fn<() => number>('() => Date.now()'), () => () => Date.now()),
});

/** Options as they were given, with every default filled in. */
export type Settled = Omit<InferOutput<typeof schema>, 'store'> & { readonly store: Store };

const KNOWN = { ...schema.entries, session: sessionSchema.entries, csrf: csrfSchema.entries };

/**
 * Checks the options once, at start.
 *
 * @throws MfaError `options_invalid`; the message names the option, what it must be, and for a
 *   misspelt one the option that was probably meant. It never holds a value.
 */
export function settleOptions(options: MfaOptions): Settled {
  const strange = unknownOptions(options, KNOWN);
  if (strange !== undefined) throw invalid(strange);
  const result = safeParse(schema, options);
  if (!result.success) {
    const [issue] = result.issues;
    const path = issue.path?.map(({ key }) => String(key)).join('.') ?? 'options';
    const own = issue.message.startsWith('must');
    throw invalid(
      `\`${path}\` ${own ? issue.message : `must be ${issue.expected ?? 'within its bounds'}`}.`,
    );
  }
  const settled = result.output;
  if (settled.sms && settled.domain === undefined) {
    throw invalid(
      "`domain` is needed with `sms`: the host name that the SMS binds its code to, such as 'example.com'.",
    );
  }
  if (settled.sms && settled.countries === undefined) {
    throw invalid(
      "`countries` is needed with `sms`: ['DE', 'US'] or 'all'. SMS to countries without customers are what toll fraud lives on.",
    );
  }
  return { ...settled, store: settled.store ?? defaultStore() };
}

function invalid(message: string): MfaError {
  return new MfaError('options_invalid', `createMfa: ${message}`);
}

function hasMethod(value: unknown, method: string): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<string, unknown>)[method] === 'function'
  );
}

/** In production a store that forgets at every restart is a mistake, unless it was asked for by name. */
function defaultStore(): Store {
  if (process.env.NODE_ENV === 'production') {
    throw invalid(
      '`store` is needed in production: redisStore(redis), or memoryStore() if one process may forget everything at a restart.',
    );
  }
  return memoryStore();
}
