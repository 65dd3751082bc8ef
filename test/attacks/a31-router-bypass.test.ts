import { describeWithRedis } from '../support/redis-harness.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { BEHIND_THE_GUARD } from './side-doors.ts';
import { signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const DOORS: readonly (readonly [what: string, path: string, toTheOwner: number])[] = [
  ['an app that is mounted there', '/admin/sub/report', 200],
  ['a folder of files', '/admin/files/package.json', 200],
  ['an error handler', '/admin/broken', 500],
  ['a path with no route', '/admin/none', 404],
];

describeWithRedis('[A31] a way around the router', () => {
  const processes = twoProcesses();

  it('is closed to a session that lacks a factor: sub-app, files, error handler [GRD-1]', async () => {
    const site = await processes.site();
    const { user, owner } = await userWithTotp(site);
    const half = await signedIn(site, user);
    for (const [what, path, toTheOwner] of DOORS) {
      for (const visitor of [half, half, site.visitor()]) {
        expect([what, (await visitor.get(path)).status]).toEqual([what, 401]);
      }
      expect([what, (await owner.get(path)).status]).toEqual([what, toTheOwner]);
    }
  });

  it('is told where it is left open: a route that stands before its guard [GRD-1]', async () => {
    const site = await processes.site();
    expect((await site.visitor().get('/early/report')).text).toContain(BEHIND_THE_GUARD);
    for (const routes of await site.unguarded()) {
      expect(routes).toContain('GET /early/report');
      expect(routes.filter((route) => route.includes('/admin'))).toEqual([]);
    }
  });

  it('is no WebSocket either: half a session upgrades nothing [GRD-3]', async () => {
    const site = await processes.site();
    const { user, owner } = await userWithTotp(site);
    const half = await signedIn(site, user);
    for (const origin of site.origins) {
      const upgrade = (cookie: string) =>
        sendRaw(
          Number(new URL(origin).port),
          rawRequest('GET', '/admin/live', {
            Cookie: `connect.sid=${cookie}`,
            Connection: 'Upgrade',
            Upgrade: 'websocket',
            'Sec-WebSocket-Version': '13',
            'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
          }),
        );
      for (const cookie of [half.cookie, '', 'forged']) {
        expect((await upgrade(cookie)).status).toBe(401);
      }
      expect(await upgrade(owner.cookie)).toMatchObject({
        status: 101,
        head: expect.stringContaining(BEHIND_THE_GUARD) as string,
      });
    }
  });
});
