import { userIdOf } from '../../lib/core/user-id.ts';

describe('userIdOf', () => {
  it.each([
    ['ada', 'ada'],
    [' ', ' '],
    [42, '42'],
    [0, '0'],
    [-1, '-1'],
  ])('takes %j for the id %j', (id, text) => {
    expect(userIdOf(id)).toBe(text);
  });

  it.each([
    undefined,
    null,
    '',
    Number.NaN,
    true,
    false,
    1n,
    Symbol('ada'),
    {},
    ['ada'],
    () => 'ada',
  ])('[A75] takes %p for none', (id) => {
    expect(userIdOf(id)).toBeUndefined();
  });
});
