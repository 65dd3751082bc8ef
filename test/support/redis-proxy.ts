import { connect as dial, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { takeCommands } from './redis-commands.ts';

/** When the link breaks: before Redis sees a command, or after it has done it and before its reply. */
export type Moment = 'before' | 'after';

/** Starts a proxy before a Redis server, to be told what goes wrong; `close()` it in the end. */
export async function redisProxy(to: number): Promise<RedisProxy> {
  const proxy = new RedisProxy(to);
  await proxy.listen();
  return proxy;
}

/**
 * A link to Redis that passes everything, until it is told to stall, to delay, to break, or to
 * answer itself. Which command it breaks at is counted, so that no test depends on the time.
 */
export class RedisProxy {
  port = 0;
  /** Where new connections lead: another server after a failover. */
  to: number;
  /** How long each command is held back. */
  delayMs = 0;
  /** Answers commands of the store in the place of Redis, such as `-LOADING`. */
  answer: string | undefined;
  /** The commands of the store that reached this link, by name. */
  readonly seen: string[] = [];
  /** How many pieces of replies came back so far. */
  replies = 0;
  #fault: { readonly at: number; readonly moment: Moment | 'stall' } | undefined;
  readonly #held: (() => void)[] = [];
  #isDown = false;
  #stalled: 'nothing' | 'replies' | 'everything' = 'nothing';
  readonly #links = new Set<Link>();
  readonly #server: Server = createServer((near) => this.#accept(near));

  constructor(to: number) {
    this.to = to;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => resolve());
    });
    this.port = (this.#server.address() as AddressInfo).port;
  }

  /** Breaks the link at the `count`-th command of the store from now on, and stays broken until `heal`. */
  breakAt(count: number, moment: Moment): void {
    this.#fault = { at: this.seen.length + count, moment };
  }

  /** Stalls as the `count`-th command of the store from now on arrives, until `resume`. */
  stallAt(count: number): void {
    this.#fault = { at: this.seen.length + count, moment: 'stall' };
  }

  /** Breaks every connection, and lets none through until `heal`. */
  break(): void {
    this.#isDown = true;
    for (const { near, far } of this.#links) [near, far].forEach((socket) => socket.destroy());
  }

  heal(): void {
    this.#fault = undefined;
    this.#isDown = false;
  }

  /** Leaves connections open and carries nothing, or no reply, until `resume`. */
  stall(what: 'replies' | 'everything' = 'everything'): void {
    this.#stalled = what;
    for (const link of this.#links) this.#hold(link);
  }

  resume(): void {
    this.#stalled = 'nothing';
    this.#fault = undefined;
    for (const carry of this.#held.splice(0)) carry();
    for (const { near, far } of this.#links) [near, far].forEach((socket) => socket.resume());
  }

  async close(): Promise<void> {
    this.break();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #hold({ near, far }: Link): void {
    if (this.#stalled !== 'nothing') far.pause();
    if (this.#stalled === 'everything') near.pause();
  }

  #accept(near: Socket): void {
    if (this.#isDown) return void near.on('error', () => undefined).destroy();
    const link: Link = { near, far: dial(this.to, '127.0.0.1'), isDoomed: false };
    const { far } = link;
    this.#links.add(link);
    for (const socket of [near, far]) {
      socket.setNoDelay().on('error', () => undefined);
      socket.on('close', () => {
        this.#links.delete(link);
        [near, far].forEach((each) => each.destroy());
      });
    }
    let rest: Buffer = Buffer.alloc(0);
    near.on('data', (chunk: Buffer) => {
      const taken = takeCommands(Buffer.concat([rest, chunk]));
      rest = taken.rest;
      for (const { name, bytes } of taken.commands) this.#carry(link, name, bytes);
    });
    far.on('data', (chunk: Buffer) => {
      this.replies += 1;
      if (link.isDoomed) this.break();
      else near.write(chunk);
    });
    this.#hold(link);
  }

  #carry(link: Link, name: string, bytes: Buffer): void {
    if (this.#isDown) return;
    if (OF_THE_STORE.has(name)) {
      this.seen.push(name);
      if (this.answer !== undefined) return void link.near.write(`${this.answer}\r\n`);
      if (this.#fault?.at === this.seen.length) {
        const { moment } = this.#fault;
        if (moment === 'before') return this.break();
        if (moment === 'after') link.isDoomed = true;
        else this.stall();
      }
    }
    const carry = (): void => void (link.far.writable && link.far.write(bytes));
    if (this.#stalled === 'everything') this.#held.push(carry);
    else if (this.delayMs > 0) setTimeout(carry, this.delayMs);
    else carry();
  }
}

interface Link {
  readonly near: Socket;
  readonly far: Socket;
  /** The next reply is the last thing that happens on this link. */
  isDoomed: boolean;
}

/** Not what a client says of itself when it connects. */
const OF_THE_STORE: ReadonlySet<string> = new Set(['evalsha', 'eval', 'hmget', 'wait']);
