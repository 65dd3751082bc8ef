import { nextOf } from '../support/next-of.ts';
import { describeWithRedis } from '../support/redis-harness.ts';
import { openPage, sendForm, wayOn } from './page-forms.ts';
import { appCode, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const ELSEWHERE = [
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '@evil.example',
];

describeWithRedis('[A64] a link to our challenge that leads to another site', () => {
  const processes = twoProcesses();

  it('leads into the app, by the link as by the form [TRN-7]', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    for (const returnTo of ELSEWHERE) {
      const visitor = await signedIn(site, user);
      const query = new URLSearchParams({ returnTo }).toString();
      const page = await openPage(visitor, `/security/challenge?${query}`);
      expect([returnTo, page.text]).not.toEqual([returnTo, expect.stringMatching(/evil|alert/)]);
      const answer = { with: wayOn(page), code: appCode(site, secret), returnTo };
      const { status, text } = await sendForm(visitor, `/security/challenge?${query}`, answer);
      expect([returnTo, status, nextOf(text)]).toEqual([returnTo, 200, '/reports']);
      await site.forward(30_000);
    }
  });

  it('leads where it was asked for within the app', async () => {
    const site = await processes.site();
    const { user, secret } = await userWithTotp(site);
    const visitor = await signedIn(site, user);
    const { headers } = await openPage(visitor, '/reports?year=2031');
    expect(headers.location).toBe('/security/challenge?returnTo=%2Freports%3Fyear%3D2031');
    const page = await openPage(visitor, String(headers.location));
    const answer = { with: wayOn(page), code: appCode(site, secret) };
    const done = await sendForm(visitor, String(headers.location), answer);
    expect(nextOf(done.text)).toBe('/reports?year=2031');
  });
});
