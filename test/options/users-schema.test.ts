import type { Users } from '../../lib/core/users.ts';
import type { MfaOptions } from '../../lib/mfa-options.ts';
import { settleOptions } from '../../lib/options.ts';
import { BASE } from './base.ts';

const taken = (users: object): unknown =>
  settleOptions({ ...BASE, users } as unknown as MfaOptions).users;
const refusal = (message: string) =>
  expect.objectContaining({
    code: 'options_invalid',
    message: `createMfa: \`users\` ${message}.`,
  });

describe('the functions of the host’s users that may be left out', () => {
  it.each(['hashPassword', 'updatePhone', 'mayText'])(
    'have `%s` for a function, or not',
    (name) => {
      for (const value of [undefined, () => true])
        expect(taken({ ...BASE.users, [name]: value })).toHaveProperty(name, value);
      for (const value of [true, false, null, 'x', {}, 1])
        expect(() => taken({ ...BASE.users, [name]: value })).toThrow(
          refusal(`must have a function as \`${name}\`, or leave it out`),
        );
    },
  );

  it.each([
    ['mayTxt', 'mayText'],
    ['maytext', 'mayText'],
    ['mayTxet', 'mayText'],
    ['mayTexts', 'mayText'],
    ['hashPasword', 'hashPassword'],
    ['hashPaswrd', 'hashPassword'],
    ['HashPassword', 'hashPassword'],
    ['hashPasswords', 'hashPassword'],
    ['updatephone', 'updatePhone'],
    ['upadtePhone', 'updatePhone'],
    ['updatePhoneNo', 'updatePhone'],
  ])(
    'are not misspelt by `%s`: a check that is never asked opens what it is for',
    (name, meant) => {
      const message = `has \`${name}\`, which is never called: name it \`${meant}\`, or leave it out`;
      expect(() => taken({ ...BASE.users, [name]: () => false })).toThrow(refusal(message));
      expect(() => taken(Object.assign(new Repository(), { [name]: () => false }))).toThrow(
        refusal(message),
      );
    },
  );

  it('are not misspelt in a class or in one that it extends, either', () => {
    class Texting extends Repository {
      mayTxt() {
        return false;
      }
    }
    class Further extends Texting {}
    for (const Class of [Texting, Further])
      expect(() => taken(new Class())).toThrow(refusal(MISSPELT));
  });

  it.each([
    'findByIds',
    'findByMail',
    'findByPhone',
    'verifyPasswords',
    'updatePhoto',
    'updateOne',
    'updateName',
    'update',
    'hash',
    'mayLogin',
    'save',
    '',
  ])('leave room for `%s`, which a repository may have besides', (name) => {
    const users = { ...BASE.users, [name]: () => 1 };
    expect(taken(users)).toBe(users);
  });

  it('leave room for what is nearly one of them where that one is there, too', () => {
    const all = { hashPassword: () => 1, updatePhone: () => 1, mayText: () => true };
    const near = { hashPasswords: () => 1, updatePhones: () => 1, mayTexts: () => true };
    const users = { ...BASE.users, ...all, ...near };
    expect(taken(users)).toBe(users);
  });

  it('may be missing in an object of a class, which is taken as it is', () => {
    const users = new Repository();
    expect(taken(users)).toBe(users);
  });
});

const MISSPELT = 'has `mayTxt`, which is never called: name it `mayText`, or leave it out';

class Repository implements Users {
  findById() {
    return null;
  }
  findByEmail() {
    return null;
  }
  verifyPassword() {
    return false;
  }
}
