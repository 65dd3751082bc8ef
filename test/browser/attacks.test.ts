import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import express from 'express';

import { describeWithBrowser } from '../support/browser-harness.ts';
import { setStage } from './stage.ts';

describeWithBrowser('whoever attacks a visitor of the ready pages', () => {
  const stage = setStage();
  beforeEach(() => stage.visitor.go('/login?returnTo=/security/set-up/totp'));

  // Cookies know no port: to the browser this page is of the same site, and frames come with them.
  it('[A63] [TRN-3] frames none of the pages, not even from another port of the same host', async () => {
    const { host, visitor } = stage;
    const user = host.addUser({ emailVerified: true });
    await visitor.signIn(user);
    const attacker = express()
      .get('/', (req, res) => {
        const { searchParams } = new URL(req.originalUrl, host.origin);
        res.send(`<iframe src="${host.origin}${searchParams.get('path')}"></iframe>`);
      })
      .listen(0, '127.0.0.1');
    await once(attacker, 'listening');
    try {
      const evil = `http://127.0.0.1:${(attacker.address() as AddressInfo).port}`;
      const framed = async (path: string): Promise<string | undefined> => {
        await visitor.page.goto(`${evil}/?path=${encodeURIComponent(path)}`);
        const frame = visitor.page.frames()[1];
        return frame?.url().startsWith('chrome-error:')
          ? 'blocked'
          : frame?.locator('h1').innerText();
      };
      // What the host does not protect can be framed: it is the pages that refuse.
      expect(await framed('/account')).toBe('Your account');
      for (const path of ['', '/set-up', '/set-up/totp', '/challenge', '/recovery-codes']) {
        expect([path, await framed(`/security${path}`)]).toEqual([path, 'blocked']);
      }
      expect(visitor.troubles.splice(0).join()).toContain("frame-ancestors 'none'");
    } finally {
      attacker.closeAllConnections();
      attacker.close();
    }
  });

  it('[A64] [TRN-7] leads nobody away by the returnTo of a challenge', async () => {
    const { host, visitor } = stage;
    const user = host.addUser();
    await visitor.signIn(user);
    await visitor.setUp('totp', user);
    visitor.troubles.length = 0;
    for (const [returnTo, expected = '/'] of RETURNS) {
      host.clock.forward(30_000);
      await visitor.go(`/security/challenge?returnTo=${encodeURIComponent(returnTo)}`);
      await visitor.answer(visitor.code('totp', user));
      expect([returnTo, visitor.at]).toEqual([returnTo, expected]);
    }
    expect(visitor.troubles).toEqual([]);
  });

  it('[A64] [TRN-7] leads nobody away by the returnTo of a link', async () => {
    const { host, visitor } = stage;
    await visitor.signIn(host.addUser());
    for (const [returnTo, expected = '/security/'] of RETURNS) {
      await visitor.go(`/security/recovery-codes?returnTo=${encodeURIComponent(returnTo)}`);
      await visitor.press('Cancel');
      expect([returnTo, visitor.at]).toEqual([returnTo, expected]);
    }
    expect(visitor.troubles).toEqual([]);
  });
});

/** Each form, and where it leads if that is anywhere: a path of the app itself, as a browser reads it. */
const RETURNS: readonly (readonly [string, string?])[] = [
  ['/account?a=1&b=2', '/account?a=1&b=2'],
  ['https://evil.example/'],
  ['//evil.example'],
  ['///evil.example'],
  ['/\\evil.example'],
  ['\\\\evil.example'],
  ['/\t/evil.example'],
  ['/\n/evil.example'],
  ['\t//evil.example'],
  [' //evil.example'],
  ['/.//evil.example'],
  ['/account/..//evil.example'],
  ['https:evil.example'],
  ['javascript:alert(1)'],
  ['data:text/html,<h1>evil</h1>'],
  ['@evil.example'],
  ['/%09/evil.example', '/%09/evil.example'],
];
