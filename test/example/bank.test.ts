import { codeSentTo } from './outbox.ts';
import { startExample } from './process.ts';
import type { Example } from './process.ts';
import { Visitor } from './visitor.ts';
import type { Answer } from './visitor.ts';

let example: Example;
/** A customer for tests that change nothing. */
let ada: Visitor;
beforeAll(async () => {
  example = await startExample();
  ada = await customer();
});
afterAll(async () => {
  await example.stop();
});

const placeOf = ({ status, headers }: Answer) => [status, headers.get('location')];
const balanceIn = ({ text }: Answer) => /class="amount">([^<]+)</.exec(text)?.[1];

/** Someone who has opened an account by the form. */
async function customer(name = 'Ada'): Promise<Visitor> {
  const visitor = new Visitor(example.url);
  const { email, password } = visitor;
  const registered = await visitor.form('/register', { email, password, name });
  expect(placeOf(registered)).toEqual([303, '/account']);
  return visitor;
}

/** A customer whose sign-in asks for a code by mail, and who has not yet brought one. */
async function protectedCustomer(): Promise<Visitor> {
  const visitor = await customer();
  await visitor.call('POST', '/account/verifications/email');
  const { code: secret } = await codeSentTo(example.url, visitor.email);
  const { $id: userId } = (await visitor.call('GET', '/account')).body;
  await visitor.call('PUT', '/account/verifications/email', { userId, secret });
  await visitor.call('PATCH', '/account/mfa', { mfa: true });
  return visitor;
}

async function bringCode(visitor: Visitor): Promise<void> {
  const { body } = await visitor.call('POST', '/account/mfa/challenges', { factor: 'email' });
  const { code: otp } = await codeSentTo(example.url, visitor.email);
  const challengeId = body['$id'];
  const answered = await visitor.call('PUT', '/account/mfa/challenges', { challengeId, otp });
  expect(answered.status).toBe(200);
}

/** Writes an order down; answers where it is to be confirmed. */
async function order(visitor: Visitor, more: object = {}): Promise<string> {
  const fields = { to: 'Grace', amount: '50', reference: '', ...more };
  const [status, place] = placeOf(await visitor.form('/transfers', fields));
  expect([status, place]).toEqual([303, expect.stringMatching(/^\/transfers\/[0-9a-f]{24}$/)]);
  return String(place);
}

