import type { Request, RequestHandler, Response } from 'express';
import type { GenericSchema, InferOutput } from 'valibot';

import type { Caller, Engine } from '../core/engine.ts';
import type { Outcome, Refusal } from '../core/outcome.ts';
import { enter } from '../core/presence.ts';
import { admitted } from './admission.ts';
import type { Identify } from './admission.ts';
import { answering } from './answering.ts';
import type { Answer } from './answering.ts';
import { readBody } from './body.ts';
import { keepDevice } from './device-cookie.ts';
import type { Door } from './door.ts';
import { endHostSession, renewSession } from './host-session.ts';
import { isGone } from './is-gone.ts';
import { isOwnOrigin } from './origin-check.ts';
import type { OriginRules } from './origin-check.ts';
import { sendError, sendFault, sendModel, sendRefusal } from './respond.ts';
import { bodyAs } from './schemas.ts';

/** What routes and guards work with. */
export interface Http {
  readonly engine: Engine;
  /** The engine for one request: its store has what time is left for it. */
  readonly begin: () => Engine;
  readonly identify: Identify | undefined;
  readonly origin: OriginRules;
  readonly door: Door;
  readonly bodyTimeoutMs: number;
  /** Where a browser goes on that is turned away; undefined where the answer is the endpoints' own. */
  readonly wayOn: (req: Request, refusal: Refusal) => string | undefined;
  /** Tells a browser by a page what came in between; undefined where the answer is the endpoints' own. */
  readonly tell: (req: Request, res: Response, status: number) => Promise<Answer | undefined>;
}

/** A request as a route sees it. */
export interface Asked {
  readonly engine: Engine;
  readonly caller: Caller;
  readonly body: unknown;
  readonly params: Readonly<Record<string, string>>;
}

/** What a route answers: a model, and whether the host session is to be signed out. */
export interface Reply {
  readonly code: number;
  readonly body?: object;
  readonly signedOut?: boolean;
}

export type Route = (asked: Asked) => Promise<Outcome<Reply>>;

/** A command's outcome as a reply: its value as a model, under this status code. */
export function replied<T>(
  outcome: Outcome<T>,
  code: number,
  model: (value: T) => object,
): Outcome<Reply> {
  if (outcome.status === 'refused') return outcome;
  return { ...outcome, value: { code, body: model(outcome.value) } };
}

/**
 * A route with a body of this shape. Who asks is settled before what is asked for: a caller who
 * may not ask at all learns nothing of parameters.
 */
export function withBody<S extends GenericSchema>(
  stage: 'public' | 'pending' | 'complete',
  schema: S,
  route: (asked: Asked & { readonly wanted: InferOutput<S> }) => Promise<Outcome<Reply>>,
): Route {
  return async (asked) => {
    const wanted = bodyAs(schema, asked.body);
    if (!('status' in wanted)) return route({ ...asked, wanted: wanted.value });
    if (stage === 'public') return wanted;
    const presence = await enter(asked.engine, asked.caller, stage);
    return presence.status === 'refused' ? presence : wanted;
  };
}

/** A route as Express runs it: origin and body, the command, and the session saved before the answer leaves. */
export function handle(http: Http, route: Route): RequestHandler {
  const { engine, identify, origin } = http;
  const settled = async (req: Request, res: Response): Promise<Answer> => {
    const barred = await http.door(req, res);
    if (barred) return () => sendError(res, barred);
    const changes = req.method !== 'GET' && req.method !== 'HEAD';
    if (changes && !isOwnOrigin(req, origin)) return () => sendError(res, FOREIGN);
    const read = changes ? await readBody(req, res, http.bodyTimeoutMs) : { body: {} };
    if ('error' in read) return () => sendError(res, read.error);
    if (isGone(req)) return () => undefined;
    const params = req.params as Record<string, string>;
    const asked = { engine: http.begin(), body: read.body, params };
    const outcome = await admitted(asked.engine, identify, req, (caller) =>
      route({ ...asked, caller }),
    );
    if (outcome.status === 'refused') {
      const now = engine.now();
      return () => sendRefusal(res, outcome, now);
    }
    const { value, pointer, device } = outcome;
    if (value.signedOut) await endHostSession(req);
    else if (pointer !== undefined) await renewSession(req, pointer);
    return () => {
      if (device !== undefined) keepDevice(req, res, device);
      sendModel(res, value.code, value.body);
    };
  };
  return answering(engine, (req, res) =>
    settled(req, res).catch((error: unknown) => {
      engine.emit({ type: 'fault', ip: req.ip, error });
      return () => sendFault(res, error);
    }),
  );
}

const FOREIGN = {
  status: 403,
  type: 'general_unknown_origin',
  message:
    'This request comes from another origin. Send it from a page of this app, list the origin in ' +
    '`csrf.origins`, or, outside a browser, send the header X-Requested-With.',
};
