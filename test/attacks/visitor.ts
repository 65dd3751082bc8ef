import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';

import { ear } from '../logs/ear.ts';

/** An answer as it came. `body` is parsed if it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The session cookie that it sets, if it sets one. */
  readonly cookie: string | undefined;
  /** What it lets the browser keep of a completed sign-in, if anything. */
  readonly device: string | undefined;
}

/** A request, ready to be sent to either process. A body that is a text is sent as it is. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Target {
  readonly origins: readonly string[];
}

const agent = new Agent({ keepAlive: true });

/** A browser that keeps its session cookie; each of its requests goes to the other process than the one before. */
export class Visitor {
  cookie = '';
  /** Set where its browser has completed a sign-in before. */
  device = '';
  /** Set where a proxy stands before the app: what it adds to `X-Forwarded-For`. */
  address = '';
  readonly #target: Target;
  #turn = 0;

  constructor(target: Target, cookie = '') {
    this.#target = target;
    this.cookie = cookie;
  }

  /** The same browser at another moment, or a thief: only the cookie is shared, as it is now. */
  copy(): Visitor {
    return new Visitor(this.#target, this.cookie);
  }

  get(path: string, headers?: Ask['headers']): Promise<Answer> {
    return this.send(this.ask('GET', path, '', headers));
  }

  post(path: string, body: object | string = {}, headers?: Ask['headers']): Promise<Answer> {
    return this.send(this.ask('POST', path, body, headers));
  }

  put(path: string, body: object | string = {}, headers?: Ask['headers']): Promise<Answer> {
    return this.send(this.ask('PUT', path, body, headers));
  }

  patch(path: string, body: object | string = {}): Promise<Answer> {
    return this.send(this.ask('PATCH', path, body));
  }

  delete(path: string): Promise<Answer> {
    return this.send(this.ask('DELETE', path, ''));
  }

  /** A request of this browser with its cookie as it is now. */
  ask(method: string, path: string, body: object | string = '', headers: Ask['headers'] = {}): Ask {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const cookies = [
      ...(this.cookie === '' ? [] : [`connect.sid=${this.cookie}`]),
      ...(this.device === '' ? [] : [`mfa-device=${this.device}`]),
    ];
    return {
      method,
      path,
      body: text,
      headers: {
        ...(text === '' ? {} : { 'content-type': 'application/json' }),
        'sec-fetch-site': 'same-origin',
        ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
        ...headers,
        ...(this.address === '' ? {} : { 'x-forwarded-for': seenFrom(this.address, headers) }),
      },
    };
  }

  async send(ask: Ask): Promise<Answer> {
    const origin = this.#target.origins[this.#turn % 2] ?? '';
    this.#turn += 1;
    const answer = await exchange(origin, ask);
    if (answer.cookie !== undefined) this.cookie = answer.cookie;
    return answer;
  }
}

/** What a proxy makes of it: whatever the browser made up stands before what the proxy saw. */
function seenFrom(address: string, { 'x-forwarded-for': madeUp }: Ask['headers']): string {
  return madeUp === undefined ? address : `${madeUp}, ${address}`;
}

function exchange(origin: string, { method, path, headers, body }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    const all = { ...headers, ...length };
    const sent = request(origin, { method, path, agent, headers: all });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(answerOf(response.statusCode ?? 0, response.headers, text)));
    });
    sent.end(body);
  });
}

/**
 * Sends all requests at the same moment, by turns to the one and the other process: each stands on
 * a connection of its own, sent but for its last byte, and then all last bytes leave in one go.
 */
export async function together(target: Target, asks: readonly Ask[]): Promise<readonly Answer[]> {
  const racers = await Promise.all(
    asks.map((ask, i) => lineUp(Number(new URL(target.origins[i % 2] ?? '').port), ask)),
  );
  return Promise.all(racers.map((release) => release()));
}

async function lineUp(port: number, ask: Ask): Promise<() => Promise<Answer>> {
  const { method, path, headers, body } = ask;
  const head = { host: `127.0.0.1:${port}`, connection: 'close', ...headers };
  const lines = Object.entries({ ...head, 'content-length': `${Buffer.byteLength(body)}` });
  const bytes = Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n${body}`,
  );
  const socket = connect(port, '127.0.0.1').setNoDelay();
  const answered = new Promise<Answer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => resolve(parsed(Buffer.concat(chunks).toString('utf8'))));
  });
  await new Promise<void>((resolve) => socket.write(bytes.subarray(0, -1), () => resolve()));
  return () => {
    socket.write(bytes.subarray(-1));
    return answered;
  };
}

function parsed(raw: string): Answer {
  const end = raw.indexOf('\r\n\r\n');
  const [status = '', ...lines] = raw.slice(0, end).split('\r\n');
  const headers: IncomingHttpHeaders = {};
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = line.slice(line.indexOf(':') + 1).trim();
    if (name === 'set-cookie') headers[name] = [...(headers[name] ?? []), value];
    else headers[name] = value;
  }
  return answerOf(Number(status.split(' ')[1]), headers, raw.slice(end + 4));
}

function answerOf(status: number, headers: IncomingHttpHeaders, text: string): Answer {
  const isJson = headers['content-type']?.includes('json') && text !== '';
  const body = isJson ? (JSON.parse(text) as Answer['body']) : {};
  ear.sawCookies(headers['set-cookie'] ?? []);
  ear.sawRevealed(body);
  ear.heardAnswer(status, text);
  const set = (name: string): string | undefined =>
    headers['set-cookie']?.findLast((one) => one.startsWith(`${name}=`))?.split(/[=;]/)[1];
  return { status, headers, text, body, cookie: set('connect.sid'), device: set('mfa-device') };
}

/** What an attacker can tell answers apart by: all but the time, the length of it and the connection. */
export function looksOf({ status, headers, text }: Answer): object {
  const { date: _, etag: _e, connection: _c, 'keep-alive': _k, ...rest } = headers;
  return { status, headers: rest, text };
}
