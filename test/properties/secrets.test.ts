import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import type { Response } from 'supertest';

import { listenToStreams, talkative, formsOf } from '../logs/sinks.ts';
import { startApp } from '../support/app.ts';
import type { Browser, TestApp } from '../support/app.ts';
import { addUser, codeMessages, totpCode } from '../support/story.ts';
import { runs } from './runs.ts';

const MFA = '/v1/account/mfa';
const PLACES: readonly (readonly ['post' | 'put' | 'patch', string, (secret: string) => object])[] =
  [
    ['put', `${MFA}/challenges`, (otp) => ({ challengeId: otp, otp })],
    ['put', `${MFA}/challenges`, (otp) => ({ challengeId: [otp], otp: { otp } })],
    ['post', `${MFA}/challenges`, (factor) => ({ factor, authenticatorId: factor })],
    ['put', `${MFA}/authenticators/totp`, (otp) => ({ otp: `${otp}\n` })],
    ['patch', MFA, (mfa) => ({ mfa, [mfa]: mfa })],
    ['patch', '/v1/account/phone', (phone) => ({ phone, password: `${phone}!` })],
  ];

/** What one user does; each step may be of no use where it comes. */
const someSteps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constantFrom('enroll' as const, 'prove' as const),
      factor: fc.constantFrom('totp', 'email', 'phone'),
      answer: fc.constantFrom('right' as const, 'wrong' as const, 'twice' as const),
    }),
    fc.record({ do: fc.constantFrom('make' as const, 'replace' as const, 'recover' as const) }),
    fc.record({ do: fc.constantFrom('on' as const, 'sign in anew' as const, 'look' as const) }),
    fc.record({
      do: fc.constant('repeat' as const),
      place: fc.nat(PLACES.length - 1),
      which: fc.nat(20),
    }),
  ),
  { minLength: 3, maxLength: 10 },
);
type Step = typeof someSteps extends fc.Arbitrary<(infer T)[]> ? T : never;

describe('a secret', () => {
  const key = randomBytes(32);
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ keys: [key] });
  });
  afterAll(() => app.close());

  it('[LOG-1] [CRY-6] is part of nothing that is said, but for the one answer or message that it is for', async () => {
    const streams = listenToStreams();
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(someSteps, async (steps) => {
        const story = aStory(app, key);
        await story.signIn();
        for (const step of steps) await story.take(step);
        const { said, secrets } = story.told();
        for (const [what, secret] of secrets) {
          kinds.add(what);
          const shown = formsOf(secret).filter((form) => form.test(said));
          expect({ what, shown }).toEqual({ what, shown: [] });
        }
      }),
      // One story at least has an app in it and has recovery codes made.
      {
        ...runs(25),
        examples: [[[{ do: 'enroll', factor: 'totp', answer: 'right' }, { do: 'make' }]]],
      },
    );
    const heard = streams.text();
    streams.release();
    expect(heard).not.toContain(key.toString('base64'));
    expect([...kinds].toSorted()).toEqual([
      'code',
      'key',
      'password',
      'pointer',
      'recovery code',
      'seed',
    ]);
  });
});

