import { changePhone } from '../../../lib/core/commands/change-phone.ts';
import { reasonOf, startEngine, valueOf } from '../engine.ts';

describe('changePhone', () => {
  const number = '+14155552671';

  /** A user whose host takes new numbers, and whose password is `right`. */
  async function setUp() {
    const lab = startEngine({
      users: {
        findById: (id) => lab.users.get(id),
        findByEmail: () => null,
        verifyPassword: (_user, password) => password === 'right',
        updatePhone: (id, phone) => {
          const user = lab.users.get(id);
          if (user) lab.users.set(id, { ...user, phone, phoneVerified: false });
        },
      },
    });
    const user = lab.user({ emailVerified: true });
    const visit = await lab.signIn(user);
    const change = (password: string) =>
      visit.run((engine, caller) => changePhone(engine, caller, { phone: number, password }));
    return { lab, user, visit, change };
  }

  it('gives the host the number, and answers with the account as it is then', async () => {
    const { lab, user, change } = await setUp();
    expect(valueOf(await change('right')).user).toMatchObject({ phone: number });
    expect(lab.users.get(user.id)).toMatchObject({ phone: number, phoneVerified: false });
  });

  it('[ENR-11] changes nothing by a wrong password', async () => {
    const { lab, user, change } = await setUp();
    expect(reasonOf(await change('wrong'))).toBe('credentials');
    expect(lab.users.get(user.id)).not.toHaveProperty('phone');
  });

  it('[DEL-10] does not confirm the number: no code goes there to sign in', async () => {
    const { visit, change } = await setUp();
    valueOf(await change('right'));
    expect(reasonOf(await visit.challenge('phone'))).toBe('not-verified');
  });

  it('changes nothing for a session that lacks a factor, though the password be right', async () => {
    const { lab, user, visit, change } = await setUp();
    const owner = await lab.signIn(user);
    valueOf(await owner.switchMfa(true));
    expect(reasonOf(await change('right'))).toBe('more-factors');
    expect(await visit.guard()).toBe('more-factors');
    expect(lab.users.get(user.id)).not.toHaveProperty('phone');
  });

  it('is not there where the host takes no numbers', async () => {
    const lab = startEngine();
    const visit = await lab.signIn(lab.user());
    const outcome = await visit.run((engine, caller) =>
      changePhone(engine, caller, { phone: number, password: 'right' }),
    );
    expect(reasonOf(outcome)).toBe('unsupported');
  });
});
