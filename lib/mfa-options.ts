import type { Request } from 'express';

import type { MfaEvent } from './core/events.ts';
import type { LockStep, Sender, Store } from './core/ports.ts';
import type { Users } from './core/users.ts';
import type { HostUser } from './core/vocabulary.ts';
import type { Key } from './crypto/read-key.ts';
import type { LimitOptions } from './limit-options.ts';
import type { Notify } from './notices.ts';
import type { Countries } from './factors/phone-number.ts';

/** What a host tells `createMfa`. The first three are needed; the default of every other is the safe side. */
export interface MfaOptions<ById extends HostUser = HostUser, ByEmail extends HostUser = ById> {
  /** The name of the app, as users see it in their authenticator app and messages. No colon. */
  readonly issuer: string;
  /** Keys of 32 random bytes or more, the newest first; older ones still open what they sealed. */
  readonly keys: readonly Key[];
  /** The host's own user look-up and password check. */
  readonly users: Users<ById, ByEmail>;
  /** Where everything is kept. @default memoryStore(), which production refuses */
  readonly store?: Store | undefined;
  /** Sends codes by e-mail, such as `nodemailerSender()`. Without it there is no e-mail factor. */
  readonly email?: Sender | undefined;
  /** Sends codes by SMS, such as `vonageSender()`. Needs `domain` and `countries`. */
  readonly sms?: Sender | undefined;
  /** The host name that an SMS binds its code to, such as `example.com`; never taken from a request. */
  readonly domain?: string | undefined;
  /** ISO 3166-1 codes of the countries to which SMS may go, or `'all'`. */
  readonly countries?: Countries | undefined;
  /**
   * Who is signed in, for hosts whose sign-in is never seen here: `(req) => req.user?.id`. An id is a
   * string or a number; `undefined`, `null`, `false` and `''` are nobody, and anything else is a fault.
   */
  readonly identify?: ((req: Request) => unknown) | undefined;
  /**
   * Whether owners are told of what changes and of repeated failures, at every address of theirs.
   * A function tells them in our place: `(notice, destinations) => …`. @default true
   */
  readonly notify?: Notify | boolean | undefined;
  /** Called with every security event. @default faults and warnings go to stderr */
  readonly onEvent?: ((event: MfaEvent) => void) | undefined;
  /** How long sessions last and how many a user may have. */
  readonly session?:
    | {
        /** @default 3600000 (1 h without a request that a guard lets through) */
        readonly idleMs?: number | undefined;
        /** @default 86400000 (24 h) */
        readonly overallMs?: number | undefined;
        /** Time from the first factor to the last. @default 600000 (10 min) */
        readonly pendingMs?: number | undefined;
        /** And as many again of unknown devices that have only signed in. @default 100 */
        readonly limit?: number | undefined;
      }
    | undefined;
  /** For how long a proof is fresh enough to change what is bound. @default 600000 (10 min) */
  readonly freshMs?: number | undefined;
  /** Codes by e-mail and SMS. */
  readonly codes?:
    | {
        /** Digits of a code, 6 to 10. @default 6 */
        readonly digits?: number | undefined;
        /** How long an e-mail code is good for, at most 10 min. @default 600000 */
        readonly emailTtlMs?: number | undefined;
        /** How long an SMS code is good for, at most 10 min. @default 300000 */
        readonly smsTtlMs?: number | undefined;
      }
    | undefined;
  /** Wrong answers that kill a challenge, 1 to 5. @default 5 */
  readonly tries?: number | undefined;
  /** Waits after consecutive failures of one factor. @default 5: 30 s, 10: 15 min, 15: 1 h, 20: 24 h */
  readonly locks?: readonly LockStep[] | undefined;
  /** Consecutive failures that disable a factor, with all its authenticators, 5 to 100. @default 50 */
  readonly hardCap?: number | undefined;
  /** Waits between messages to one authenticator. @default [30000, 60000, 120000, 300000] */
  readonly coolDownMs?: readonly number[] | undefined;
  /**
   * How much may be sent, and answered wrong, within which time: each a list of `{ limit, windowMs }`
   * that hold together, `[]` for no limit. Refusals are 429 with `Retry-After`.
   */
  readonly limits?: LimitOptions | undefined;
  /** Which requests may change something, besides those of the app's own origin. */
  readonly csrf?:
    | {
        /** Further origins, such as `https://app.example.com`. @default [] */
        readonly origins?: readonly string[] | undefined;
        /** Accept requests without any mark of a browser. @default false */
        readonly anyClient?: boolean | undefined;
      }
    | undefined;
  /** How the app is hosted, and what of it is taken. */
  readonly hosting?:
    | {
        /**
         * What would be one `warning` is a fault, and every answer 500, until it is put right:
         * session cookies without `secure`, `httpOnly` and `sameSite` and express-session's
         * MemoryStore (in production), `saveUninitialized: true`, `trust proxy: true`, a Redis that
         * evicts. Each is seen with the first request that shows it. @default false
         */
        readonly strict?: boolean | undefined;
        /** Take plain HTTP in production, where it is refused with 403. @default false */
        readonly allowHttp?: boolean | undefined;
        /** How long the body of a request may take to arrive. @default 10000 */
        readonly bodyTimeoutMs?: number | undefined;
      }
    | undefined;
  /** How long the host's own functions may take. @default 2000 */
  readonly hostTimeoutMs?: number | undefined;
  /** How long a sender may take. @default 10000 */
  readonly sendTimeoutMs?: number | undefined;
  /** The time in epoch milliseconds; tests set their own. @default Date.now */
  readonly now?: (() => number) | undefined;
}
