import express from 'express';
import type { Express } from 'express';
import session from 'express-session';
import helmet from 'helmet';

import { createMfa } from '../lib/index.ts';
import { brand } from './brand.ts';
import type { Config } from './config.ts';
import { createDelivery } from './delivery.ts';
import { openLedger } from './ledger.ts';
import { notFound } from './not-found.ts';
import { createOutbox } from './outbox.ts';
import { accountRoutes } from './routes/account.ts';
import { apiRoutes } from './routes/api.ts';
import { outboxRoutes } from './routes/outbox.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { sendError } from './send-error.ts';
import { openStorage } from './storage.ts';
import { unavailable } from './unavailable.ts';
import { userDirectory } from './users.ts';
import { landingPage } from './views/landing.ts';
import { createRender } from './views/layout.ts';

export interface ExampleApp {
  readonly app: Express;
  /** Lets go of Redis, the mail server and the stand-ins. */
  close(): Promise<void>;
}

/** Builds the app. `publicDir` is the folder of its scripts and its style sheet. */
export async function createApp(config: Config, publicDir: string): Promise<ExampleApp> {
  const { production, domain, mfaKeys: keys } = config;
  const storage = await openStorage(config);
  const outbox = createOutbox();
  const delivery = await createDelivery(config, outbox);
  const users = userDirectory();

  const mfa = createMfa({
    issuer: brand.name,
    keys,
    users,
    store: storage.mfa,
    email: delivery.email,
    sms: delivery.sms,
    domain,
    // Name your own countries: SMS to others are what toll fraud lives on.
    countries: 'all',
    // Hashing a password is slow on purpose, and slower still on a busy machine.
    hostTimeoutMs: 10_000,
    // So that curl works as it stands, which says nothing of where a request comes from. Browsers
    // do; an app that is only for them leaves this line out.
    csrf: { origins: [], anyClient: true },
  });

  const render = createRender({ outbox: !production });
  const app = express();
  app.set('trust proxy', config.proxies);
  app.use(headers(production));
  app.use('/public', express.static(publicDir));
  app.use(noStore);
  app.get('/', (_req, res) => void res.send(render(landingPage(!production))));
  if (!production) app.use(outboxRoutes(outbox, render));
  app.use(sessions(config, storage.sessions));
  app.use('/v1', apiRoutes(users, mfa));
  app.use(signInRoutes(users, mfa, render));
  app.use('/security', mfa.pages({ login: '/login', home: '/account', brand }));
  app.use(accountRoutes(users, openLedger(), mfa, render));
  app.use((_req, _res, next) => next(notFound()));
  app.use(sendError(render));

  return {
    app,
    async close() {
      delivery.close();
      await storage.close();
    },
  };
}

const noStore: express.RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

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