function aStory(app: TestApp, key: Buffer) {
  const password = randomBytes(12).toString('base64url');
  const phone = { phone: '+14155552671', phoneVerified: false };
  const user = addUser(app, { password, ...phone });
  const secrets: [what: string, secret: string][] = [
    ['key', key.toString('base64')],
    ['password', password],
  ];
  const said: string[] = [];
  const from = { events: app.events.length, outbox: app.outbox.length };
  let browser: Browser = app.browser();
  let seed = '';
  let codes: readonly string[] = [];

  const note = (what: string, secret: string | undefined): void => {
    if (secret !== undefined && secret.length >= 6) secrets.push([what, secret]);
  };
  const hear = (response: Response, isFor: readonly string[] = []): Record<string, unknown> => {
    const body = response.body as Record<string, unknown>;
    const rest = Object.fromEntries(Object.entries(body).filter(([name]) => !isFor.includes(name)));
    said.push(JSON.stringify(rest), talkative(response.headers));
    return body;
  };
  const mailed = (): string => {
    app.clock.forward(1);
    const code = /\b\d{6}\b/.exec(codeMessages(app.outbox).at(-1)?.text ?? '')?.[0];
    note('code', code);
    return code ?? '000000';
  };
  const right = (factor: string): string => {
    if (factor !== 'totp') return mailed();
    if (seed === '') return '000000';
    const code = totpCode(app, seed);
    note('code', code);
    return code;
  };
  const typed = (factor: string, answer: string): string =>
    answer === 'wrong' ? '999999' : right(factor);

  const story = {
    async signIn(): Promise<void> {
      browser = app.browser();
      const path = '/v1/account/sessions/email';
      hear(await browser.post(path, { email: user.email, password }));
    },

    async take(step: Step): Promise<void> {
      app.clock.forward(31_000);
      switch (step.do) {
        case 'enroll': {
          const path = `${MFA}/authenticators/${step.factor}`;
          const { secret } = hear(await browser.post(path), SHOWN_ONCE);
          if (typeof secret === 'string') note('seed', (seed = secret));
          const otp = typed(step.factor, step.answer);
          for (let n = step.answer === 'twice' ? 2 : 1; n > 0; n -= 1)
            hear(await browser.put(path, { otp }));
          return;
        }
        case 'prove':
          return prove(step.factor, step.answer);
        case 'recover':
          return prove('recoveryCode', 'right');
        case 'make':
        case 'replace': {
          const asked = step.do === 'make' ? browser.post : browser.patch;
          const { recoveryCodes } = hear(
            await asked.call(browser, `${MFA}/recovery-codes`),
            SHOWN_ONCE,
          );
          if (Array.isArray(recoveryCodes)) codes = recoveryCodes as string[];
          for (const code of codes) note('recovery code', code);
          return;
        }
        case 'on':
          hear(await browser.patch(MFA, { mfa: true }));
          return;
        case 'sign in anew':
          return story.signIn();
        case 'look':
          for (const path of ['', '/sessions', '/mfa/authenticators', '/mfa/factors'])
            hear(await browser.get(`/v1/account${path}`));
          hear(await browser.get('/reports'));
          return;
        case 'repeat': {
          const [method, path, body] = PLACES[step.place] ?? PLACES[0] ?? NO_PLACE;
          const [, secret = ''] = secrets[step.which % secrets.length] ?? [];
          hear(await browser[method](path, body(secret)));
        }
      }
    },

    told() {
      const { sessions } = app.sessions as unknown as { sessions: Record<string, string> };
      // However many stories there are: each is searched for the pointers of the latest sessions.
      for (const id of Object.keys(sessions).slice(0, -100)) delete sessions[id];
      for (const [, pointer] of JSON.stringify(sessions).matchAll(/\\"mfa\\":\\"([^"\\]+)/g))
        note('pointer', pointer?.split('.').at(-1));
      const notices = app.outbox
        .slice(from.outbox)
        .filter((message) => !codeMessages([message]).includes(message));
      const events = app.events.slice(from.events);
      return { said: [...said, talkative(events), talkative(notices)].join('\n'), secrets };
    },
  };
  return story;

  async function prove(factor: string, answer: string): Promise<void> {
    const { $id } = hear(await browser.post(`${MFA}/challenges`, { factor }));
    const otp = factor === 'recoveryCode' ? (codes[0] ?? 'none') : typed(factor, answer);
    for (let n = answer === 'twice' ? 2 : 1; n > 0; n -= 1)
      hear(await browser.put(`${MFA}/challenges`, { challengeId: String($id), otp }));
  }
}

/** The members of the one answer in which a secret is shown to its owner. */
const SHOWN_ONCE = ['secret', 'uri', 'recoveryCodes', 'qrSvg', 'qrPng'];
const NO_PLACE = ['put', MFA, () => ({})] as const;
