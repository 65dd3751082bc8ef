import type { Texting } from '../../lib/core/users.ts';
import type { LimitOptions } from '../../lib/limit-options.ts';
import { everythingSent } from '../support/everything-sent.ts';
import { codeMessages } from '../support/story.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { HOUR, MINUTE, reasonOf, sentCode, startEngine, valueOf } from './engine.ts';

const PHONE = '+14155552671';
const DENIALS: readonly (readonly [string, () => unknown])[] = [
  ['answers false', () => false],
  ['answers nothing', () => undefined],
  ['answers 1', async () => 1],
  [
    'throws',
    () => {
      throw new Error(`${PHONE} was ported`);
    },
  ],
  ['hangs', () => new Promise(() => {})],
];

describe('users.mayText', () => {
  /** A user who holds a number, MFA on, and a session that lacks it; the host's word can be changed. */
  async function setUp(limits: LimitOptions = {}) {
    const host = { says: (): unknown => true };
    const asked: (readonly [string, string, Texting])[] = [];
    const lab = startEngine({
      hostTimeoutMs: 30,
      limits: { ...UNLIMITED, ...limits },
      users: {
        findById: (id) => lab.users.get(id),
        findByEmail: () => null,
        verifyPassword: () => true,
        mayText(...about) {
          asked.push(about);
          return host.says() as boolean;
        },
      },
    });
    const user = lab.user({ phone: PHONE, phoneVerified: true, emailVerified: true });
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    const from = { network: '192.0.2.1' };
    return { lab, host, asked, user, from, visit: await lab.signIn(user, 'password', from) };
  }

  it('is asked with user, number and purpose before an SMS, and not before a mail [DEL-14]', async () => {
    const { lab, asked, user } = await setUp();
    const visit = await lab.signIn(user);
    valueOf(await visit.challenge('email'));
    expect(asked).toEqual([]);
    const { id } = valueOf(await visit.challenge('phone'));
    expect(asked).toEqual([[user.id, PHONE, 'prove']]);
    valueOf(await visit.answer(id, sentCode(lab)));
    valueOf(await visit.enroll('phone', { phone: '+14155552672' }));
    expect(asked[1]).toEqual([user.id, '+14155552672', 'enroll']);
  });

  it.each(DENIALS)(
    'lets nothing leave and be spent when it %s, and points at another way [DEL-14] [AVL-6]',
    async (_how, says) => {
      const once = [{ limit: 1, windowMs: HOUR }];
      const all = { account: once, destination: once, prefix: once, country: once, sms: once };
      const { lab, host, visit } = await setUp(all);
      host.says = says;
      expect(await visit.challenge('phone')).toEqual({
        status: 'refused',
        reason: 'undelivered',
        factor: 'phone',
        message: 'No SMS can be sent to this number at present. Please take another way.',
      });
      expect(codeMessages(lab.outbox)).toEqual([]);
      expect(lab.events.at(-1)).toMatchObject({ type: 'challenge_refused', reason: 'risk' });
      expect(lab.events.map(({ type }) => type)).not.toContain('challenge_created');
      host.says = () => true;
      const { id } = valueOf(await visit.challenge('phone'));
      valueOf(await visit.answer(id, sentCode(lab)));
    },
  );

  it('leaves the code good that was sent before [DEL-14]', async () => {
    const { lab, host, visit } = await setUp();
    const { id } = valueOf(await visit.challenge('phone'));
    lab.clock.now += MINUTE;
    host.says = () => false;
    expect(reasonOf(await visit.challenge('phone'))).toBe('undelivered');
    valueOf(await visit.answer(id, sentCode(lab)));
  });

  it('tells the host what failed in it [AVL-6]', async () => {
    const { lab, host, visit } = await setUp();
    host.says = () => new Promise(() => {});
    await visit.challenge('phone');
    const fault = lab.events.find(({ type }) => type === 'fault')?.error;
    expect(fault).toMatchObject({
      code: 'host_callback_timeout',
      message: expect.stringContaining('users.mayText did not answer within 30 ms'),
    });
  });

  it('is asked only when a message might leave, and a network makes it asked so often only', async () => {
    const { lab, host, asked, user, from, visit } = await setUp({
      network: [{ limit: 3, windowMs: HOUR }],
    });
    valueOf(await visit.challenge('phone'));
    expect(reasonOf(await visit.challenge('phone'))).toBe('cooling');
    expect(asked).toHaveLength(1);
    lab.clock.now += MINUTE;
    host.says = () => false;
    const reasons: string[] = [];
    for (let n = 0; n < 4; n += 1)
      reasons.push(reasonOf(await (await lab.signIn(user, 'password', from)).challenge('phone')));
    expect(reasons).toEqual(['undelivered', 'undelivered', 'limited', 'limited']);
    expect(asked).toHaveLength(3);
  });

  it('lets a host keep a number to five accounts: the sixth gets no code to bind it with [ENR-14]', async () => {
    const table = new Map<string, Set<string>>();
    const lab = startEngine({
      users: {
        findById: (id) => lab.users.get(id),
        findByEmail: () => null,
        verifyPassword: () => true,
        mayText(userId, phone, purpose) {
          if (purpose !== 'enroll') return true;
          const accounts = table.get(phone) ?? new Set<string>();
          if (accounts.size >= 5 && !accounts.has(userId)) return false;
          table.set(phone, accounts.add(userId));
          return true;
        },
      },
    });
    const bind = async () => {
      const visit = await lab.signIn(lab.user());
      return reasonOf(await visit.enroll('phone', { phone: PHONE }));
    };
    const outcomes: string[] = [];
    for (let n = 0; n < 7; n += 1) outcomes.push(await bind());
    expect(outcomes).toEqual([...Array(5).fill('done'), 'undelivered', 'undelivered']);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('is asked before a notice by SMS: %j sends %i [DEL-14]', async (says, count) => {
    const { lab, host, asked } = await setUp();
    const user = lab.user({ email: undefined, phone: PHONE, phoneVerified: true });
    host.says = () => says;
    const before = lab.outbox.length;
    valueOf(await (await lab.signIn(user)).switchMfa(true));
    await everythingSent();
    expect(asked).toEqual([[user.id, PHONE, 'notice']]);
    expect(lab.outbox.slice(before).filter(({ to }) => to === PHONE)).toHaveLength(count);
    const failed = lab.events.filter(({ type }) => type === 'notice_failed');
    expect(failed).toHaveLength(1 - count);
    for (const { error } of failed) expect(String(error)).toContain('users.mayText');
  });
});
