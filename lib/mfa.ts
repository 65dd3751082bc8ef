import type { IncomingMessage } from 'node:http';

import type { Request, RequestHandler, Response, Router } from 'express';

import { endSessions, forget } from './core/commands/end-sessions.ts';
import { eraseUser } from './core/commands/erase-user.ts';
import { exportUser } from './core/commands/export-user.ts';
import type { MfaExport } from './core/commands/export-user.ts';
import { signIn } from './core/commands/sign-in.ts';
import { signOut } from './core/commands/sessions.ts';
import type { Refusal } from './core/outcome.ts';
import type { Requirement } from './core/policy.ts';
import { userIdOf } from './core/user-id.ts';
import type { HostUser } from './core/vocabulary.ts';
import { MfaError } from './errors.ts';
import { settleFirstFactor } from './first-factor.ts';
import { callerOf } from './http/caller.ts';
import { checkFactors } from './http/check.ts';
import type { Checked } from './http/check.ts';
import { createDoor } from './http/door.ts';
import { requireFactors } from './http/guard.ts';
import { endHostSession, renewSession } from './http/host-session.ts';
import { createRouter } from './http/router.ts';
import { unguardedRoutes } from './http/unguarded.ts';
import type { MfaOptions } from './mfa-options.ts';
import { settleOptions } from './options.ts';
import { createPages } from './pages/create-pages.ts';
import type { Pages } from './pages/create-pages.ts';
import type { PagesOptions } from './pages/pages-options.ts';
import { settleRequirement } from './requirement.ts';
import { inBudget } from './stores/in-budget.ts';
import { withinTime } from './time-limit.ts';
import { createEngine } from './wiring.ts';

/** What the host's own sign-in has opened. */
export interface SignInResult {
  /** Whether the session gets through `requireAllFactors()` already. */
  readonly complete: boolean;
}

/** Multi-factor authentication for one app. */
export interface Mfa {
  /** The MFA endpoints; mount it after express-session: `app.use('/v1', mfa.router)`. */
  readonly router: Router;
  /**
   * Ready pages to set up, prove and manage second factors, for apps that render pages. Mount them
   * once, after express-session: `app.use('/security', mfa.pages({ login: '/login' }))`. From then
   * on a guard sends browsers that ask for a page there, and they come back when it is done.
   *
   * @throws MfaError `options_invalid`
   */
  pages(options?: PagesOptions): Router;
  /**
   * A guard for `app.use` or a single route. Refusals are 401, and 503 when it cannot know.
   *
   * @throws MfaError `options_invalid` for a requirement that does not exist
   */
  requireAllFactors(requirement?: Requirement): RequestHandler;
  /**
   * What the guard would decide, as a value: for WebSocket upgrades, GraphQL, or an event stream
   * that goes on after its request. On an upgrade listen to errors of the socket, for Node does not,
   * run express-session on the request first, and close the socket unless `passed` is true. Nothing
   * is decided for later: ask again when it counts.
   *
   * @throws MfaError when it cannot be known; then let nobody through
   */
  check(req: IncomingMessage, requirement?: Requirement): Promise<Checked>;
  /**
   * The routes of an app that no guard stands before, such as `['GET /login', 'USE /public']`: for
   * a test of yours that fails when someone adds a route and forgets the guard. Call it when all
   * routes are there. The router of MFA endpoints is left out: it checks for itself.
   *
   * A route counts as guarded if every request for it passes a guard of `app.use()`, one in front
   * of its handler, or one of an earlier route for the same path and method. In doubt it is listed:
   * below a pattern that is no plain path, behind a guard of another router that is passed on the
   * way, on Express 4 behind one whose path goes on below the mount of a router (`/api//admin` gets
   * past `/api/admin`), and, mounted below `/`, with Express 5.0 to 5.2, which do not tell where.
   *
   * `USE /path` is a function of `app.use('/path', …)`, a folder of `express.static()`, or a mounted
   * app, whose own routes cannot be seen from here: ask for them by `unguarded(thatApp)`. Functions
   * for every path (`app.use(fn)`) are not listed, for parsers and sessions are among them and one
   * cannot tell which of them answer; nor are error handlers, functions of `router.param()`,
   * WebSocket upgrades, what the HTTP server answers itself, guards wrapped in a function of yours,
   * and what handlers do before the guard behind them.
   *
   * @throws MfaError `options_invalid` for what is no app, and for an exception that is not needed
   */
  unguarded(app: object, options?: { readonly except?: readonly string[] }): string[];
  /**
   * Tells that the host's own login has accepted a first factor. The session gets a new id and
   * keeps the host's data; one that was there before is over. Answer the request only after it resolved.
   *
   * `factor` is what was accepted: `'password'` unless you say otherwise, `'email'` for a link or a code
   * by mail, `'phone'` for a code by SMS, `'totp'` for an authenticator app. It is never the second
   * factor as well. Anything else may have a name of yours, such as `'oauth2'`.
   *
   * @throws MfaError `options_invalid` for another spelling of one of these
   */
  signIn(
    req: Request,
    user: { readonly id: string | number },
    options?: { readonly factor?: string | undefined },
  ): Promise<SignInResult>;
  /** Ends the session here, and the host's with all its data; what comes after has a new id. */
  signOut(req: Request): Promise<void>;
  /**
   * Ends all sessions of a user here, in every process and for good: after a password was reset or
   * changed. `except` spares the session of a request, which gets a new id. It neither signs in nor
   * touches what is bound.
   */
  endSessions(
    userId: string | number,
    options?: { readonly except?: Request | undefined },
  ): Promise<void>;
  /**
   * Drops all that a user has bound, the MFA switch, and every session. For a host that has proved
   * the identity of the owner anew, when someone else may have bound something before.
   */
  forget(userId: string | number): Promise<void>;
  /** What is held of a user, to be handed to that user: no secrets, but addresses in full. */
  export(userId: string | number): Promise<MfaExport>;
  /**
   * Erases all that is held of a user: bound factors, sessions, challenges, failures. Delete your
   * own user first, so that nobody signs in meanwhile. With `splitStore()` your row is emptied, and
   * yours to delete; if it is gone already it stays gone.
   */
  erase(userId: string | number): Promise<void>;
}

