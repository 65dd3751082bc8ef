import fc from 'fast-check';

import { parsePointer } from '../../lib/core/pointer.ts';
import { userTag } from '../../lib/crypto/user-tag.ts';

const HOSTILE = [
  '',
  '{',
  '}',
  '{}',
  '{a}b',
  '*',
  '../',
  'sess:x',
  '\u0000',
  '\n',
  'x'.repeat(10_000),
];

describe('userTag', () => {
  it.each(HOSTILE)('is 43 characters that break no key, for %j [STO-6] [STO-8]', (userId) => {
    expect(userTag(userId)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is a tag for every pointer, whatever the user id [STO-8]', () => {
    fc.assert(
      fc.property(fc.string(), (userId) => {
        const text = `${userTag(userId)}.${'i'.repeat(22)}.${'s'.repeat(43)}`;
        expect(parsePointer(text)?.tag).toBe(userTag(userId));
      }),
    );
  });

  it('is the same for the same user in every process, and another for every other', () => {
    // Pinned: another digest would let every user lose all that is kept under the old one.
    expect(userTag('user-1')).toBe('e4MszehbY7Kd4XXLe9AwckKYxX8B_BjlpByPI-Y2lQM');
    expect(new Set(HOSTILE.map(userTag)).size).toBe(HOSTILE.length);
  });

  it('shows no user id [STO-7]', () => {
    expect(userTag('alice@acme.example')).not.toMatch(/alice|acme/);
  });
});