describe('the pages of the example', () => {
  it('say on the first one what to do, and where mails and texts arrive', async () => {
    const { text } = await new Visitor(example.url).page('/');
    expect(text.match(/<h3>/g)).toHaveLength(3);
    expect(text).toContain('<a class="button" href="/register">');
    expect(text).toMatch(/<header>.*href="\/outbox".*<\/header>/s);
  });

  it('escape what users type', async () => {
    const visitor = await customer('<img src=x onerror="alert(1)">');
    const { text } = await visitor.page('/account');
    expect(text).toContain('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;');
    expect(text).not.toContain('<img src=x');
  });

  it.each(['/', '/login', '/register', '/account', '/outbox'])(
    'keep to the content security policy, and out of caches: %s',
    async (page) => {
      const { status, text, headers } = await ada.page(page);
      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toContain("script-src 'self';");
      const ours = /<script type="module" src="\/public\/\w+\.js"><\/script>/g;
      expect(text.replaceAll(ours, '')).not.toMatch(/<script|<style| style=| on\w+="|="https?:/);
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  it.each([
    ['an address that has an account already', (taken: string) => ({ email: taken })],
    ['a short password', () => ({ password: 'short' })],
  ])('open no account for %s, and keep what was typed', async (_what, more) => {
    const visitor = new Visitor(example.url);
    const fields = { email: visitor.email, password: visitor.password, name: 'Bob' };
    const answer = await visitor.form('/register', { ...fields, ...more(ada.email) });
    expect([400, 409]).toContain(answer.status);
    expect(answer.text).toContain('role="alert"');
    expect(answer.text).toContain('value="Bob"');
    expect(answer.text).not.toContain(fields.password);
  });

  it('ask to protect the account until its sign-in asks for a second factor', async () => {
    const hint = 'Protect your money';
    expect((await ada.page('/account')).text).toContain(hint);
    expect((await (await protectedCustomer()).page('/account')).text).not.toContain(hint);
  });
});

describe('the story of the example', () => {
  it('can be clicked through, from page to page, with what lies in the outbox', async () => {
    const visitor = await customer();
    const code = async () => (await codeSentTo(example.url, visitor.email)).code;
    const fifty = { to: 'Grace', amount: '50', reference: '' };

    let page = await visitor.follow(await visitor.page('/security'));
    expect(page.text).toContain('src="/public/larch.svg"');
    page = await visitor.submit(await visitor.page('/security/set-up/email'), 'set-up/email');
    page = await visitor.submit(page, 'confirm', { code: await code() });
    page = await visitor.submit(page, 'recovery-codes');
    expect(page.text.match(/(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/g)).toHaveLength(10);

    page = await visitor.submit(await visitor.page('/account'), '/transfers', fifty);
    page = await visitor.submit(page, 'challenge/send');
    page = await visitor.submit(page, 'challenge', { code: await code() });
    page = await visitor.submit(page, '/transfers/');
    expect(page.text).toContain('€50.00 sent to Grace.');

    page = await visitor.submit(page, '/logout');
    const { email, password } = visitor;
    page = await visitor.submit(await visitor.page('/login'), '/login', { email, password });
    expect(page.text).toContain('/security/challenge');
    expect(page.text).not.toContain('€');
  });
});

describe('the sign-in of the example', () => {
  it('is where guarded pages send strangers, and leads back to them', async () => {
    const visitor = await customer();
    const { email, password } = visitor;
    await visitor.form('/logout', {});
    const [status, login = ''] = placeOf(await visitor.page('/account?month=11'));
    expect([status, login]).toEqual([303, '/login?returnTo=%2Faccount%3Fmonth%3D11']);

    const { text } = await visitor.page(String(login));
    const returnTo = /name="returnTo" value="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(placeOf(await visitor.form('/login', { email, password, returnTo }))).toEqual([
      303,
      '/account?month=11',
    ]);
  });

  it('leads to no place outside, whoever wrote the address', async () => {
    const { email, password } = ada;
    const visitor = new Visitor(example.url);
    const returnTo = '//evil.example/account';
    const { text } = await visitor.page(`/login?returnTo=${returnTo}`);
    expect(text).not.toContain('evil');
    const login = await visitor.form('/login', { email, password, returnTo });
    expect(placeOf(login)).toEqual([303, '/account']);
  });

  it('is refused with a wrong password, in the words of an unknown address', async () => {
    const { email, password } = ada;
    const visitor = new Visitor(example.url);
    const wrong = await visitor.form('/login', { email, password: `${password}!` });
    const unknown = await visitor.form('/login', { email: `x${email}`, password });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.text.replace(email, '')).toBe(unknown.text.replace(`x${email}`, ''));
    expect(placeOf(await visitor.page('/account'))[0]).toBe(303);
  });

  it('leads whoever lacks a factor to where it is brought', async () => {
    const visitor = await protectedCustomer();
    const { email, password } = visitor;
    await visitor.form('/logout', {});
    expect(placeOf(await visitor.form('/login', { email, password }))).toEqual([303, '/account']);
    const [status, place] = placeOf(await visitor.page('/account'));
    expect([status, place]).toEqual([303, '/security/challenge?returnTo=%2Faccount']);
    expect(await visitor.page(String(place))).toMatchObject({ status: 200 });

    await bringCode(visitor);
    expect(await visitor.page('/account')).toMatchObject({ status: 200 });
  });

  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sibling site', { 'sec-fetch-site': 'same-site' }],
    ['from another origin', { origin: 'http://evil.example' }],
    ['from nowhere', { origin: 'null' }],
    ['without any word of where it is from', {}],
  ])('takes no form %s', async (_where, from) => {
    for (const path of ['/logout', '/transfers', '/transfers/0', '/login', '/register']) {
      expect(await ada.form(path, {}, from)).toMatchObject({ status: 403 });
    }
    expect(await ada.page('/account')).toMatchObject({ status: 200 });
  });

  it('takes a form from the origin that was asked, where that is all a browser says', async () => {
    const stranger = new Visitor(example.url);
    const { status } = await stranger.form('/login', {}, { origin: example.url });
    expect(status).toBe(401);
  });
});

