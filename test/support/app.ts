import { randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Express, Request, RequestHandler, Response } from 'express';
import express5 from 'express';
import express4 from 'express4';
import session from 'express-session';
import supertest from 'supertest';

import { createMfa } from '../../lib/index.ts';
import type { Message, Mfa, MfaEvent, MfaOptions, User } from '../../lib/index.ts';
import { UNLIMITED } from './unlimited.ts';

/** Both majors of Express, for `describe.each`. */
export const EXPRESS: readonly (readonly [string, () => Express])[] = [
  ['Express 5', express5],
  ['Express 4', express4 as unknown as () => Express],
];

/** A user of the host, with the password in the clear: hashing is not what is tested here. */
export interface HostUser extends User {
  password: string;
  email: string;
  emailVerified: boolean;
  phone?: string;
  phoneVerified?: boolean;
}

export interface TestApp {
  readonly app: Express;
  readonly mfa: Mfa;
  readonly users: Map<string, HostUser>;
  readonly outbox: Message[];
  readonly events: MfaEvent[];
  readonly sessions: session.MemoryStore;
  /** The clock of the app: starts at a fixed time and moves only when told to. */
  readonly clock: { now: number; forward(ms: number): void };
  /** A browser: keeps its cookies and says where its requests come from. */
  browser(): Browser;
  close(): Promise<void>;
}

export interface AppSettings extends Partial<Omit<MfaOptions, 'now'>> {
  readonly framework?: () => Express;
  /** Adds the host's own routes behind the router. */
  readonly routes?: (app: Express, mfa: Mfa) => void;
  /** Comes before the router, in the place of express-session when that is left out. */
  readonly before?: readonly RequestHandler[];
  readonly withSession?: boolean;
}

/** Some second in the middle of a TOTP step, long after 2038 would be a bug of its own. */
const START = Date.UTC(2031, 4, 6, 7, 8, 10);

/** An app with the router at /v1, a guarded /reports, and senders that put messages into an outbox. */
export async function startApp(settings: AppSettings = {}): Promise<TestApp> {
  const { framework = express5, routes, before = [], withSession = true, ...options } = settings;
  const users = new Map<string, HostUser>();
  const outbox: Message[] = [];
  const events: MfaEvent[] = [];
  const clock = {
    now: START,
    forward(ms: number) {
      clock.now += ms;
    },
  };
  const sender = {
    send: async (message: Message) => {
      outbox.push(message);
    },
  };
  const mfa = createMfa({
    issuer: 'Acme',
    keys: [randomBytes(32)],
    users: {
      findById: (id) => users.get(id),
      findByEmail: (email) => [...users.values()].find((user) => user.email === email),
      verifyPassword: (user, password) => users.get(String(user.id))?.password === password,
      updatePhone: (id, phone) => {
        const user = users.get(id);
        if (user) users.set(id, { ...user, phone, phoneVerified: false });
      },
    },
    email: sender,
    sms: sender,
    domain: 'acme.example',
    countries: 'all',
    limits: UNLIMITED,
    onEvent: (event) => events.push(event),
    ...options,
    now: () => clock.now,
  });
  const app = framework();
  const sessions = new session.MemoryStore();
  if (withSession) {
    const secret = randomBytes(32).toString('hex');
    app.use(session({ secret, resave: false, saveUninitialized: false, store: sessions }));
  }
  for (const handler of before) app.use(handler);
  app.use('/v1', mfa.router);
  app.get('/reports', mfa.requireAllFactors(), (req: Request, res: Response) => {
    res.json({ report: 'numbers', mfa: req.mfa });
  });
  routes?.(app, mfa);
  const server = await new Promise<Server>((resolve) => {
    const started: Server = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  const { port } = server.address() as AddressInfo;
  return {
    app,
    mfa,
    users,
    outbox,
    events,
    sessions,
    clock,
    browser: () => new Browser(`http://127.0.0.1:${port}`),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** As browsers do: a connection a request would take longer than the request. */
const connections = new Agent({ keepAlive: true });

/** One browser with its cookie jar. */
export class Browser {
  readonly origin: string;
  readonly agent: ReturnType<typeof supertest.agent>;

  constructor(origin: string) {
    this.origin = origin;
    this.agent = supertest
      .agent(origin)
      .use((request: supertest.Test) => request.agent(connections));
  }

  get(path: string) {
    return this.agent.get(path).set('sec-fetch-site', 'same-origin');
  }

  post(path: string, body: object = {}) {
    return this.send('post', path, body);
  }

  put(path: string, body: object = {}) {
    return this.send('put', path, body);
  }

  patch(path: string, body: object = {}) {
    return this.send('patch', path, body);
  }

  delete(path: string, body: object = {}) {
    return this.send('delete', path, body);
  }

  /** The value of the session cookie as the server last set it. */
  cookie(): string | undefined {
    return this.agent.jar.getCookie('connect.sid', CookieAccess)?.value;
  }

  private send(method: 'post' | 'put' | 'patch' | 'delete', path: string, body: object) {
    return this.agent[method](path)
      .set('origin', this.origin)
      .set('sec-fetch-site', 'same-origin')
      .send(body);
  }
}

const CookieAccess = { domain: '127.0.0.1', path: '/', secure: false, script: false } as Parameters<
  Browser['agent']['jar']['getCookie']
>[1];
