import type { MfaOptions } from '../../lib/mfa-options.ts';
import { settleOptions } from '../../lib/options.ts';
import { unknownOptions } from '../../lib/unknown-options.ts';
import { BASE } from './base.ts';

describe('a misspelt option', () => {
  it.each([
    ['isuer', 'issuer'],
    ['Issuer', 'issuer'],
    ['key', 'keys'],
    ['user', 'users'],
    ['stores', 'store'],
    ['mail', 'email'],
    ['e-mail', 'email'],
    ['country', 'countries'],
    ['domains', 'domain'],
    ['limit', 'limits'],
    ['code', 'codes'],
    ['attempts', undefined],
    ['hardcap', 'hardCap'],
    ['lock', 'locks'],
    ['cooldownMs', 'coolDownMs'],
    ['csfr', 'csrf'],
    ['onEvents', 'onEvent'],
    ['clock', 'locks'],
    ['x', undefined],
    ['foo', undefined],
    ['redis', undefined],
    ['somethingElse', undefined],
    ['', undefined],
  ])('%j is an error that names what was meant: %s', (name, meant) => {
    expect(messageOf({ [name]: 1 })).toBe(
      `createMfa: there is no option \`${name}\`.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`,
    );
  });

  it.each([
    [{ session: { idle: 1 } }, 'session.idle', 'session.idleMs'],
    [{ session: { idlems: 1 } }, 'session.idlems', 'session.idleMs'],
    [{ session: { maxAge: 1 } }, 'session.maxAge', undefined],
    [{ csrf: { origin: [] } }, 'csrf.origin', 'csrf.origins'],
    [{ csrf: { anyclient: true } }, 'csrf.anyclient', 'csrf.anyClient'],
  ])('is found within a group, too: %j', (given, name, meant) => {
    expect(messageOf(given)).toBe(
      `createMfa: there is no option \`${name}\`.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`,
    );
  });

  it('comes before any other complaint', () => {
    expect(messageOf({ isuer: 'Acme', issuer: undefined, tries: 99 })).toMatch(/`isuer`/);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    '[A32] %s is one, like any other name',
    (name) => {
      const given = JSON.parse(`{ "${name}": { "issuer": "Evil" } }`) as object;
      expect(unknownOptions(given, { issuer: 1 })).toContain(`there is no option \`${name}\`.`);
    },
  );

  it.each([undefined, null, 'issuer', 5, true, []])('is not looked for in %j', (given) => {
    expect(unknownOptions(given, { issuer: 1 })).toBeUndefined();
  });
});

function messageOf(more: object): string {
  try {
    settleOptions({ ...BASE, ...more } as MfaOptions);
  } catch (error) {
    return (error as Error).message;
  }
  return 'was taken';
}
