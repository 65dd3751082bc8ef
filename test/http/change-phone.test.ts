import type { Users } from '../../lib/index.ts';
import { EXPRESS, startApp } from '../support/app.ts';
import type { Browser, HostUser, TestApp } from '../support/app.ts';
import { userWithTotp } from '../support/story.ts';

const NUMBER = '+14155552671';

const fail = () => {
  throw new Error('relation "users" does not exist, password=hunter2');
};

describe.each(EXPRESS)("the host's `updatePhone` on %s", (_name, framework) => {
  let app: TestApp;
  let user: HostUser;
  let owner: Browser;
  let update: NonNullable<Users['updatePhone']>;
  beforeEach(async () => {
    const host = (): TestApp => app;
    app = await startApp({
      framework,
      hostTimeoutMs: 100,
      users: {
        findById: (id) => host().users.get(id),
        findByEmail: (email) => [...host().users.values()].find((one) => one.email === email),
        verifyPassword: ({ id }, password) => host().users.get(String(id))?.password === password,
        updatePhone: (id, phone) => update(id, phone),
      },
    });
    ({ user, browser: owner } = await userWithTotp(app));
  });
  afterEach(() => app.close());

  const change = () => owner.patch('/v1/account/phone', { phone: NUMBER, password: user.password });

  /** As long as nobody has proved the number: it is no factor, and nothing goes to it. */
  async function expectUnproved(phone: string): Promise<void> {
    const { body: account } = await owner.get('/v1/account').expect(200);
    expect(account).toMatchObject({ phone, phoneVerification: false, mfa: true });
    const { body: factors } = await owner.get('/v1/account/mfa/factors').expect(200);
    expect(factors).toMatchObject({ totp: true, phone: false });
    await owner.post('/v1/account/mfa/challenges', { factor: 'phone' }).expect(400);
    expect(app.outbox.filter(({ to }) => to === NUMBER)).toEqual([]);
  }

  it.each([
    ['throws', fail, 'host_callback_failed'],
    ['rejects', async () => fail(), 'host_callback_failed'],
    ['never answers', () => new Promise(() => undefined), 'host_callback_timeout'],
    ['loses the user', (id: string) => app.users.delete(id), 'host_callback_failed'],
  ])('is a fault when it %s: no number is said to be there [AVL-6]', async (_how, broken, code) => {
    update = broken;
    const { body } = await change().expect(503);
    expect(body).toMatchObject({ type: 'mfa_unavailable' });
    expect(JSON.stringify(body)).not.toMatch(/hunter2|relation|4155552671/);
    const faults = app.events.filter(({ type }) => type === 'fault');
    expect(faults).toEqual([expect.objectContaining({ error: expect.objectContaining({ code }) })]);
    app.users.set(user.id, user);
    await expectUnproved('');
  });

  it.each([
    ['nothing', undefined],
    ['false', false],
    ['true', true],
    ['a text', 'phoneVerified'],
    ['a verified user', { id: 'user-1', phone: NUMBER, phoneVerified: true }],
    ['an error', new Error('no such column')],
  ])(
    'is not taken at its word when it saves nothing and answers with %s [AVL-6]',
    async (_what, odd) => {
      update = () => odd;
      const { body } = await change().expect(200);
      expect(body).toMatchObject({ phone: '', phoneVerification: false });
      await expectUnproved('');
    },
  );

  it('vouches for no number by what it answers: it counts once it is proved [AVL-6]', async () => {
    update = (id, phone) => {
      const saved = { ...user, phone, phoneVerified: false };
      app.users.set(id, saved);
      return { ...saved, phoneVerified: true };
    };
    const { body } = await change().expect(200);
    expect(body).toMatchObject({ phone: NUMBER, phoneVerification: false });
    await expectUnproved(NUMBER);
  });

  it('is asked for nothing without the password [AVL-6]', async () => {
    update = fail;
    await owner.patch('/v1/account/phone', { phone: NUMBER, password: 'not this one' }).expect(401);
    expect(app.events.filter(({ type }) => type === 'fault')).toEqual([]);
  });
});
