import { describeWithRedis } from '../support/redis-harness.ts';
import { beginTotp, enrollTotp, expected, signedIn } from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Answer } from './visitor.ts';

const TOTP = '/v1/account/mfa/authenticators/totp';
const CODES = '/v1/account/mfa/recovery-codes';
const READS = [
  CODES,
  '/v1/account',
  '/v1/account/sessions',
  '/v1/account/mfa/factors',
  '/v1/account/mfa/authenticators',
];

describeWithRedis('[A62] a secret looked for in a cache, or asked for again', () => {
  const processes = twoProcesses();

  it('is kept by no browser and no proxy: seed, QR, recovery codes, and what is refused [TRN-2]', async () => {
    const site = await processes.site();
    const owner = await signedIn(site, site.addUser());
    const answers: Answer[] = [expected(await owner.post(TOTP), 200)];
    await enrollTotp(site, owner);
    answers.push(expected(await owner.post(CODES), 201));
    for (const visitor of [owner, site.visitor()]) {
      for (const path of READS) answers.push(await visitor.get(path));
    }
    for (const { headers } of answers) {
      expect(headers).toMatchObject({ 'cache-control': 'no-store' });
      expect(headers).not.toHaveProperty('expires');
      expect(headers).not.toHaveProperty('last-modified');
    }
  });

  it('is shown once: no later answer holds it, not even for the ETag of the first [ENR-5] [REC-1]', async () => {
    const site = await processes.site();
    const owner = await signedIn(site, site.addUser());
    const given = expected(await owner.post(TOTP), 200);
    // Begun anew it is another one: the first is nowhere to be had again.
    expect(await beginTotp(owner)).not.toBe(given.body.secret);
    const secret = await enrollTotp(site, owner);
    const made = expected(await owner.post(CODES), 201);
    const codes = made.body.recoveryCodes as string[];
    const match = { 'if-none-match': String(made.headers.etag) };
    const later = [
      await owner.post(TOTP),
      await owner.post(CODES),
      ...(await Promise.all(READS.map((path) => owner.get(path)))),
      await owner.get(CODES, match),
      await owner.get(TOTP, match),
    ];
    for (const { status, text } of later) {
      expect(status).not.toBe(304);
      for (const shown of [secret, String(given.body.secret), ...codes]) {
        expect(text).not.toContain(shown);
      }
    }
    expect((await owner.post(CODES)).status).toBe(409);
    expect((await owner.get(TOTP)).status).toBe(404);
  });
});
