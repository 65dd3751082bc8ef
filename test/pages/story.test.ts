import { addUser, sentCode, totpCode } from '../support/story.ts';
import { EXPRESS } from '../support/app.ts';
import { Reader } from './reader.ts';
import { secretOn, setUpApp, startSite, userWithApp } from './site.ts';
import type { PagesSite } from './site.ts';

describe.each(EXPRESS)('the pages on %s', (_name, framework) => {
  let site: PagesSite;
  beforeEach(async () => {
    site = await startSite({ framework });
  });
  afterEach(() => site.close());

  it('lead from a page that must have a second step through set-up and back', async () => {
    const reader = await site.reader(addUser(site));
    await reader.open('/vault');
    expect(reader.page.path).toBe('/security/set-up?returnTo=%2Fvault&must=');
    await reader.follow('Authenticator app');
    await reader.press('Continue', { name: 'My phone' });
    await reader.press('Confirm', { code: totpCode(site, secretOn(reader)) });
    expect(reader.page.text).toContain('Recovery codes');
    await reader.press('Show the codes');
    expect(reader.page.html.match(/<li>[\dA-Z]{4}(-[\dA-Z]{4}){3}<\/li>/g)).toHaveLength(10);
    await reader.follow('I have saved them');
    expect(reader.page).toMatchObject({ path: '/vault', status: 200 });
    await reader.open('/security');
    expect(reader.page.text).toContain('Two-step sign-in On');
    expect(reader.page.text).toContain('Authenticator app My phone');
    expect(reader.page.text).toContain('10 codes are left.');
  });

  it('lead from a guarded page through the challenge and back', async () => {
    const { user, secret } = await userWithApp(site);
    const reader = await site.reader(user);
    await reader.open('/account?month=5');
    expect(reader.page.path).toBe('/security/challenge?returnTo=%2Faccount%3Fmonth%3D5');
    await reader.press('Confirm', { code: ` ${totpCode(site, secret).replace(/...$/, ' $&')} ` });
    expect(reader.page).toMatchObject({ path: '/account?month=5', status: 200 });
  });

  it('lead who is not signed in to the app’s own sign-in, and from there back', async () => {
    const reader = await site.reader(addUser(site));
    await reader.open('/security');
    await reader.press('Sign out');
    expect(reader.page.path).toBe('/login');
    await reader.open('/account');
    expect(reader.page.path).toBe('/login?returnTo=%2Faccount');
    await reader.open('/security/recovery-codes');
    expect(reader.page.path).toBe('/login?returnTo=%2Fsecurity%2Frecovery-codes');
  });

  it('have a code sent when asked to, and not by looking [DEL-10]', async () => {
    const user = addUser(site, { emailVerified: true });
    const first = await site.reader(user);
    await first.open('/security');
    await first.press('Switch on');
    const reader = await site.reader(user);
    await reader.open('/account');
    expect(reader.page.text).toContain('We send a code to u••••@example.com.');
    expect(site.outbox.filter(({ subject }) => subject.includes('code'))).toHaveLength(0);
    await reader.press('Send the code');
    expect(reader.page.text).toContain('Enter the code that we sent to u••••@example.com.');
    expect(reader.page.text).toContain('You can have a new code sent in 30 seconds.');
    await reader.press('Send a new code');
    expect(reader.page).toMatchObject({ status: 429 });
    expect(reader.page.text).toContain('A code was sent just now.');
    await reader.press('Confirm', { code: sentCode(site) });
    expect(reader.page.path).toBe('/account');
  });

  it('set up a mailbox and a number by the codes that are sent there', async () => {
    const user = addUser(site);
    const reader = await site.reader(user);
    await setUpApp(site, reader);
    for (const [factor, field, to] of [
      ['email', 'email', 'other@example.com'],
      ['phone', 'phone', '+14155552671'],
    ] as const) {
      await reader.open(`/security/set-up/${factor}`);
      await reader.press('Send the code', { [field]: to });
      expect(site.outbox.at(-1)).toMatchObject({ to });
      await reader.press('Confirm', { code: sentCode(site) });
    }
    await reader.open('/security');
    expect(reader.page.text).toContain('Codes by e-mail o••••@example.com');
    expect(reader.page.text).toContain('Codes by SMS +14••••71');
  });

  it('say what is wrong with a code, how many tries are left, and until when it is locked [THR-3]', async () => {
    const { user, secret } = await userWithApp(site);
    const reader = await site.reader(user);
    await reader.open('/account');
    await reader.press('Confirm', { code: 'no code' });
    expect(reader.page.text).toContain('Enter the whole code.');
    for (const left of [
      '4 tries are left',
      '3 tries are left',
      '2 tries are left',
      '1 try is left',
    ]) {
      await reader.press('Confirm', { code: '00000' });
      expect(reader.page.text).toContain(`This code is not right. ${left}.`);
      expect(reader.page.html).toContain('role="alert"');
    }
    await reader.press('Confirm', { code: '00000' });
    expect(reader.page.text).toContain('Try again in 30 seconds, or use another way.');
    expect(reader.page.html).not.toContain('id="code"');
    await reader.follow('Use a recovery code');
    expect(reader.page.html).toContain('id="code"');
    site.clock.forward(30_000);
    await reader.open('/account');
    await reader.press('Confirm', { code: totpCode(site, secret) });
    expect(reader.page.path).toBe('/account');
  });

  it('come back to the challenge and its way when the wait is over in which nothing was sent', async () => {
    const user = addUser(site, { emailVerified: true, phone: '+14155552671', phoneVerified: true });
    const first = await site.reader(user);
    await first.open('/security');
    await first.press('Switch on');
    const reader = await site.reader(user);
    await reader.open('/security/challenge?returnTo=/account&by=email+phone');
    await reader.follow('Codes by e-mail');
    await reader.press('Send the code');
    const otherTab = new Reader(reader.browser);
    await otherTab.open(reader.page.path);
    for (let wrong = 0; wrong < 5; wrong++) await otherTab.press('Confirm', { code: '00000' });
    await reader.press('Send a new code');
    expect(reader.page.status).toBe(429);
    expect(reader.page.html).toContain('data-then="reload"');
    site.clock.forward(30_000);
    const [, query = ''] = reader.page.path.split('?');
    await reader.open(reader.page.path);
    expect(reader.page).toMatchObject({ status: 200, path: `/security/challenge?${query}` });
    expect(reader.page.text).toContain('We send a code to u••••@example.com.');
    await reader.press('Send the code');
    await reader.press('Confirm', { code: sentCode(site) });
    expect(reader.page.path).toBe('/account');
  });

  it('let in by a recovery code, and say how many are left', async () => {
    const user = addUser(site);
    const first = await site.reader(user);
    await setUpApp(site, first);
    await first.press('Show the codes');
    const [, code = ''] = /<li>([\dA-Z-]{19})<\/li>/.exec(first.page.html) ?? [];
    const reader = await site.reader(user);
    await reader.open('/account');
    await reader.follow('Use a recovery code');
    await reader.press('Confirm', { code: code.toLowerCase() });
    expect(reader.page.path).toBe('/account');
    await reader.open('/security');
    expect(reader.page.text).toContain('9 codes are left.');
  });

  it('ask for a fresh proof where a page or a change needs one', async () => {
    const { secret, reader } = await userWithApp(site);
    await reader.open('/transfer');
    expect(reader.page.path).toBe('/security/challenge?returnTo=%2Ftransfer');
    await reader.press('Confirm', { code: totpCode(site, secret) });
    expect(reader.page.path).toBe('/transfer');
    site.clock.forward(20 * 60_000);
    await reader.open('/security');
    await reader.press('Switch off');
    expect(reader.page.path).toBe('/security/challenge?returnTo=%2Fsecurity');
    await reader.press('Confirm', { code: totpCode(site, secret) });
    expect(reader.page.path).toBe('/security');
    await reader.press('Switch off');
    expect(reader.page.text).toContain('Two-step sign-in is off.');
  });

  it('offer no mail where only the app would help [ENR-2]', async () => {
    const user = addUser(site, { emailVerified: true });
    const secret = await setUpApp(site, await site.reader(user));
    const reader = await site.reader(user);
    await reader.open('/security');
    await reader.follow('Codes by e-mail');
    await reader.press('Send the code');
    await reader.press('Confirm', { code: sentCode(site) });
    expect(reader.page.path).toBe('/security');
    await reader.press('Switch off');
    expect(reader.page.path).toBe('/security/challenge?returnTo=%2Fsecurity&by=totp');
    expect(reader.page.text).not.toContain('Codes by e-mail');
    await reader.press('Confirm', { code: '00000' });
    expect(reader.page.path).toContain('by=totp');
    expect(reader.page.text).not.toContain('Codes by e-mail');
    await reader.press('Confirm', { code: totpCode(site, secret) });
    await reader.press('Switch off');
    expect(reader.page.text).toContain('Two-step sign-in is off.');
  });

  it('rename and remove what is bound, and say what the last one means', async () => {
    const { secret, reader } = await userWithApp(site);
    await reader.open('/security/challenge?returnTo=/security');
    await reader.press('Confirm', { code: totpCode(site, secret) });
    await reader.follow('Manage');
    await reader.press('Save the name', { name: 'Work <phone>' });
    expect(reader.page.text).toContain('Authenticator app Work <phone>');
    await reader.follow('Manage');
    expect(reader.page.text).toContain('It is the last one');
    await reader.press('Remove');
    expect(reader.page.text).toContain('It is removed.');
    expect(reader.page.text).toContain('None yet.');
  });

  it('end other sessions, one or all, and never this one', async () => {
    const user = addUser(site);
    const reader = await site.reader(user);
    const others = [await site.reader(user), await site.reader(user), await site.reader(user)];
    await reader.open('/security');
    await reader.press('End');
    await reader.press('End all others');
    expect(reader.page.text).toContain('Nowhere else.');
    for (const other of others) {
      await other.open('/account');
      expect(other.page.path).toBe('/login?returnTo=%2Faccount');
    }
    await reader.open('/account');
    expect(reader.page.path).toBe('/account');
  });

  it('make new recovery codes in the place of the old, and warn when few are left', async () => {
    const { secret, reader } = await userWithApp(site);
    await reader.open('/security/challenge?returnTo=/security/recovery-codes');
    await reader.press('Confirm', { code: totpCode(site, secret) });
    expect(reader.page.text).toContain(
      '10 codes are left. A new set voids the codes that you have.',
    );
    await reader.press('Show the codes');
    expect(reader.page.html.match(/<li>/g)).toHaveLength(10);
  });

  it.each<readonly [string, () => Promise<Reader>]>([
    [
      'the first',
      async () => {
        const reader = await site.reader(addUser(site));
        await setUpApp(site, reader);
        return reader;
      },
    ],
    [
      'a new',
      async () => {
        const { secret, reader } = await userWithApp(site);
        await reader.open('/security/challenge?returnTo=/security/recovery-codes');
        await reader.press('Confirm', { code: totpCode(site, secret) });
        return reader;
      },
    ],
  ])(
    'make no more than %s set of recovery codes when its page is reloaded',
    async (_which, ask) => {
      const reader = await ask();
      await reader.press('Show the codes');
      expect(reader.page.html.match(/<li>/g)).toHaveLength(10);
      const made = () =>
        site.events.filter(({ type }) => type.startsWith('recovery_codes_')).length;
      const before = made();
      await reader.reload();
      expect([reader.page.path, made()]).toEqual(['/security/recovery-codes', before]);
      expect(reader.page.text).toContain(
        '10 codes are left. A new set voids the codes that you have.',
      );
    },
  );

  it('ask for a fresh proof before a set-up, and go on with it', async () => {
    const { secret, reader } = await userWithApp(site);
    site.clock.forward(20 * 60_000);
    await reader.open('/security/set-up/email?returnTo=/vault');
    expect(reader.page.path).toContain('/security/challenge?');
    await reader.press('Confirm', { code: totpCode(site, secret) });
    expect(reader.page.path).toBe('/security/set-up/email?returnTo=/vault');
    await reader.press('Send the code');
    await reader.press('Confirm', { code: sentCode(site) });
    expect(reader.page.path).toBe('/vault');
  });

  it('have somebody sign in again whose sign-in is too old for a first set-up, and go on with it', async () => {
    const reader = await site.reader(addUser(site));
    site.clock.forward(20 * 60_000);
    await reader.open('/security/set-up/totp');
    expect(reader.page.text).toContain('Sign in again');
    await reader.press('Sign in');
    expect(reader.page.path).toBe('/login?returnTo=%2Fsecurity%2Fset-up%2Ftotp');
    expect((await reader.open('/account')).path).toBe('/login?returnTo=%2Faccount');
  });

  it('start a set-up anew when what was begun is gone, and name what is there already', async () => {
    await site.close();
    site = await startSite({ framework, freshMs: 60 * 60_000 });
    const reader = await site.reader(addUser(site, { emailVerified: true }));
    await reader.open('/security/set-up/totp');
    await reader.press('Continue');
    const secret = secretOn(reader);
    site.clock.forward(11 * 60_000);
    await reader.press('Confirm', { code: totpCode(site, secret) });
    expect(reader.page.text).toContain('This can no longer be confirmed. Start again.');
    await reader.follow('Start again');
    await reader.press('Continue');
    expect(secretOn(reader)).not.toBe(secret);
    await reader.press('Confirm', { code: totpCode(site, secretOn(reader)) });
    await reader.open('/security/set-up/email');
    await reader.press('Send the code');
    expect(reader.page.text).toContain('You have this already.');
    await reader.press('Send the code', { email: 'nobody' });
    expect(reader.page.text).toContain('No code can be sent to this address.');
    expect(reader.page.html).toContain('value="nobody"');
  });
});
