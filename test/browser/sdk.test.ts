import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import express from 'express';
import type { RequestHandler } from 'express';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';

import { describeWithBrowser, launchBrowser } from '../support/browser-harness.ts';
import { startMatrixHost } from '../support/matrix-host.ts';
import type { HostUser, MatrixHost } from '../support/matrix-host.ts';
import { codeIn } from '../support/sdk-child.ts';
import { totpAt } from '../support/sdk-totp.ts';

const RELEASES = [
  {
    version: '14.0.0-rc.5',
    sdk: 'appwrite-14-rc',
    names: 'the names of the announcement',
    eMail: true,
  },
  { version: '14.0.1', sdk: 'appwrite-14', names: 'its own names' },
  { version: '21.5.0', sdk: 'appwrite-21-5', names: 'its own names' },
  { version: '28.0.0', sdk: 'appwrite-28', names: 'its own names', eMail: true },
];
const BY_APP = {
  uri: true,
  confirmed: true,
  mfa: true,
  signedOut: 'general_unauthorized_scope',
  pending: 'user_more_factors_required',
  factors: { totp: true, email: false, phone: false },
  wrong: 'general_argument_invalid',
  got: true,
};
const BY_EMAIL = {
  mfa: true,
  pending: 'user_more_factors_required',
  factors: { totp: false, email: true, phone: false },
  wrong: 'general_argument_invalid',
  got: true,
};

describeWithBrowser('a page with a browser bundle of', () => {
  let browser: Browser;
  let host: MatrixHost;
  let context: BrowserContext;

  beforeAll(async () => {
    [browser, host] = await Promise.all([launchBrowser(), startMatrixHost('Express 5', HOST)]);
  });
  afterAll(() => Promise.all([browser.close(), host.close()]));
  beforeEach(async () => {
    context = await browser.newContext();
  });
  afterEach(() => context.close());

  it.each(RELEASES)(
    'appwrite $version enrolls an app and signs in with it, by $names and with nothing but cookies',
    async ({ sdk, version }) => {
      const page = await open(context, host, sdk);
      const requests = requestsOf(page);
      expect(await page.evaluate(`runFlow('app')`)).toEqual(BY_APP);
      await expectCookiesOnly(page, requests, version);
    },
  );

  it.each(RELEASES.filter(({ eMail }) => eMail))(
    'appwrite $version signs in with a code by e-mail',
    async ({ sdk, version }) => {
      const page = await open(context, host, sdk);
      const requests = requestsOf(page);
      expect(await page.evaluate(`runFlow('email')`)).toEqual(BY_EMAIL);
      await expectCookiesOnly(page, requests, version);
    },
  );

  it('appwrite 28.0.0 signs in from a listed origin of the same site', async () => {
    const pages = express().use(PAGES).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    const origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    const settings = { csrf: { origins: [origin] }, before: [cors(origin)] };
    const app = await startMatrixHost('Express 5', settings);
    try {
      const page = await open(context, app, 'appwrite-28', origin);
      const requests = requestsOf(page);
      expect(await page.evaluate(`runFlow('app', '${app.origin}')`)).toEqual(BY_APP);
      await expectCookiesOnly(page, requests, '28.0.0');
    } finally {
      pages.closeAllConnections();
      pages.close();
      await app.close();
    }
  });
});

/** The bundles as they were released, and a page of the host to use them in. */
const PAGES: RequestHandler[] = [
  express.static(path.resolve('test/browser')),
  express.static(path.resolve('node_modules')),
  (_req, res) => {
    res.send('<!doctype html><html lang="en"><title>Acme</title>');
  },
];
const HOST = { after: PAGES };

/** What a host does whose pages are of another origin than its app. */
function cors(origin: string): RequestHandler {
  return (req, res, next) => {
    res.set('access-control-allow-origin', origin);
    res.set('access-control-allow-credentials', 'true');
    if (req.method !== 'OPTIONS') return next();
    res.set('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
    res.set('access-control-allow-headers', req.get('access-control-request-headers'));
    res.status(204).end();
  };
}

/** A page with the bundle, and with what a user has beside the browser. */
async function open(
  context: BrowserContext,
  host: MatrixHost,
  sdk: string,
  origin = host.origin,
): Promise<Page> {
  const page = await context.newPage();
  await page.exposeFunction('addUser', (more: Partial<HostUser>) => host.addUser(more));
  await page.exposeFunction('appCode', (secret: string) => totpAt(secret, host.clock.now));
  await page.exposeFunction('forward', (ms: number) => host.clock.forward(ms));
  await page.exposeFunction('mailedCode', (to: string) => codeIn(host.inbox.lastCodeTo(to).text));
  await page.goto(origin);
  await page.addScriptTag({ url: `${origin}/${sdk}/dist/iife/sdk.js` });
  await page.addScriptTag({ url: `${origin}/sdk-flows.js` });
  return page;
}

function requestsOf(page: Page): Request[] {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  return requests;
}

async function expectCookiesOnly(page: Page, requests: readonly Request[], version: string) {
  const sent = await Promise.all(requests.map((request) => request.allHeaders()));
  expect(sent.length).toBeGreaterThan(8);
  for (const headers of sent.filter(({ 'x-sdk-version': sdk }) => sdk !== undefined)) {
    expect(headers['x-sdk-version']).toBe(version);
    expect(headers['x-requested-with']).toBeUndefined();
    // Older releases send the header always, and fill it from localStorage.
    expect(headers['x-fallback-cookies'] ?? '').toBe('');
  }
  expect(await page.evaluate('JSON.stringify(localStorage)')).toBe('{}');
  expect(await page.evaluate('document.cookie')).toBe('');
}
