import { describeWithRedis } from '../support/redis-harness.ts';
import {
  answer,
  appCode,
  appCodes,
  beginTotp,
  expected,
  sentCode,
  signedIn,
  withDifferentCodes,
} from './story.ts';
import { twoProcesses } from './two-processes.ts';
import type { Answer, Visitor } from './visitor.ts';

/** What a code can be for: a purpose and a factor. */
const PLACES = [
  'prove totp',
  'prove email',
  'prove phone',
  'prove recoveryCode',
  'enroll totp',
  'enroll email',
  'enroll phone',
] as const;
type Place = (typeof PLACES)[number];

interface Open {
  readonly id: string;
  readonly code: string;
}

describeWithRedis('[A11] a code used for another purpose than its own', () => {
  const processes = twoProcesses();

  /** A complete session that opened a challenge in every place, this one last; each has a code of its own. */
  const openAll = (own: Place) =>
    withDifferentCodes(
      () => openEach(own),
      ({ site, codes, secrets }) => [
        ...PLACES.filter((one) => !one.endsWith('totp')).map((one) => codes.get(one)?.code ?? ''),
        ...secrets.flatMap((secret) => appCodes(site, secret, -1, 1)),
      ],
    );

  async function openEach(own: Place) {
    const site = await processes.site();
    const contacts = { emailVerified: true, phone: '+14155552671', phoneVerified: true };
    const user = site.addUser(contacts);
    const visitor = await signedIn(site, user);
    const path = '/v1/account/mfa';
    const secret = await beginTotp(visitor, 'first');
    const otp = appCode(site, secret);
    expected(await visitor.put(`${path}/authenticators/totp`, { otp }), 200);
    await site.forward(30_000);
    const made = expected(await visitor.post(`${path}/recovery-codes`), 201);
    const [recovery = ''] = made.body.recoveryCodes as readonly string[];

    const secrets = [secret];
    const codes = new Map<Place, Open>();
    const begin = async (place: Place, body: object, code: (body: Answer['body']) => string) => {
      const [purpose, factor = ''] = place.split(' ');
      const to = purpose === 'prove' ? 'challenges' : `authenticators/${factor}`;
      const asked = purpose === 'prove' ? { factor } : body;
      const opened = await visitor.post(`${path}/${to}`, asked);
      expect([place, opened.status]).toEqual([place, purpose === 'prove' ? 201 : 200]);
      codes.set(place, { id: String(opened.body.$id), code: code(opened.body) });
    };
    const open: Readonly<Record<Place, () => Promise<void>>> = {
      'prove totp': () => begin('prove totp', {}, () => appCode(site, secret)),
      'prove email': () => begin('prove email', {}, () => sentCode(site)),
      'prove phone': () => begin('prove phone', {}, () => sentCode(site)),
      'prove recoveryCode': () => begin('prove recoveryCode', {}, () => recovery),
      'enroll totp': () =>
        begin('enroll totp', { name: 'second' }, (body) => {
          secrets.push(String(body.secret));
          return appCode(site, String(body.secret));
        }),
      'enroll email': () =>
        begin('enroll email', { email: `other-${user.email}` }, () => sentCode(site)),
      'enroll phone': () => begin('enroll phone', { phone: '+14155552672' }, () => sentCode(site)),
    };
    // Three codes may be open at once: the one that is tried comes last, so that it is one of them.
    for (const place of PLACES.filter((one) => one !== own)) await open[place]();
    await open[own]();
    return { site, user, visitor, codes, secrets };
  }

  function present(
    visitor: Visitor,
    userId: string,
    place: Place,
    id: string,
    code: string,
  ): readonly (() => Promise<Answer>)[] {
    const [purpose, factor = ''] = place.split(' ');
    if (purpose === 'prove') return [() => answer(visitor, id, code)];
    const confirm = () => visitor.put(`/v1/account/mfa/authenticators/${factor}`, { otp: code });
    const verify = () =>
      visitor.put(`/v1/account/verifications/${factor}`, { userId, secret: code });
    return factor === 'totp' ? [confirm] : [confirm, verify];
  }

  it.each(PLACES)('passes in its own place and in no other: %s [VER-4] [THR-11]', async (own) => {
    const { user, visitor, codes } = await openAll(own);
    const { id = '', code = '' } = codes.get(own) ?? {};
    const [purpose] = own.split(' ');
    // An enrollment's challenge has an id, too, and the login asks for ids.
    if (purpose === 'enroll') expect((await answer(visitor, id, code)).status).toBe(401);
    for (const place of PLACES.filter((one) => one !== own)) {
      const other = codes.get(place)?.id ?? '';
      for (const send of present(visitor, user.id, place, other, code)) {
        const { status } = await send();
        expect([place, REFUSED.includes(status)]).toEqual([place, true]);
      }
    }
    const [send] = present(visitor, user.id, own, id, code);
    expect([own, (await send?.())?.status]).toEqual([own, 200]);
  });
});

/** Wrong, not even shaped like a code of that place, or no longer open there. */
const REFUSED = [400, 401, 404, 409];
