import { connect } from 'node:net';

import { describeWithRedis } from '../support/redis-harness.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { answer, expected, guardOf, pendingByMail } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const BODIES: readonly (readonly [what: string, body: string, status: number])[] = [
  ['200 kB', JSON.stringify({ otp: 'x'.repeat(200_000) }), 413],
  ['20,000 levels', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, 413],
  ['as many levels as fit', `${'[{"a":'.repeat(500)}1${'}]'.repeat(500)}`, 400],
  ['as many keys as fit', `{${Array.from({ length: 400 }, (_, i) => `"k${i}":1`).join()}}`, 400],
];

describeWithRedis('[A36] a body that is too large, too deep or never comes', () => {
  const processes = twoProcesses();

  it('is refused without a fault, and costs the challenge no try [TRN-4]', async () => {
    const site = await processes.site();
    const { visitor, id, code } = await pendingByMail(site);
    for (const [what, body, status] of BODIES) {
      for (let process = 0; process < 2; process += 1) {
        const refused = await visitor.put('/v1/account/mfa/challenges', body);
        expect([what, refused.status]).toEqual([what, status]);
        expect(refused.text.length).toBeLessThan(300);
      }
    }
    expect(await site.count('fault')).toBe(0);
    expected(await answer(visitor, id, code), 200);
    expect(await guardOf(visitor)).toBe(200);
  });

  it('is waited for no longer than bodyTimeoutMs, and others are served meanwhile', async () => {
    const site = await processes.site({ options: { hosting: { bodyTimeoutMs: 1_000 } } });
    const { visitor, id, code } = await pendingByMail(site);
    const request = rawRequest('PUT', '/v1/account/mfa/challenges', {
      'X-Requested-With': 'test',
      'Content-Type': 'application/json',
      'Content-Length': '100',
    });
    const slow = site.origins.flatMap((origin) =>
      Array.from({ length: 20 }, () => sendRaw(Number(new URL(origin).port), `${request}{"otp":`)),
    );
    expected(await answer(visitor, id, code), 200);
    for (const { status, head } of await Promise.all(slow)) {
      expect(status).toBe(408);
      expect(head).toMatch(/^Connection: close$/im);
    }
    expect(await site.count('fault')).toBe(0);
  });

  it('ends no process of a host that has given up on it before', async () => {
    const site = await processes.site({ options: { hosting: { bodyTimeoutMs: 200 } } });
    const request = rawRequest('POST', '/v1/account/sessions/email', {
      'X-Requested-With': 'test',
      'X-Quicker': '1',
      'Content-Type': 'application/json',
      'Content-Length': '50',
      Connection: 'keep-alive',
    });
    const sockets = site.origins.map((origin) => {
      const socket = connect(Number(new URL(origin).port), '127.0.0.1').resume();
      socket.on('error', () => {}).write(`${request}{`);
      return socket;
    });
    // Both have waited as long as they do; a process that has ended says nothing any more.
    while ((await site.count('fault')) < sockets.length);
    for (const socket of sockets) socket.destroy();
    const visitor = site.visitor();
    for (const path of ['/v1/account', '/reports', '/security']) {
      for (const _ of site.origins) {
        const { status, text } = await visitor.get(path, { 'x-quicker': '1' });
        expect([path, status, text]).toEqual([path, 503, 'The host was quicker.']);
      }
    }
    expect([await guardOf(visitor), await guardOf(visitor)]).toEqual([401, 401]);
  });
});
