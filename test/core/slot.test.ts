import fc from 'fast-check';

import { coolDownOf, slotOf } from '../../lib/core/slot.ts';
import { systemRandom } from '../../lib/crypto/random.ts';

const base = {
  session: systemRandom.token(16),
  purpose: 'prove',
  factor: 'totp',
  authenticator: systemRandom.token(16),
  device: 'unknown',
} as const;

describe('slotOf', () => {
  it.each([
    ['session', { session: systemRandom.token(16) }],
    ['purpose', { purpose: 'enroll' }],
    ['authenticator', { authenticator: systemRandom.token(16) }],
  ] as const)('[REP-8] [A09] [A11] has another place for another %s', (_what, change) => {
    expect(slotOf({ ...base, ...change })).not.toBe(slotOf(base));
  });

  it('[REP-8] has one place for whatever one session enrolls of one factor', () => {
    const enrolling = { ...base, purpose: 'enroll' } as const;
    expect(slotOf({ ...enrolling, authenticator: systemRandom.token(16) })).toBe(slotOf(enrolling));
    expect(slotOf({ ...enrolling, factor: 'email' })).not.toBe(slotOf(enrolling));
  });

  it('never puts two challenges that differ in what they answer into one place', () => {
    const some = fc.record({
      session: fc.constantFrom('s1', 's2'),
      purpose: fc.constantFrom('prove' as const, 'enroll' as const),
      factor: fc.constantFrom('totp', 'email'),
      authenticator: fc.constantFrom('totp', 'email', 'a1'),
    });
    type Some = typeof some extends fc.Arbitrary<infer T> ? T : never;
    const about = ({ session, purpose, factor, authenticator }: Some) =>
      JSON.stringify([session, purpose, purpose === 'enroll' ? factor : authenticator]);
    fc.assert(
      fc.property(some, some, (one, other) => {
        expect(slotOf(one) === slotOf(other)).toBe(about(one) === about(other));
      }),
      { numRuns: 500 },
    );
  });
});

describe('coolDownOf', () => {
  it('[DEL-1] is the same in every session: a new login is no way around the wait', () => {
    const elsewhere = { ...base, session: systemRandom.token(16) };
    expect(coolDownOf(elsewhere)).toBe(coolDownOf(base));
  });

  it('[DEL-1] is another for each purpose and authenticator', () => {
    const places = [
      base,
      { ...base, purpose: 'enroll' as const },
      { ...base, authenticator: systemRandom.token(16) },
    ].map(coolDownOf);
    expect(new Set(places).size).toBe(3);
  });

  it('[THR-7] is another for a known device: strangers cannot keep its owner waiting', () => {
    const known = { ...base, device: 'known' } as const;
    const elsewhere = { ...known, authenticator: systemRandom.token(16) };
    const places = [base, known, elsewhere].map(coolDownOf);
    expect(new Set(places).size).toBe(3);
    expect(places[1]).toBe(`${places[0]}/known`);
  });
});
