import { randomBytes, randomUUID } from 'node:crypto';

import type { Message, MfaEvent } from '../../lib/index.ts';
import { hostTable } from '../stores/host-table.ts';
import type { HostUser } from '../support/app.ts';
import { redisPort, uniquePrefix } from '../support/redis-harness.ts';
import { hostProcesses } from './host-processes.ts';
import type { HostSettings, PlainOptions } from './host.ts';
import { link } from './link.ts';
import type { Call } from './link.ts';
import { served } from './served.ts';
import { Visitor } from './visitor.ts';

export interface SiteSettings {
  readonly options?: PlainOptions;
  /** The newest first; left out, one fresh key. */
  readonly keys?: readonly string[];
  /** Left out, the server that all suites share. */
  readonly redisPort?: number;
  /** Where the store of express-mfa is, if not where the host keeps its sessions. */
  readonly storePort?: number;
  /** Whether that is one node of a Cluster. */
  readonly cluster?: boolean;
  /** How long the store waits for Redis; left out, as long as a busy machine may take. */
  readonly timeoutMs?: number;
  /** How many replicas must have a write before anything is granted. */
  readonly replicas?: { readonly count: number; readonly timeoutMs: number };
  /** Keeps the enrollments in the host's database, which is not in Redis. */
  readonly split?: boolean;
  /** How many proxies stand before the app; left out, none. */
  readonly proxies?: number;
}

/** Some second in the middle of a TOTP step. */
const START = Date.UTC(2031, 4, 6, 7, 8, 10);

/**
 * Two processes of a host, there before the tests of a file. Each test runs a site of its own in
 * both, with one Redis, one database of users and one outbox.
 */
export function twoProcesses(env?: NodeJS.ProcessEnv): {
  site(settings?: SiteSettings): Promise<Site>;
  /** Ends both and runs the sites in two others, if they have variables of their own: else other files use them, too. */
  restart(): Promise<void>;
  /** What they printed, if they have variables of their own. */
  printed(): string;
} {
  const heard: string[] = [];
  let processes: Awaited<ReturnType<typeof linked>> | undefined;
  const calls: Call[] = [];
  const sites: Site[] = [];
  const start = async (): Promise<void> => {
    processes = await linked(sites, env, (text) => heard.push(text));
    calls.splice(0, calls.length, ...processes.calls);
  };
  beforeAll(start);
  afterEach(async () => {
    for (const site of sites) await site.stop();
  });
  afterAll(() => processes?.end());
  return {
    printed: () => heard.join(''),
    async site(settings = {}) {
      if (!processes) throw new Error('The processes are not there yet.');
      const site = new Site(sites.length, calls, settings);
      sites.push(site);
      await site.deploy();
      return site;
    },
    async restart() {
      if (!env) throw new Error('These processes serve other files, too.');
      processes?.end();
      await start();
      for (const site of sites) await site.deploy();
    },
  };
}

