import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { addUser, signIn } from '../support/story.ts';
import { UNLIMITED } from '../support/unlimited.ts';

const PHONE = '+14155552671';

describe('the passwords of PATCH /account/phone', () => {
  let app: TestApp;
  beforeEach(async () => {
    const failures = [{ limit: 3, windowMs: 600_000 }];
    app = await startApp({ limits: { ...UNLIMITED, failures } });
    app.app.set('trust proxy', 1);
  });
  afterEach(() => app.close());

  it('judges no more passwords of a burst than one network may get wrong, and says when again [THR-10] [THR-11]', async () => {
    const user = addUser(app);
    const browser = app.browser();
    await signIn(browser, user);
    const change = (password: string, from = '192.0.2.1') =>
      browser.patch('/v1/account/phone', { phone: PHONE, password }).set('x-forwarded-for', from);
    const burst = await Promise.all(Array.from({ length: 20 }, () => change('not this one')));
    const statuses = burst.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(17);
    const refused = app.events.filter(({ type }) => type === 'phone_change_refused');
    expect(refused.map(({ userId, ip }) => [userId, ip])).toEqual(
      Array.from({ length: 3 }, () => [user.id, '192.0.2.1']),
    );
    const barred = await change(user.password).expect(429);
    expect(barred.headers['retry-after']).toBe('600');
    expect(app.events.filter(({ type }) => type === 'phone_changed')).toEqual([]);
    await change(user.password, '192.0.2.2').expect(200);
    expect(app.events.at(-1)).toMatchObject({ type: 'phone_changed', ip: '192.0.2.2' });
  });
});
