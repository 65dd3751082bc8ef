import type { Request, RequestHandler, Response } from 'express';

import type { Outcome } from '../core/outcome.ts';
import { admitted } from '../http/admission.ts';
import { keepDevice } from '../http/device-cookie.ts';
import { endHostSession, renewSession } from '../http/host-session.ts';
import { isOwnOrigin } from '../http/origin-check.ts';
import type { Http } from '../http/route.ts';
import { frameOf } from './frame-of.ts';
import { ownPath } from './own-path.ts';
import { problem, problemOf } from './problem.tsx';
import { readForm } from './read-form.ts';
import { showPage } from './show-page.tsx';
import { turnedAway } from './turned-away.ts';
import type { Frame, Screen, Shown, Site } from './visit.ts';

/** A screen as Express runs it: the door, origin check and session of the endpoints, answered as a page. */
export function answerPage(
  http: Http,
  site: (req: Request) => Site,
  screen: Screen,
): RequestHandler {
  const { engine } = http;
  const fault = (req: Request, error: unknown): void =>
    engine.emit({ type: 'fault', ip: req.ip, error });
  return (req, res) => {
    frameOf(engine, site(req), req)
      .then((frame) =>
        answered(http, screen, frame, req, res)
          .catch((error: unknown) => {
            fault(req, error);
            return problem(frame, problemOf(error));
          })
          .then((shown) => showPage(res, frame, shown)),
      )
      .catch((error: unknown) => {
        fault(req, error);
        res.status(500).type('text').send('500');
      });
  };
}

async function answered(
  http: Http,
  screen: Screen,
  frame: Frame,
  req: Request,
  res: Response,
): Promise<Shown> {
  if (await http.door(req, res)) return problem(frame, 'unsecure');
  const changes = req.method === 'POST';
  // A form needs no preflight: one that names no origin is not taken, whatever the endpoints take.
  if (changes && !isOwnOrigin(req, { ...http.origin, anyClient: false }))
    return problem(frame, 'foreign');
  const form = changes ? await readForm(req, res, http.bodyTimeoutMs) : {};
  if (!form) return problem(frame, 'refused');
  const returnTo = ownPath(form.returnTo) ?? frame.returnTo;
  const engine = http.begin();
  // What is sent speaks as the page does.
  const languages = [frame.language];
  const outcome = await admitted(engine, http.identify, req, (caller) =>
    screen({ ...frame, engine, caller: { ...caller, languages }, form, returnTo }),
  );
  return settled(req, res, { ...frame, returnTo }, outcome);
}

/** What the endpoints do with an outcome: the session is saved before the answer leaves. */
async function settled(
  req: Request,
  res: Response,
  frame: Frame,
  outcome: Outcome<Shown>,
): Promise<Shown> {
  if (outcome.status === 'refused') return turnedAway(frame, outcome);
  const { value, pointer, device } = outcome;
  if ('to' in value && value.signedOut) await endHostSession(req);
  else if (pointer !== undefined) await renewSession(req, pointer);
  if (device !== undefined) keepDevice(req, res, device);
  return value;
}
