import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Vonage } from '@vonage/server-sdk';
import express5 from 'express';
import type { Express, RequestHandler } from 'express';
import express4 from 'express4';
import session from 'express-session';
import { createTransport } from 'nodemailer';
import supertest from 'supertest';

import { createMfa } from '../../lib/index.ts';
import type { MfaEvent, MfaOptions, User } from '../../lib/index.ts';
import { nodemailerSender } from '../../lib/nodemailer.ts';
import { vonageSender } from '../../lib/vonage.ts';
import { startSmtpInbox } from './smtp-inbox.ts';
import type { SmtpInbox } from './smtp-inbox.ts';
import { startVonageApi } from './vonage-api.ts';
import type { VonageApi } from './vonage-api.ts';
import { UNLIMITED } from './unlimited.ts';

/** Both majors of Express; our router is always one of the newer. */
export const EXPRESS = {
  'Express 5': express5,
  'Express 4': express4 as unknown as () => Express,
} as const;
export type ExpressName = keyof typeof EXPRESS;
export const EXPRESS_NAMES = Object.keys(EXPRESS) as ExpressName[];

/** A user of the host, with the password in the clear: hashing is not what is tested here. */
export interface HostUser extends User {
  readonly password: string;
  readonly email: string;
}

/** A request as it reached the host. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A host app with the router at /v1, real senders, and everything around it that a test may turn. */
export interface MatrixHost {
  readonly origin: string;
  readonly users: Map<string, HostUser>;
  readonly inbox: SmtpInbox;
  readonly texts: VonageApi;
  readonly seen: readonly SeenRequest[];
  readonly events: readonly MfaEvent[];
  /** The clock of the host: it moves only when told to. */
  readonly clock: { readonly now: number; forward(ms: number): void };
  addUser(more?: Partial<HostUser>): HostUser;
  client(): Client;
  close(): Promise<void>;
}

export interface HostSettings extends Partial<Omit<MfaOptions, 'now' | 'users'>> {
  /** Comes before the router, after express-session. */
  readonly before?: readonly RequestHandler[];
  /** Comes after the router. */
  readonly after?: readonly RequestHandler[];
  /** Whether the host takes a changed phone number. */
  readonly takesPhones?: boolean;
}

const HOUR = 3_600_000;

export async function startMatrixHost(
  express: ExpressName,
  { before = [], after = [], takesPhones = true, ...options }: HostSettings = {},
): Promise<MatrixHost> {
  const [inbox, texts] = await Promise.all([startSmtpInbox(), startVonageApi()]);
  const transport = createTransport({ host: '127.0.0.1', port: inbox.port, pool: true });
  const vonage = new Vonage({ apiKey: 'key', apiSecret: 'secret' }, { apiHost: texts.url });
  const users = new Map<string, HostUser>();
  const seen: SeenRequest[] = [];
  const events: MfaEvent[] = [];
  let now = Date.UTC(2031, 4, 6, 7, 8, 10, 123);

  const mfa = createMfa({
    issuer: 'Acme',
    keys: [randomBytes(32)],
    email: nodemailerSender(transport, { from: 'Acme <no-reply@acme.example>' }),
    sms: vonageSender(vonage, { from: 'Acme' }),
    domain: 'acme.example',
    countries: ['US'],
    limits: UNLIMITED,
    onEvent: (event) => events.push(event),
    ...options,
    users: {
      findById: (id) => users.get(id),
      findByEmail: (email) => [...users.values()].find((user) => user.email === email),
      verifyPassword: (user, password) => users.get(user.id)?.password === password,
      ...(takesPhones ? { updatePhone } : {}),
    },
    now: () => now,
  });
  function updatePhone(id: string, phone: string): void {
    const user = users.get(id);
    if (user) users.set(id, { ...user, phone, phoneVerified: false });
  }

  const app = EXPRESS[express]();
  app.use(({ method, originalUrl, headers }, _res, next) => {
    seen.push({ method, path: originalUrl, headers });
    next();
  });
  const secret = randomBytes(32).toString('hex');
  app.use(session({ secret, resave: false, saveUninitialized: false, cookie: { maxAge: HOUR } }));
  for (const handler of before) app.use(handler);
  app.use('/v1', mfa.router);
  // The host's own login, such as a link by e-mail or an identity provider.
  app.post('/login/:factor/:id', async (req, res) => {
    const user = users.get(req.params.id);
    if (user) res.json(await mfa.signIn(req, user, { factor: req.params.factor }));
  });
  for (const handler of after) app.use(handler);
  const server = await new Promise<Server>((resolve) => {
    const started: Server = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    users,
    inbox,
    texts,
    seen,
    events,
    clock: {
      get now() {
        return now;
      },
      forward(ms) {
        now += ms;
      },
    },
    addUser(more = {}) {
      const id = `user${users.size + 1}`;
      const email = `${id}@example.com`;
      const user = { id, name: 'Ada', email, password: 'a long password', createdAt: now, ...more };
      users.set(id, user);
      return user;
    },
    client: () => new Client(origin),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
      transport.close();
      await Promise.all([inbox.close(), texts.close()]);
    },
  };
}

/** A page of the host in one browser: keeps its cookies, and sends what the newest SDK would send. */
export class Client {
  readonly #agent: ReturnType<typeof supertest.agent>;
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
    this.#agent = supertest.agent(origin);
  }

  get(path: string): supertest.Test {
    return this.#marked(this.#agent.get(path));
  }

  post(path: string, body: object = {}): supertest.Test {
    return this.#changing(this.#agent.post(path)).send(body);
  }

  put(path: string, body: object = {}): supertest.Test {
    return this.#changing(this.#agent.put(path)).send(body);
  }

  patch(path: string, body: object = {}): supertest.Test {
    return this.#changing(this.#agent.patch(path)).send(body);
  }

  delete(path: string, body: object = {}): supertest.Test {
    return this.#changing(this.#agent.delete(path)).send(body);
  }

  /** A changing request without body or content type. */
  bare(method: 'post' | 'put' | 'patch' | 'delete', path: string): supertest.Test {
    return this.#marked(this.#agent[method](path)).set('origin', this.#origin);
  }

  #changing(request: supertest.Test): supertest.Test {
    return this.#marked(request)
      .set('origin', this.#origin)
      .set('content-type', 'application/json');
  }

  #marked(request: supertest.Test): supertest.Test {
    return request.set('sec-fetch-site', 'same-origin').set('x-appwrite-project', 'acme');
  }
}