async function linked(
  sites: readonly Site[],
  env: NodeJS.ProcessEnv | undefined,
  heard: (text: string) => void,
) {
  const sockets = await hostProcesses(env, env && heard);
  return {
    calls: sockets.map((socket) => link(socket, served(sites))),
    end: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** One app as it runs in both processes, and all that they share. */
export class Site {
  readonly users = new Map<string, HostUser>();
  readonly outbox: Message[] = [];
  readonly events: MfaEvent[] = [];
  readonly table = hostTable();
  readonly prefix = uniquePrefix();
  readonly redisPort: number;
  /** Set to break the transport of a channel. */
  isBroken: (message: Message) => boolean = () => false;
  /** What the processes asked of the host, the latest last: the name of a function and its arguments. */
  readonly asked: (readonly unknown[])[] = [];
  /** Functions of the host that behave otherwise, by name. */
  instead: Readonly<Record<string, (site: Site, ...args: never[]) => unknown>> = {};
  readonly slow = new Gate();
  origins: readonly string[] = [];
  now = START;
  readonly #id: number;
  readonly #calls: readonly Call[];
  readonly #settings: SiteSettings;
  readonly #sessionSecret = randomBytes(32).toString('hex');
  readonly #keys: readonly string[] = [newKey()];

  constructor(id: number, calls: readonly Call[], settings: SiteSettings) {
    this.#id = id;
    this.#calls = calls;
    this.#settings = settings;
    this.redisPort = settings.redisPort ?? redisPort();
  }

  /** Starts it in both processes, in the place of what runs there; with other settings, if some are given. */
  async deploy(instead: Pick<SiteSettings, 'keys' | 'options' | 'timeoutMs'> = {}): Promise<void> {
    const { keys, options, timeoutMs } = { ...this.#settings, ...instead };
    await this.stop();
    const settings: HostSettings = {
      site: this.#id,
      redisPort: this.redisPort,
      storePort: this.#settings.storePort ?? this.redisPort,
      cluster: this.#settings.cluster ?? false,
      timeoutMs: timeoutMs ?? 5_000,
      replicas: this.#settings.replicas,
      prefix: this.prefix,
      sessionSecret: this.#sessionSecret,
      keys: keys ?? this.#keys,
      now: this.now,
      split: this.#settings.split ?? false,
      proxies: this.#settings.proxies ?? 0,
      options: options ?? {},
    };
    const ports = await this.#both('start', settings);
    this.origins = ports.map((port) => `http://127.0.0.1:${String(port)}`);
  }

  async stop(): Promise<void> {
    await this.#both('stop', this.#id);
  }

  /** Sets the clock of both processes on, or back. */
  async forward(ms: number): Promise<void> {
    this.now += ms;
    await this.#both('clock', this.#id, this.now);
  }

  /** Waits until every event of what was answered so far is here. */
  async seen(): Promise<readonly MfaEvent[]> {
    await this.#both('cpuMs');
    return this.events;
  }

  /** The time that both processes have spent computing. */
  async cpuMs(): Promise<number> {
    const [one, two] = await this.#both('cpuMs');
    return Number(one) + Number(two);
  }

  /** The host drops what a user has bound, in one of the processes. */
  async forget(userId: string): Promise<void> {
    await this.#calls[0]?.('forget', this.#id, userId);
  }

  /** The routes that no guard stands before, as either process lists them. */
  async unguarded(): Promise<readonly (readonly string[])[]> {
    return (await this.#both('unguarded', this.#id)) as string[][];
  }

  /** What `util.inspect` shows of `mfa` in both processes. */
  async inspected(): Promise<string> {
    return (await this.#both('inspected', this.#id)).join('\n');
  }

  /** Whether in either process every object has something that it should not have. */
  async polluted(): Promise<boolean> {
    return (await this.#both('polluted')).includes(true);
  }

  /** How often each kind of event was seen, with its reason if it has one. */
  async count(type: MfaEvent['type'], reason?: string): Promise<number> {
    const events = await this.seen();
    const are = events.filter((e) => e.type === type && (!reason || e.reason === reason));
    return are.length;
  }

  accept(message: Message): void {
    if (this.isBroken(message)) throw new Error('The transport is down.');
    this.outbox.push(message);
  }

  addUser(more: Partial<HostUser> = {}): HostUser {
    const id = more.id ?? `user-${randomUUID()}`;
    const email = `${id}@example.com`;
    const user = { id, name: 'Ada', email, emailVerified: false, password: PASSWORD, ...more };
    this.users.set(id, user);
    return user;
  }

  visitor(): Visitor {
    return new Visitor(this);
  }

  #both(name: string, ...args: readonly unknown[]): Promise<readonly unknown[]> {
    return Promise.all(this.#calls.map((call) => call(name, ...args)));
  }
}

const PASSWORD = 'correct horse battery staple';

/** A fresh key of the ring. */
export function newKey(): string {
  return randomBytes(32).toString('hex');
}

/** Holds slow requests open until it is released. */
class Gate {
  #release: () => void = () => {};
  readonly #open = new Promise<void>((resolve) => {
    this.#release = resolve;
  });
  readonly #waiting: (() => void)[] = [];
  #held = 0;

  /** Resolves once so many requests are held. */
  async holds(count: number): Promise<void> {
    while (this.#held < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  hold(): Promise<void> {
    this.#held += 1;
    for (const look of this.#waiting.splice(0)) look();
    return this.#open;
  }

  release(): void {
    this.#release();
  }
}
