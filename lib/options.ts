import type { Request } from 'express';
import {
  array,
  boolean,
  check,
  custom,
  literal,
  minLength,
  optional,
  pipe,
  string,
  transform,
  union,
  unknown,
} from 'valibot';
import type { InferOutput } from 'valibot';

import type { MfaEvent } from './core/events.ts';
import type { Sender, Store } from './core/ports.ts';
import type { Key } from './crypto/read-key.ts';
import type { MfaError } from './errors.ts';
import { PHONE_COUNTRIES } from './factors/phone-countries.ts';
import { limitsSchema } from './limits-schema.ts';
import type { MfaOptions } from './mfa-options.ts';
import type { Notify } from './notices.ts';
import { shapes } from './option-shapes.ts';
import { optionsInvalid, readOptions } from './read-options.ts';
import { memoryStore } from './stores/memory.ts';
import { unknownOptions } from './unknown-options.ts';
import { usersSchema } from './users-schema.ts';

const MINUTE = 60_000;
const { fn, having, ms, shape, text, whole } = shapes;

const sessionSchema = shape({
  idleMs: ms(60 * MINUTE, MINUTE, 366 * 24 * 60 * MINUTE),
  overallMs: ms(24 * 60 * MINUTE, MINUTE, 366 * 24 * 60 * MINUTE),
  pendingMs: ms(10 * MINUTE, MINUTE, 60 * MINUTE),
  limit: ms(100, 1, 1000),
});
const codesSchema = shape({
  digits: ms(6, 6, 10),
  emailTtlMs: ms(10 * MINUTE, MINUTE, 10 * MINUTE),
  smsTtlMs: ms(5 * MINUTE, MINUTE, 10 * MINUTE),
});
const YES_NO = 'must be true or false';
const ORIGIN = 'must be an origin such as https://app.example.com';
const csrfSchema = shape({
  origins: optional(
    array(pipe(string(ORIGIN), check(isOrigin, ORIGIN)), 'must be a list of origins'),
    [],
  ),
  anyClient: optional(boolean(YES_NO), false),
});
const hostingSchema = shape({
  strict: optional(boolean(YES_NO), false),
  allowHttp: optional(boolean(YES_NO), false),
  bodyTimeoutMs: ms(10_000, 1, MINUTE),
});
const DEFAULT_LOCKS = [
  { count: 5, waitMs: MINUTE / 2 },
  { count: 10, waitMs: 15 * MINUTE },
  { count: 15, waitMs: 60 * MINUTE },
  { count: 20, waitMs: 24 * 60 * MINUTE },
];
const LOCKS = 'must be a list of { count, waitMs } with rising counts';
const WAITS = 'must be a list of waits in milliseconds';
const COUNTRIES = "'all' or ISO 3166-1 codes such as ['DE', 'US']";
const countrySchema = pipe(
  text(/^[A-Z]{2}$/, COUNTRIES),
  check(
    (code) => PHONE_COUNTRIES.has(code),
    ({ input }) =>
      `must be the ISO 3166-1 code of a country that has phone numbers${correctedTo(input)}`,
  ),
);

/** The only place of bounds and defaults. */
const schema = shape({
  // A mail library refuses a subject that a line or paragraph separator breaks: no mail would leave.
  issuer: text(
    /^[^:\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,64}$/u,
    'a name of 1 to 64 characters on one line, without a colon (authenticator apps split on it)',
  ),
  keys: pipe(
    array(unknown(), 'must be a list of keys such as [process.env.MFA_KEY]'),
    transform((keys) => keys as readonly Key[]),
  ),
  users: usersSchema,
  store: optional(
    having<Store>('a store, such as redisStore(redis) or memoryStore()', 'load', 'settle', 'save'),
  ),
  email: optional(
    having<Sender>('a sender, such as nodemailerSender(transport, { from })', 'send'),
  ),
  sms: optional(having<Sender>('a sender, such as vonageSender(vonage, { from })', 'send')),
  domain: optional(
    text(
      /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
      'a host name in lower case, without scheme or port',
    ),
  ),
  countries: optional(union([literal('all'), array(countrySchema)], `must be ${COUNTRIES}`)),
  identify: optional(fn<(req: Request) => unknown>('(req) => req.user?.id')),
  notify: optional(
    custom<Notify | boolean>(
      (value) => typeof value === 'boolean' || typeof value === 'function',
      'must be true, false or a function: (notice, destinations) => void',
    ),
    true,
  ),
  onEvent: optional(fn<(event: MfaEvent) => void>('(event) => void')),
  session: optional(sessionSchema, {}),
  freshMs: ms(10 * MINUTE, MINUTE, 60 * MINUTE),
  codes: optional(codesSchema, {}),
  tries: ms(5, 1, 5),
  locks: optional(
    pipe(
      array(shape({ count: whole(1, 1_000_000), waitMs: whole(1, 366 * 24 * 60 * MINUTE) }), LOCKS),
      check(
        (steps) =>
          steps.length > 0 &&
          steps.every(({ count }, i) => i === 0 || count > (steps[i - 1]?.count ?? 0)),
        LOCKS,
      ),
    ),
    DEFAULT_LOCKS,
  ),
  hardCap: ms(50, 5, 100),
  coolDownMs: optional(
    pipe(array(whole(1000, 24 * 60 * MINUTE), WAITS), minLength(1, WAITS)),
    [30_000, 60_000, 120_000, 300_000],
  ),
  limits: optional(limitsSchema, {}),
  csrf: optional(csrfSchema, {}),
  hosting: optional(hostingSchema, {}),
  hostTimeoutMs: ms(2000, 1, MINUTE),
  sendTimeoutMs: ms(10_000, 1, MINUTE),
  // valibot calls a default that is a function, and takes what it answers.
  now: optional(fn<() => number>('() => Date.now()'), () => () => Date.now()),
});

/** Options as they were given, with every default filled in. */
export type Settled = Omit<InferOutput<typeof schema>, 'store'> & { readonly store: Store };

const KNOWN = {
  ...schema.entries,
  session: sessionSchema.entries,
  codes: codesSchema.entries,
  csrf: csrfSchema.entries,
  hosting: hostingSchema.entries,
  limits: limitsSchema.entries,
};

/**
 * Checks the options once, at start.
 *
 * @throws MfaError `options_invalid`; the message names the option, what it must be, and for a
 *   misspelt one the option that was probably meant. It never holds a value.
 */
export function settleOptions(options: MfaOptions): Settled {
  const strange = unknownOptions(options, KNOWN);
  const settled = readOptions(schema, options, { of: 'createMfa', strange });
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
  return optionsInvalid('createMfa', message);
}

/** As a browser writes it: no path, no user, no port that goes without saying, and no pattern. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Of what the European Union writes for two countries, and ISO 3166-1 does not. */
function correctedTo(code: string): string {
  if (code === 'UK') return ": 'GB' is the United Kingdom";
  if (code === 'EL') return ": 'GR' is Greece";
  return '';
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