describe('a transfer', () => {
  it('asks for a fresh code though everything for the sign-in is there', async () => {
    const visitor = await protectedCustomer();
    const place = await order(visitor);
    expect(await visitor.page('/account')).toMatchObject({ status: 200 });

    const wanted = `/security/challenge?returnTo=${encodeURIComponent(place)}`;
    expect(placeOf(await visitor.page(place))).toEqual([303, wanted]);
    expect(placeOf(await visitor.form(place, {}))).toEqual([303, wanted]);
    expect(balanceIn(await visitor.page('/account'))).toBe('€2,481.70');

    await bringCode(visitor);
    expect((await visitor.page(place)).text).toContain('Send €50.00?');
  });

  it('is not made by whoever has no second factor', async () => {
    const place = await order(ada);
    const setUp = `/security/set-up?returnTo=${encodeURIComponent(place)}&must=`;
    for (const answer of [await ada.page(place), await ada.form(place, {})]) {
      expect(placeOf(answer)).toEqual([303, setUp]);
    }
    expect(balanceIn(await ada.page('/account'))).toBe('€2,481.70');
  });

  it('is made once, however often it is confirmed', async () => {
    const visitor = await protectedCustomer();
    const place = await order(visitor, { amount: '50,10', reference: '<b>rent</b>' });
    await bringCode(visitor);
    const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.form(place, {})));
    const paid = answers.filter(({ status }) => status === 303);
    expect(paid).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(19);

    const account = await visitor.page(String(paid[0]?.headers.get('location')));
    expect(account.text).toContain('€50.10 sent to Grace.');
    expect(account.text).toContain('&#60;b&#62;rent&#60;/b&#62;');
    expect(balanceIn(account)).toBe('€2,431.60');
  });

  it('gives way to a newer one', async () => {
    const visitor = await protectedCustomer();
    const older = await order(visitor);
    const newer = await order(visitor, { amount: '1' });
    await bringCode(visitor);
    expect((await visitor.form(older, {})).status).toBe(404);
    expect((await visitor.form(newer, {})).status).toBe(303);
    expect(balanceIn(await visitor.page('/account'))).toBe('€2,480.70');
  });

  it('is shown to nobody else', async () => {
    const place = await order(ada);
    const other = await protectedCustomer();
    await bringCode(other);
    expect((await other.page(place)).status).toBe(404);
    expect((await other.form(place, {})).status).toBe(404);
  });

  it('is refused when it is more than there is', async () => {
    const visitor = await protectedCustomer();
    const place = await order(visitor, { amount: '2481.71' });
    await bringCode(visitor);
    const answer = await visitor.form(place, {});
    expect(answer.status).toBe(409);
    expect(answer.text).toContain('not enough money');
    expect(balanceIn(answer)).toBe('€2,481.70');
  });

  it.each([
    ['nothing', { amount: '0' }],
    ['less than nothing', { amount: '-5' }],
    ['a fraction of a cent', { amount: '0.001' }],
    ['no number', { amount: '1e3' }],
    ['nobody', { to: ' ' }],
    ['a name of 71 characters', { to: 'x'.repeat(71) }],
  ])('is refused for %s, and what was typed is kept', async (_what, more) => {
    const fields = { to: 'Grace', amount: '1', reference: 'lessons', ...more };
    const { status, text } = await ada.form('/transfers', fields);
    expect(status).toBe(400);
    expect(text).toContain('role="alert"');
    expect(text).toContain('value="lessons"');
  });
});
