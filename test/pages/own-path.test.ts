import { ownPath } from '../../lib/pages.ts';

const TAB = '\t';

describe('ownPath', () => {
  it.each(['/', '/account', '/a?b=c&d=%2F', '/a#b', '/a/b/../c', '/a//b', '/%2F/evil.example'])(
    'takes %j, as a browser would resolve it',
    (path) => {
      expect(ownPath(path)).toBe(new URL(path, 'https://app.example').href.slice(19));
    },
  );

  it.each<unknown>([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    `/${TAB}/evil.example`,
    '/\n/evil.example',
    '/\r/evil.example',
    `${TAB}//evil.example`,
    ' //evil.example',
    'https://evil.example/',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/.//evil.example',
    '/x/..//evil.example',
    'evil.example',
    '@evil.example',
    '',
    undefined,
    null,
    7,
    ['/account'],
    { toString: () => '/account' },
    `/${'a'.repeat(2048)}`,
  ])('takes nothing that is no path of the app, such as %j [TRN-7]', (wanted) => {
    expect(ownPath(wanted)).toBeUndefined();
  });
});
