import { nextOf } from '../support/next-of.ts';
import { describeWithRedis } from '../support/redis-harness.ts';
import { challenge, expected, guardOf, signedIn, userWithMail } from './story.ts';
import { sendForm } from './page-forms.ts';
import { twoProcesses } from './two-processes.ts';
import type { Answer, Visitor } from './visitor.ts';

const MFA = '/v1/account/mfa';
const CHANGES: readonly (readonly [what: string, method: string, path: string, body: object])[] = [
  ['enrolling', 'POST', `${MFA}/authenticators/totp`, {}],
  ['enrolling a mailbox', 'POST', `${MFA}/authenticators/email`, { email: 'eve@evil.example' }],
  ['confirming', 'PUT', `${MFA}/authenticators/totp`, { otp: '123456' }],
  ['removing', 'DELETE', `${MFA}/authenticators/email`, {}],
  ['switching off', 'PATCH', MFA, { mfa: false }],
  ['new recovery codes', 'PATCH', `${MFA}/recovery-codes`, {}],
  ['sending a code', 'POST', `${MFA}/challenges`, { factor: 'email' }],
  ['guessing', 'PUT', `${MFA}/challenges`, { challengeId: 'x', otp: '123456' }],
  ['signing out', 'DELETE', '/v1/account/sessions/current', {}],
  ['signing out everywhere', 'DELETE', '/v1/account/sessions', {}],
];
const EVIL = 'https://evil.example';
const FORM = 'application/x-www-form-urlencoded';
/** What a browser sends for a page of another site, and how. */
const PAGES: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
  ['fetch', { origin: EVIL, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ['a form', { origin: EVIL, 'sec-fetch-site': 'cross-site', 'content-type': FORM }],
  ['an older browser', { origin: EVIL, 'sec-fetch-site': '' }],
  ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['a sub-domain', { origin: 'https://evil.acme.example', 'sec-fetch-site': 'same-site' }],
  ['a claimed method', { origin: EVIL, 'sec-fetch-site': 'cross-site', 'x-requested-with': 'x' }],
  ['no mark at all', { 'sec-fetch-site': '' }],
];

describeWithRedis('[A65] a page of another site, in a browser that is signed in', () => {
  const processes = twoProcesses();

  it('changes, sends and ends nothing by any route [TRN-1]', async () => {
    const site = await processes.site();
    const { user, owner } = await userWithMail(site);
    const before = await stateOf(owner);
    const mails = site.outbox.length;
    for (const [page, headers] of PAGES) {
      for (const [what, method, path, body] of CHANGES) {
        const { status } = await sentFrom(owner, headers, method, path, body);
        expect([page, what, status]).toEqual([page, what, 403]);
      }
    }
    expect(await stateOf(owner)).toBe(before);
    expect(site.outbox).toHaveLength(mails);
    // The same requests of the app's own pages are taken.
    const half = await signedIn(site, user);
    await challenge(half, 'email');
    expected(await owner.delete('/v1/account/sessions/current'), 204);
  });

  it('changes nothing by a form of another site on the pages [TRN-1]', async () => {
    const site = await processes.site();
    const { owner } = await userWithMail(site);
    const before = await stateOf(owner);
    const mails = site.outbox.length;
    for (const [page, headers] of PAGES) {
      for (const path of FORMS) {
        const form = { 'content-type': FORM, ...headers };
        const { status } = await sentFrom(owner, form, 'POST', `/security${path}`, 'mfa=off');
        expect([page, path, status]).toEqual([page, path, 403]);
      }
    }
    expect(await stateOf(owner)).toBe(before);
    expect(site.outbox).toHaveLength(mails);
    const own = await sendForm(owner, '/security/sign-out');
    expect([own.status, nextOf(own.text)]).toEqual([200, '/login']);
  });

  it('changes nothing by an image, a link or a script: GET is inert [TRN-1]', async () => {
    const site = await processes.site();
    const { owner } = await userWithMail(site);
    const before = await stateOf(owner);
    const mails = site.outbox.length;
    const mark = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' };
    for (const [, , path, body] of CHANGES) {
      const query = new URLSearchParams(body as Record<string, string>);
      const { headers } = await owner.get(`${path}?${String(query)}`, mark);
      expect(headers).not.toHaveProperty('set-cookie');
    }
    expect(await stateOf(owner)).toBe(before);
    expect(site.outbox).toHaveLength(mails);
  });
});

/** A request that carries the cookie of its victim, and the marks of the page that made it. */
function sentFrom(
  owner: Visitor,
  { 'sec-fetch-site': fetched = '', ...headers }: Readonly<Record<string, string>>,
  method: string,
  path: string,
  body: object | string,
): Promise<Answer> {
  const { headers: own, ...ask } = owner.ask(method, path, body, headers);
  const { 'sec-fetch-site': _, ...rest } = own;
  const marked = fetched === '' ? rest : { ...rest, 'sec-fetch-site': fetched };
  return owner.send({ ...ask, headers: marked });
}

const FORMS = [
  '/mfa',
  '/sign-out',
  '/sessions/end',
  '/recovery-codes',
  '/set-up/totp',
  '/set-up/totp/confirm',
  '/challenge',
  '/challenge/send',
];

async function stateOf(visitor: Visitor): Promise<string> {
  const paths = ['/v1/account', `${MFA}/authenticators`, '/v1/account/sessions'];
  const texts = [];
  for (const path of paths) texts.push(expected(await visitor.get(path), 200).text);
  return `${texts.join('\n')} ${await guardOf(visitor)}`;
}
