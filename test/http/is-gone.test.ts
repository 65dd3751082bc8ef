import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import express from 'express';

import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import { addUser, signIn } from '../support/story.ts';

const LOGIN = '/v1/account/sessions/email';
const GUESS = JSON.stringify({ email: 'user-1@example.com', password: 'not this one' });

describe.each(EXPRESS)('a client on %s', (_name, framework) => {
  let app: TestApp;
  let browser: Browser;
  /** What the host does with a request that says `x-held` before it comes to us. */
  let hold: (socket: Socket) => Promise<unknown> | undefined;
  let checked: number;
  beforeEach(async () => {
    checked = 0;
    app = await startApp({
      framework,
      users: {
        findById: (id) => app.users.get(id),
        findByEmail: (email) => [...app.users.values()].find((user) => user.email === email),
        verifyPassword: (user, password) => {
          checked += 1;
          return app.users.get(String(user.id))?.password === password;
        },
      },
      // Parsed by the host, so that nothing of ours waits for a body that no longer comes.
      before: [
        express.json(),
        express.urlencoded({ extended: false }),
        (req, _res, next) => {
          const held = req.get('x-held') === undefined ? undefined : hold(req.socket);
          if (held) void held.then(() => next());
          else next();
        },
      ],
      routes: (host, mfa) => host.use('/security', mfa.pages()),
    });
    browser = app.browser();
    await signIn(browser, addUser(app));
    checked = 0;
    app.events.length = 0;
  });
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    await app.close();
  });

  const port = () => Number(new URL(browser.origin).port);
  /** A request as it goes over the wire, of the browser unless it is a sign-in. */
  const bytes = (method: string, path: string, type: string, body: string): string =>
    [
      `${method} ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port()}`,
      `Origin: ${browser.origin}`,
      'Sec-Fetch-Site: same-origin',
      `Content-Type: ${type}`,
      `Content-Length: ${body.length}`,
      'X-Held: 1',
      ...(path === LOGIN ? [] : [`Cookie: connect.sid=${browser.cookie() ?? ''}`]),
      '',
      body,
    ].join('\r\n');

  /** That nothing came of it: the browser's own request is answered after it. */
  async function expectNothing(): Promise<void> {
    await browser.get('/reports').expect(200);
    expect([checked, app.events]).toEqual([0, []]);
  }

  const WAYS: readonly (readonly [string, (socket: Socket) => unknown])[] = [
    ['resets', (socket) => socket.resetAndDestroy()],
    ['closes', (socket) => socket.destroy()],
  ];
  const REQUESTS = [
    ['a sign-in', 'POST', LOGIN, 'application/json', GUESS],
    ['a route', 'DELETE', '/v1/account/sessions/current', 'application/json', ''],
    ['a page', 'POST', '/security/sign-out', 'application/x-www-form-urlencoded', ''],
  ] as const;

  it.each(
    WAYS.flatMap(([how, end]) =>
      REQUESTS.map(([what, method, path, type, body]) => ({
        how,
        end,
        what,
        raw: () => bytes(method, path, type, body),
      })),
    ),
  )(
    'that $how the connection before $what is run has nothing done [THR-9] [A47]',
    async ({ end, raw }) => {
      const socket = connect(port(), '127.0.0.1').on('error', () => undefined);
      const gone = new Promise<void>((resolve) => {
        hold = async (theirs) => {
          const closed = new Promise<void>((close) => theirs.once('close', () => close()));
          end(socket);
          await closed;
          resolve();
        };
      });
      socket.write(raw());
      await gone;
      await expectNothing();
    },
  );

  it('that is gone before Node has noticed has nothing done either [THR-9] [A47]', async () => {
    const shared = new Int32Array(new SharedArrayBuffer(8));
    let seen: readonly unknown[] = [];
    const server = createServer((req, res) => {
      Atomics.store(shared, 0, 1);
      Atomics.notify(shared, 0);
      const waited = Atomics.wait(shared, 1, 0, 30_000);
      const { destroyed, remoteAddress } = req.socket;
      seen = [waited === 'timed-out', destroyed, remoteAddress];
      hold = () => undefined;
      app.app(req, res);
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    const sent = bytes('DELETE', '/v1/account/sessions/current', 'application/json', '');
    const { port: there } = server.address() as AddressInfo;
    const workerData = { shared, port: there, bytes: sent };
    const worker = new Worker(RESETS, { eval: true, workerData });
    await once(worker, 'exit');
    await expectNothing();
    expect(seen).toEqual([false, false, undefined]);
  });

  it('that waits is answered, over a local socket as well, which has no address', async () => {
    hold = () => undefined;
    const folder = await mkdtemp(join(tmpdir(), 'mfa-'));
    const socketPath = join(folder, 'app.sock');
    const server = createServer(app.app).listen(socketPath);
    servers.push(server);
    await once(server, 'listening');
    const headers = { 'content-type': 'application/json', 'x-requested-with': 'test' };
    for (const where of [{ port: port() }, { socketPath }]) {
      const sent = request({ ...where, path: LOGIN, method: 'POST', headers }).end(GUESS);
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(401);
    }
    expect(checked).toBe(2);
    await rm(folder, { recursive: true });
  });
});

/** A client in a thread of its own, which resets its connection while the server's thread is held. */
const RESETS = `
const { workerData: { shared, port, bytes } } = require('node:worker_threads');
const socket = require('node:net').connect(port, '127.0.0.1', () => {
  socket.write(bytes, () => {
    Atomics.wait(shared, 0, 0);
    socket.resetAndDestroy();
  });
});
socket.on('error', () => {}).on('close', () => {
  Atomics.store(shared, 1, 1);
  Atomics.notify(shared, 1);
});
`;
