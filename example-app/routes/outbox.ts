import { Router } from 'express';

import { notFound } from '../not-found.ts';
import type { Outbox } from '../outbox.ts';
import type { Render } from '../views/layout.ts';
import { outboxPage } from '../views/outbox.ts';

/** Shows the outbox to whoever asks: every code stands in it, so production must not mount this. */
export function outboxRoutes(outbox: Outbox, render: Render): Router {
  const router = Router();

  router.get('/outbox', (_req, res) => {
    res.send(render(outboxPage(outbox.list())));
  });

  router.get('/outbox.json', (_req, res) => {
    res.json(outbox.list());
  });

  router.get('/outbox/:id.html', (req, res) => {
    const mail = outbox.list().find(({ id }) => String(id) === req.params['id']);
    if (mail?.channel !== 'email' || mail.html === undefined) throw notFound();
    // Mails bring their style along, as no page of ours may; they get nothing else.
    res.set('Content-Security-Policy', "sandbox; default-src 'none'; style-src 'unsafe-inline'");
    // A frame without an origin cannot have what helmet asks for here; Chromium complains of it.
    res.removeHeader('Origin-Agent-Cluster');
    res.send(mail.html);
  });

  return router;
}
