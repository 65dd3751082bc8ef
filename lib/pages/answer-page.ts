import type { Request, RequestHandler, Response } from 'express';

import { admitted } from '../http/admission.ts';
import { answering } from '../http/answering.ts';
import type { Answer } from '../http/answering.ts';
import { keepDevice } from '../http/device-cookie.ts';
import { endHostSession, renewSession } from '../http/host-session.ts';
import { isGone } from '../http/is-gone.ts';
import { isOwnOrigin } from '../http/origin-check.ts';
import type { Http } from '../http/route.ts';
import { afterForm } from './after-form.tsx';
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
  return answering(engine, async (req, res) => {
    const frame = await frameOf(engine, site(req), req);
    return settled(http, screen, frame, req, res).catch((error: unknown) => {
      engine.emit({ type: 'fault', ip: req.ip, error });
      return () => showPage(res, frame, problem(frame, problemOf(error)));
    });
  });
}

async function settled(
  http: Http,
  screen: Screen,
  frame: Frame,
  req: Request,
  res: Response,
): Promise<Answer> {
  const changes = req.method === 'POST';
  const page = (shown: Shown) => () =>
    showPage(res, frame, changes ? afterForm(frame, shown) : shown);
  if (await http.door(req, res)) return page(problem(frame, 'unsecure'));
  // A form needs no preflight: one that names no origin is not taken, whatever the endpoints take.
  if (changes && !isOwnOrigin(req, { ...http.origin, anyClient: false }))
    return page(problem(frame, 'foreign'));
  const form = changes ? await readForm(req, res, http.bodyTimeoutMs) : {};
  if (!form) return page(problem(frame, 'refused'));
  if (isGone(req)) return () => undefined;
  const returnTo = ownPath(form.returnTo) ?? frame.returnTo;
  const engine = http.begin();
  // What is sent speaks as the page does.
  const languages = [frame.language];
  const outcome = await admitted(engine, http.identify, req, (caller) =>
    screen({ ...frame, engine, caller: { ...caller, languages }, form, returnTo }),
  );
  if (outcome.status === 'refused') return page(turnedAway({ ...frame, returnTo }, outcome));
  const { value, pointer, device } = outcome;
  if ('to' in value && value.signedOut) await endHostSession(req);
  else if (pointer !== undefined) await renewSession(req, pointer);
  return () => {
    if (device !== undefined) keepDevice(req, res, device);
    page(value)();
  };
}
