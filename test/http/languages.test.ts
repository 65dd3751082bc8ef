import { EXPRESS, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { addUser, codeMessages, signIn, switchOn } from '../support/story.ts';

const HOSTILE = [
  ',;q=,',
  '__proto__',
  'constructor;q=1',
  'de_AT',
  '../de',
  `${'tlh,'.repeat(20)}de`,
  `de;x=${'y'.repeat(1000)}`,
  ';'.repeat(999),
];

describe.each(EXPRESS)('the language of messages on %s', (_name, framework) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp({ framework });
  });
  afterEach(() => app.close());

  /** What a code by e-mail is called that this browser asks for. */
  async function subject(locale: unknown, header: string): Promise<string | undefined> {
    const user = addUser(app, { emailVerified: true, locale: locale as string });
    const browser = app.browser();
    await signIn(browser, user);
    await switchOn(browser);
    const asking = app.browser();
    await signIn(asking, user);
    const headers = header === '' ? {} : { 'accept-language': header };
    await asking.post('/v1/account/mfa/challenges', { factor: 'email' }).set(headers).expect(201);
    return codeMessages(app.outbox).at(-1)?.subject;
  }

  it.each([
    ['the language that the host knows of the user', 'de-AT', 'en', 'Ihr Code für Acme'],
    ['that of the browser when the host knows none', undefined, 'de-CH', 'Ihr Code für Acme'],
    ['that of the browser when the host says nonsense', 49, 'de', 'Ihr Code für Acme'],
    ['that of the browser when no other is spoken', 'tlh', 'de', 'Ihr Code für Acme'],
    ['what the browser likes best', undefined, 'en;q=0.5, de;q=0.9', 'Ihr Code für Acme'],
    ['what the browser does not refuse', undefined, 'de;q=0, en', 'Your Acme code'],
    ['English when nobody says anything', undefined, '', 'Your Acme code'],
    ['English when the browser takes any', undefined, '*', 'Your Acme code'],
  ])('is %s', async (_what, locale, header, expected) => {
    expect(await subject(locale, header)).toBe(expected);
  });

  it.each(HOSTILE)('is English when a browser asks for %j', async (header) => {
    expect(await subject(undefined, header)).toBe('Your Acme code');
  });

  it.each([
    [undefined, 'de', 'Security notice from Acme'],
    ['de', 'en', 'Sicherheitshinweis von Acme'],
  ])(
    "is the owner's (%s) in a notice, and not that of a browser (%s), which may be somebody else's",
    async (locale, header, expected) => {
      const user = addUser(app, { locale });
      const browser = app.browser();
      await signIn(browser, user);
      await browser.patch('/v1/account/mfa', { mfa: true }).set('accept-language', header);
      while (app.outbox.length === 0) await new Promise((resolve) => setImmediate(resolve));
      expect(app.outbox.map(({ subject: called }) => called)).toEqual([expected]);
    },
  );
});