/**
 * Wires everything up. All options are checked here and never again.
 *
 * @throws MfaError `options_invalid` or `key_invalid`, with the remedy in its message
 */
export function createMfa<ById extends HostUser, ByEmail extends HostUser = ById>(
  options: MfaOptions<ById, ByEmail>,
): Mfa {
  const settled = settleOptions(options);
  const engine = createEngine(settled);
  const { identify } = settled;
  const identifyInTime =
    identify &&
    ((req: Request) => withinTime('identify', settled.hostTimeoutMs, () => identify(req)));
  const { bodyTimeoutMs, strict, allowHttp } = settled.hosting;
  const production = process.env.NODE_ENV === 'production';
  const begin = () => ({ ...engine, store: inBudget(engine.store, () => performance.now()) });
  const http = {
    engine,
    begin,
    identify: identifyInTime,
    origin: settled.csrf,
    door: createDoor(engine, { production, strict, allowHttp }),
    bodyTimeoutMs,
    wayOn: (req: Request, refusal: Refusal) => pages?.wayOn(req, refusal),
    tell: async (req: Request, res: Response, status: number) => pages?.tell(req, res, status),
  };
  let pages: Pages | undefined;
  return {
    router: createRouter(http),

    pages(options = {}) {
      if (pages) {
        throw new MfaError(
          'options_invalid',
          'pages: they are there already, and guards lead to one place: call mfa.pages() once.',
        );
      }
      pages = createPages(http, options);
      return pages.router;
    },

    requireAllFactors: (requirement = {}) => requireFactors(http, settleRequirement(requirement)),

    check: async (req, requirement = {}) =>
      checkFactors(http, settleRequirement(requirement), req as Request),

    unguarded: (app, { except } = {}) => unguardedRoutes(app, except),

    async signIn(req, user, options = {}) {
      const factor = settleFirstFactor(options, engine.factors);
      const outcome = await signIn(begin(), callerOf(req), idOf(user?.id), factor);
      if (outcome.status === 'refused' || outcome.pointer === undefined) {
        throw new MfaError(
          'host_callback_failed',
          'users.findById knows no user of the id that signed in: give signIn() the id by which it does.',
        );
      }
      await renewSession(req, outcome.pointer);
      return { complete: outcome.value.decision.status === 'allow' };
    },

    async signOut(req) {
      await signOut(begin(), callerOf(req));
      await endHostSession(req);
    },

    async endSessions(userId, { except } = {}) {
      const caller = except ? callerOf(except) : {};
      const outcome = await endSessions(begin(), caller, idOf(userId));
      if (except && outcome.pointer !== undefined) await renewSession(except, outcome.pointer);
    },

    forget: (userId) => forget(begin(), {}, idOf(userId)),

    export: (userId) => exportUser(begin(), idOf(userId)),

    erase: (userId) => eraseUser(begin(), idOf(userId)),
  };
}

/** The id that a host gave; nothing is ended or dropped for "undefined". */
function idOf(id: unknown): string {
  const userId = userIdOf(id);
  if (userId !== undefined) return userId;
  throw new MfaError(
    'host_callback_failed',
    'The host must give the id of a user, a string or a number: make a text of any other.',
  );
}
