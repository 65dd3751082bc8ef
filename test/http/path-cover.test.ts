import { coversBelow, readPath, UNTOLD } from '../../lib/http/path-cover.ts';

describe('coversBelow', () => {
  const path = (text: string) => readPath(text, {});

  it.each([
    ['/', '/admin', true],
    ['/admin', '/admin/users', true],
    ['/admin', '/Admin', true],
    ['/admin/:id', '/admin/7', true],
    ['/admin', '/administration', false],
    ['/admin/users', '/admin', false],
    ['/admin/', '/admin', true],
    ['admin', '/admin', false],
    ['//admin', '/admin', false],
    ['/admin//users', '/admin/users', false],
  ])('takes a guard at %s for one of %s: %j', (guard, route, covered) => {
    expect(coversBelow(path(guard), path(route))).toBe(covered);
  });

  it('never takes a mount that is not told for another that is not told [GRD-1]', () => {
    expect(coversBelow(path(`/${UNTOLD}`), path(`/${UNTOLD}`))).toBe(false);
    expect(coversBelow(path(`/${UNTOLD}`), path(`/${UNTOLD}/users`))).toBe(false);
    expect(coversBelow(path('/'), path(`/${UNTOLD}`))).toBe(true);
  });
});
