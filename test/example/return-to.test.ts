import { returnTo } from '../../example-app/return-to.ts';

describe('where the login leads back to', () => {
  it.each(['/account', '/transfers/12?a=b#c', '/a%2F%2Fb', '/login?returnTo=//evil.example'])(
    'is %s, a path of the own origin',
    (path) => expect(returnTo(path)).toBe(path),
  );

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    ' //evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
    'account',
    '',
    ['/account'],
    undefined,
  ])('is not %p', (wanted) => expect(returnTo(wanted)).toBe('/account'));
});
