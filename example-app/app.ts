import express from 'express';
import type { Express } from 'express';
import session from 'express-session';
import helmet from 'helmet';

import { createMfa } from '../lib/index.ts';
import { apiRoutes } from './api.ts';
import type { Config } from './config.ts';
import { createDelivery } from './delivery.ts';
import { notFound, sendError, unavailable } from './errors.ts';
import { outboxRoutes } from './outbox-routes.ts';
import { createOutbox } from './outbox.ts';
import { pageRoutes } from './pages.ts';
import { openStorage } from './storage.ts';
import { userDirectory } from './users.ts';

export interface ExampleApp {
  readonly app: Express;
  /** Lets go of Redis, the mail server and the stand-ins. */
  close(): Promise<void>;
}

/** Builds the app. `publicDir` is the folder of its scripts and its style sheet. */
export async function createApp(config: Config, publicDir: string): Promise<ExampleApp> {
  const { production, issuer, domain, mfaKeys: keys } = config;
  const storage = await openStorage(config);
  const outbox = createOutbox();
  const delivery = await createDelivery(config, outbox);
  const users = userDirectory();

  const mfa = createMfa({
    issuer,
    keys,
    users,
    store: storage.mfa,
    email: delivery.email,
    sms: delivery.sms,
    domain,
    // Name your own countries: SMS to others are what toll fraud lives on.
    countries: 'all',
    // So that curl works as it stands, which says nothing of where a request comes from. Browsers
    // do; an app that is only for them leaves this line out.
    csrf: { origins: [], anyClient: true },
  });

  const app = express();
  app.set('trust proxy', config.proxies);
  app.use(headers(production));
  app.use('/public', express.static(publicDir));
  if (!production) app.use(outboxRoutes(outbox));
  app.use(sessions(config, storage.sessions));
  app.use('/v1', apiRoutes(users, mfa));
  app.use(pageRoutes(users, mfa));
  app.use(notFound, sendError);

  return {
    app,
    async close() {
      delivery.close();
      await storage.close();
    },
  };
}

function headers(production: boolean): express.RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      directives: {
        'style-src': ["'self'"],
        // On plain http it would look for scripts on https.
        'upgrade-insecure-requests': production ? [] : null,
      },
    },
    strictTransportSecurity: production,
    // helmet's own `no-referrer` makes browsers send `Origin: null` with the app's own forms.
    referrerPolicy: { policy: 'same-origin' },
  });
}

/** The session cookie is only a pointer: what has been proved lies in express-mfa's store. */
function sessions(
  { production, sessionSecrets }: Config,
  store: session.Store | undefined,
): express.RequestHandler {
  const handler = session({
    // The prefix makes browsers refuse the cookie from any other host, and without TLS.
    name: production ? '__Host-session' : 'session',
    secret: [...sessionSecrets],
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', secure: production },
    ...(store ? { store } : {}),
  });
  return (req, res, next) => {
    handler(req, res, (error?: unknown) => next(error === undefined ? undefined : unavailable()));
  };
}
