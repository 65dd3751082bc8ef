import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { inspect } from 'node:util';

import { RedisStore } from 'connect-redis';
import express from 'express';
import type { Express, RequestHandler } from 'express';
import session from 'express-session';
import { Cluster, Redis } from 'ioredis';

import { createMfa, splitStore } from '../../lib/index.ts';
import type { Enrollment, Message, Mfa, MfaEvent, MfaOptions, User } from '../../lib/index.ts';
import { redisStore } from '../../lib/redis.ts';
import { textsIn } from '../logs/texts-in.ts';
import { link } from './link.ts';
import type { Call } from './link.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { addSideDoors, addUpgrade } from './side-doors.ts';

/** The options of `createMfa` that a test may set: those that are plain JSON. */
export type PlainOptions = Partial<
  Pick<
    MfaOptions,
    'issuer' | 'locks' | 'hardCap' | 'codes' | 'limits' | 'hostTimeoutMs' | 'hosting'
  >
> & { readonly notify?: boolean };

/** One process's share of a site. */
export interface HostSettings {
  readonly site: number;
  readonly redisPort: number;
  /** Where the store of express-mfa is, and how long it waits; the sessions of the host are not there. */
  readonly storePort: number;
  readonly cluster: boolean;
  readonly timeoutMs: number;
  readonly replicas: { readonly count: number; readonly timeoutMs: number } | undefined;
  readonly prefix: string;
  readonly sessionSecret: string;
  readonly keys: readonly string[];
  readonly now: number;
  /** Whether the enrollments are kept in the host's database instead of Redis. */
  readonly split: boolean;
  /** How many proxies stand before the app: the last of them says where a request comes from. */
  readonly proxies: number;
  readonly options: PlainOptions;
}

interface Running {
  readonly port: number;
  readonly app: Express;
  readonly mfa: Mfa;
  now: number;
  stop(): Promise<void>;
}

/** A process of the host: whatever all processes share, its database, mailboxes and clock, is at the other end. */
function serve(socket: Socket): void {
  const running = new Map<number, Running>();
  const other = link(socket, {
    async start(settings: HostSettings) {
      const host = await start(
        settings,
        (name, ...args) => other(name, settings.site, ...args),
        other,
      );
      running.set(settings.site, host);
      return host.port;
    },
    async stop(site: number) {
      await running.get(site)?.stop();
      running.delete(site);
    },
    clock(site: number, now: number) {
      const host = running.get(site);
      if (host) host.now = now;
    },
    forget: (site: number, userId: string) => running.get(site)?.mfa.forget(userId),
    unguarded(site: number) {
      const host = running.get(site);
      return host?.mfa.unguarded(host.app);
    },
    inspected: (site: number) => shown(running.get(site)?.mfa),
    polluted: () => {
      for (const _key in {}) return true;
      return 'verified' in {} || 'mfa' in {};
    },
    cpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
  });
  const release = uses === 'shared' ? listen((sink, text) => other('said', sink, text)) : undefined;
  socket.on('close', () => {
    release?.();
    for (const host of running.values()) void host.stop();
  });
}

/** Passes on what this process prints; one with variables of its own is listened to from outside. */
function listen(say: (sink: string, text: string) => Promise<unknown>): () => void {
  const streams = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name];
    const write = stream.write.bind(stream);
    stream.write = ((...args: Parameters<typeof write>) => {
      say(`${name} of a process`, String(args[0])).catch(() => undefined);
      return write(...args);
    }) as typeof write;
    return () => {
      stream.write = write;
    };
  });
  return () => {
    for (const release of streams) release();
  };
}

const [address = '', uses] = process.argv.slice(2);
const server = createServer((socket) => {
  serve(socket);
  if (uses === 'once') socket.on('close', () => process.exit());
});
server.listen(address, () => process.send?.('ready'));
process.on('disconnect', () => process.exit());
process.on('exit', () => rmSync(address, { force: true }));

