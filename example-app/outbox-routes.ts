import { Router } from 'express';

import { html } from './html.ts';
import { page } from './layout.ts';
import type { Outbox, Sent } from './outbox.ts';

/** Shows the outbox to whoever asks: every code stands in it, so production must not mount this. */
export function outboxRoutes(outbox: Outbox): Router {
  const router = Router();
  router.get('/outbox', (_req, res) => {
    res.send(outboxPage(outbox.list()));
  });
  router.get('/outbox.json', (_req, res) => {
    res.json(outbox.list());
  });
  return router;
}

function outboxPage(messages: readonly Sent[]): string {
  const items = messages.map(
    ({ channel, to, text, at }) =>
      html`<article>
        <h2>${channel === 'email' ? 'Mail' : 'Text'} to ${to}</h2>
        <p><time>${at}</time></p>
        <pre>${text}</pre>
      </article>`,
  );
  return page(
    'Outbox',
    messages.length === 0 ? html`<p>Nothing was sent yet.</p>` : html`${items}`,
  );
}
