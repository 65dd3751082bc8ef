import { startMatrixHost } from '../support/matrix-host.ts';
import type { ExpressName, MatrixHost, SeenRequest } from '../support/matrix-host.ts';
import { runSdk } from '../support/sdk-child.ts';
import type { SdkReport } from '../support/sdk-child.ts';

const COMMON = [
  'completes a sign-in with a code by e-mail',
  'completes a sign-in at an endpoint with a trailing slash',
  'completes a sign-in without any mark of a browser',
  'completes a sign-in with a code by SMS',
  'enrolls an authenticator app and completes a sign-in with it, each step once',
  "sets MFA up in the order of Appwrite's guide: recovery codes, app, switch",
  "completes a sign-in with a recovery code under the SDK's own name, once",
  'says that a session is there already, or waits for its factor',
  'refuses a wrong password',
  'logs out, completed or pending',
  'confirms a new phone number, which is a factor from then on',
  'confirms the address of the account by a code',
  'deletes the authenticator after a recent challenge',
  'lists the sessions and ends another, then all',
];
const NESTED = ['is told what is wrong with an object in the place of an argument'];
const NAMED = ['runs the whole flow under the newer names, with one object of parameters'];
const BY_OTP = ['confirms the address of the account by the calls for codes'];

const PATHS = [
  '/account/mfa/challenge',
  '/account/mfa/challenges',
  '/account/verification',
  '/account/verification/phone',
  '/account/verifications/email',
  '/account/verifications/phone',
  '/account/verifications/email/otp',
] as const;
type Path = (typeof PATHS)[number];

const CONTACT: readonly Path[] = ['/account/verifications/email', '/account/verifications/phone'];
const OLD: readonly Path[] = [
  '/account/mfa/challenge',
  '/account/verification',
  '/account/verification/phone',
];
const BETWEEN: readonly Path[] = ['/account/mfa/challenge', ...CONTACT];
const NEW: readonly Path[] = ['/account/mfa/challenges', ...CONTACT];

interface Release {
  readonly sdk: string;
  readonly version: string;
  readonly flows: readonly string[];
  /** Those of the paths that have changed over time which this release calls. */
  readonly paths: readonly Path[];
  readonly express?: ExpressName;
}

const RELEASES: readonly Release[] = [
  { sdk: 'appwrite-15', version: '15.0.0', flows: NESTED, paths: OLD },
  { sdk: 'appwrite-17', version: '17.0.2', flows: NESTED, paths: OLD },
  { sdk: 'appwrite-18', version: '18.2.0', flows: NESTED, paths: OLD },
  { sdk: 'appwrite-21-4', version: '21.4.0', flows: NAMED, paths: BETWEEN },
  { sdk: 'appwrite-21-5', version: '21.5.0', flows: NAMED, paths: NEW },
  { sdk: 'appwrite-22', version: '22.4.1', flows: NAMED, paths: NEW },
  {
    sdk: 'appwrite-28',
    version: '28.0.0',
    flows: [...NAMED, ...BY_OTP],
    paths: [...NEW, '/account/verifications/email/otp'],
  },
  { sdk: 'appwrite-22', version: '22.4.1', flows: NAMED, paths: NEW, express: 'Express 4' },
];

describe.each(RELEASES.map((release) => ({ express: 'Express 5' as const, ...release })))(
  'appwrite $version on $express',
  ({ sdk, version, flows, paths, express }) => {
    const titles = [...COMMON, ...flows];
    let host: MatrixHost;
    let report: SdkReport = {};
    let seen: readonly SeenRequest[] = [];

    beforeAll(async () => {
      host = await startMatrixHost(express);
      report = await runSdk(host, sdk);
      ({ seen } = host);
    });
    afterAll(() => host.close());

    it.each(titles)('%s', (title) => {
      expect(report[title]).toBe('passed');
    });

    it('has run these flows and no other', () => {
      expect(Object.keys(report).toSorted()).toEqual(titles.toSorted());
    });

    it('is the released SDK, on the paths of its time', () => {
      const versions = new Set(seen.map(({ headers }) => headers['x-sdk-version']));
      expect([...versions]).toEqual([version]);
      const called = new Set(seen.map(({ path }) => path));
      expect(PATHS.filter((path) => called.has(`/v1${path}`))).toEqual(
        PATHS.filter((path) => paths.includes(path)),
      );
      expect(called).toContain('/v1//account/sessions/email');
    });

    it('has sent the marks of a browser, and has done without them', () => {
      const marks = seen
        .filter(({ method }) => method === 'POST')
        .map(({ headers }) => [headers['sec-fetch-site'], headers.origin]);
      expect(marks).toContainEqual(['same-origin', host.origin]);
      expect(marks).toContainEqual([undefined, undefined]);
    });
  },
);