async function start(settings: HostSettings, call: Call, tell: Call): Promise<Running> {
  const { prefix, options } = settings;
  const ask = <T>(name: string, ...args: readonly unknown[]): Promise<T> =>
    call(name, ...args) as Promise<T>;
  const redis = await connected(settings.redisPort);
  const own = settings.storePort === settings.redisPort;
  const storeRedis = own ? redis : await connected(settings.storePort, settings.cluster);

  for (const key of settings.keys) void tell('saw', 'a key', key);
  const host = { now: settings.now };
  const volatile = redisStore(storeRedis, {
    prefix: `${prefix}mfa:`,
    timeoutMs: settings.timeoutMs,
    replicas: settings.replicas,
  });
  const sender = { send: (message: Message) => ask('send', message) };
  const mfa = createMfa({
    issuer: 'Acme',
    keys: settings.keys,
    users: {
      findById: (id) => ask<User | undefined>('findById', id),
      findByEmail: (email) => ask<User | undefined>('findByEmail', email),
      verifyPassword: (user, password) => ask<boolean>('verifyPassword', user.id, password),
      hashPassword: (password) => ask('hashPassword', password),
      updatePhone: (id, phone) => ask('updatePhone', id, phone),
    },
    store: settings.split
      ? splitStore(
          {
            load: (userId) => ask<Enrollment>('load', userId),
            save: (next) => ask<boolean>('save', next),
          },
          volatile,
        )
      : volatile,
    email: sender,
    sms: sender,
    domain: 'acme.example',
    countries: 'all',
    limits: UNLIMITED,
    onEvent: ({ error, ...event }: MfaEvent) => {
      if (process.env['TALKATIVE']) console.log(shown({ error, ...event }));
      if (error !== undefined) void tell('said', 'event.error', textsIn(error));
      void ask('event', { ...event, ...(error instanceof Error ? { error: error.message } : {}) });
    },
    now: () => host.now,
    hostTimeoutMs: 10_000,
    ...options,
  });

  const app = express();
  app.set('trust proxy', settings.proxies);
  const sessions = session({
    secret: settings.sessionSecret,
    resave: false,
    saveUninitialized: false,
    store: new RedisStore({ client: redis, prefix: `${prefix}sess:` }),
  });
  app.use(sessions);
  app.use(pointersTold(tell));
  // A request that has read its session and goes on much later: after so many trips to the parent.
  app.use((req, _res, next) => {
    const trips = Array.from({ length: Number(req.get('x-late') ?? 0) });
    trips
      .reduce((before: Promise<unknown>) => before.then(() => ask('slow')), Promise.resolve())
      .then(() => next(), next);
  });
  // A host whose own time limit is shorter than any of ours.
  app.use((req, res, next) => {
    next();
    if (req.get('x-quicker')) res.status(503).send('The host was quicker.');
  });
  app.use('/v1', mfa.router);
  app.use('/security', mfa.pages({ login: '/login', home: '/reports' }));
  app.get('/reports', mfa.requireAllFactors(), (req, res) => {
    res.json({ mfa: req.mfa });
  });
  app.get('/vault', mfa.requireAllFactors({ maxAgeMs: 300_000, enrolled: true }), (_req, res) => {
    res.json({});
  });
  // The host's own login, such as a link by e-mail.
  app.post('/login/:factor/:id', async (req, res) => {
    const id = String(req.params.id);
    res.json(await mfa.signIn(req, { id }, { factor: String(req.params.factor) }));
  });
  app.post('/logout', async (req, res) => {
    await mfa.signOut(req);
    res.json({});
  });
  app.get('/note', (req, res) => {
    const data = req.session as unknown as { basket?: string };
    data.basket ??= randomUUID();
    res.json({ basket: data.basket });
  });
  // A request that has read its session and saves it much later.
  app.get('/slow', async (req, res) => {
    const data = req.session as unknown as { late?: string };
    data.late = randomUUID();
    await ask('slow');
    res.json({});
  });

  addSideDoors(app, mfa);

  const started = await new Promise<Server>((resolve) => {
    const opened: Server = app.listen(0, '127.0.0.1', 1024, () => resolve(opened));
  });
  // Visitors keep their connections: none is to close as the next request is on its way.
  started.keepAliveTimeout = 120_000;
  addUpgrade(started, sessions, mfa);
  return Object.assign(host, {
    app,
    mfa,
    port: (started.address() as AddressInfo).port,
    async stop() {
      started.closeAllConnections();
      started.close();
      for (const client of new Set([redis, storeRedis])) client.disconnect();
    },
  });
}

/** Tells of each pointer that a session holds once a request is over: it is to be found in no sink. */
function pointersTold(tell: Call): RequestHandler {
  const told = new Set<unknown>();
  return (req, res, next) => {
    res.on('finish', () => {
      const pointer = (req as unknown as { session?: { mfa?: unknown } }).session?.mfa;
      if (typeof pointer !== 'string' || told.has(pointer)) return;
      told.add(pointer);
      void tell('saw', 'a secret of a session', pointer.split('.').at(-1));
    });
    next();
  };
}

/** A thing as the most talkative logger would write it. */
function shown(value: unknown): string {
  return inspect(value, { depth: null, showHidden: true, maxStringLength: null });
}

async function connected(port: number): Promise<Redis>;
async function connected(port: number, cluster: boolean): Promise<Redis | Cluster>;
async function connected(port: number, cluster = false): Promise<Redis | Cluster> {
  const redis = cluster
    ? new Cluster([{ host: '127.0.0.1', port }], { lazyConnect: true })
    : new Redis(port, '127.0.0.1', { lazyConnect: true });
  redis.on('error', () => undefined);
  await redis.connect();
  return redis;
}
