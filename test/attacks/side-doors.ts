import { ServerResponse } from 'node:http';
import type { Server } from 'node:http';

import express from 'express';
import type { Express, Request, RequestHandler, Response } from 'express';

import type { Mfa } from '../../lib/index.ts';

/** What only a complete session may ever see of it. */
export const BEHIND_THE_GUARD = 'numbers';

/** A guarded part of a host with all that Express can put there, and one route before its guard. */
export function addSideDoors(app: Express, mfa: Mfa): void {
  const reveal = (req: Request, res: Response): void => {
    res.json({ secret: BEHIND_THE_GUARD, method: req.method });
  };
  app.get('/early/report', reveal);
  app.use('/early', mfa.requireAllFactors());

  app.use('/admin', mfa.requireAllFactors());
  app.all('/admin/report', reveal);
  const sub = express();
  sub.get('/report', reveal);
  app.use('/admin/sub', sub);
  app.use('/admin/files', express.static(process.cwd()));
  app.get('/admin/broken', () => {
    throw new Error(BEHIND_THE_GUARD);
  });
  app.use('/admin', (error: Error, _req: Request, res: Response, _next: unknown) => {
    res.status(500).json({ error: error.message });
  });
}

/** Opens WebSockets as the README says. */
export function addUpgrade(server: Server, sessions: RequestHandler, mfa: Mfa): void {
  server.on('upgrade', (req, socket) => {
    // eslint-disable-next-line typescript/no-misused-promises -- as a host writes it
    sessions(req as Request, new ServerResponse(req) as Response, async () => {
      const { passed } = await mfa.check(req).catch(() => ({ passed: false }));
      if (!passed) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return socket.end(
        `HTTP/1.1 101 Switching Protocols\r\nX-Secret: ${BEHIND_THE_GUARD}\r\n\r\n`,
      );
    });
  });
}
