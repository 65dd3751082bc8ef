import { codeAt } from '../factors/hotp.ts';
import { reasonOf, SECOND, startEngine, valueOf } from './engine.ts';
import type { Lab, Visit } from './engine.ts';
import { seededRandom } from './seeded-random.ts';

const WRONG = 'AAAA-AAAA-AAAA-AAAA';

describe('every route that takes a code', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startEngine({}, seededRandom('counters'));
  });

  /** A user with an app, MFA and codes, and the session in which all that was set up. */
  async function setUp() {
    const user = lab.user();
    const owner = await lab.signIn(user);
    const seed = await owner.enrollTotp();
    valueOf(await owner.switchMfa(true));
    const { reveal } = valueOf(await owner.enroll('recoveryCode'));
    return { user, owner, seed, codes: reveal.recoveryCodes as readonly string[] };
  }

  const prove = async (visit: Visit, factor: string, answer: string) =>
    reasonOf(await visit.answer(valueOf(await visit.challenge(factor)).id, answer));
  const wrong = () => lab.events.filter(({ reason }) => reason === 'wrong').length;

  it('counts with the others: sign-in, step-up and enrollment share one budget a factor [THR-11] [THR-2]', async () => {
    const { user, owner, seed } = await setUp();
    const pending = await lab.signIn(user);
    expect(await prove(pending, 'totp', '000000')).toBe('invalid');
    expect(await prove(owner, 'totp', '000000')).toBe('invalid');
    valueOf(await owner.enroll('totp', {}, 'second'));
    expect(reasonOf(await owner.confirm('totp', '000000'))).toBe('invalid');
    expect(await prove(await lab.signIn(user), 'totp', '000000')).toBe('invalid');
    expect(reasonOf(await owner.confirm('totp', '000000'))).toBe('invalid');

    const again = await lab.signIn(user);
    for (const visit of [pending, owner, again])
      expect(reasonOf(await visit.challenge('totp'))).toBe('locked');
    expect(reasonOf(await owner.enroll('totp', {}, 'third'))).toBe('locked');
    expect(reasonOf(await owner.confirm('totp', codeAt(seed, lab.clock.now)))).toBe('locked');
  });

  it('counts recovery codes apart from the factors, and locks neither by the other [REC-6]', async () => {
    const { user, seed, codes } = await setUp();
    const visit = await lab.signIn(user);
    for (let i = 0; i < 20; i++) expect(await prove(visit, 'recoveryCode', WRONG)).toBe('invalid');
    expect(await prove(visit, 'totp', codeAt(seed, lab.clock.now))).toBe('done');
    for (let i = 0; i < 5; i++)
      expect(await prove(await lab.signIn(user), 'totp', '000000')).toBe('invalid');
    expect(reasonOf(await visit.challenge('totp'))).toBe('locked');
    expect(await prove(await lab.signIn(user), 'recoveryCode', codes[0] ?? '')).toBe('done');
  });

  it('evaluates five of a hundred recovery codes that come at once at one challenge [REC-6] [A72]', async () => {
    const { user, codes } = await setUp();
    const visit = await lab.signIn(user);
    const { id } = valueOf(await visit.challenge('recoveryCode'));
    await Promise.all(Array.from({ length: 100 }, () => visit.twin().answer(id, WRONG)));
    expect(wrong()).toBe(5);
    expect(reasonOf(await visit.answer(id, codes[0]))).toBe('invalid');
  });

  it('lets the owner in by a recovery code from a new browser while somebody else keeps failing at them [THR-7] [A44]', async () => {
    const { user, codes } = await setUp();
    const attacker = await lab.signIn(user);
    for (let i = 0; i < 40; i++) {
      expect(await prove(attacker, 'recoveryCode', WRONG)).toBe('invalid');
      lab.clock.now += 10 * SECOND;
    }
    const owner = await lab.signIn(user);
    const { id } = valueOf(await owner.challenge('recoveryCode'));
    await prove(attacker, 'recoveryCode', WRONG);
    expect(reasonOf(await owner.answer(id, codes[0]))).toBe('done');
    expect(await owner.guard()).toBe('allowed');
  });

  it('lets the owner in by another factor while one is locked by somebody else [A44]', async () => {
    const { user, codes } = await setUp();
    for (let i = 0; i < 5; i++) await prove(await lab.signIn(user), 'totp', '000000');
    const owner = await lab.signIn(user);
    expect(reasonOf(await owner.challenge('totp'))).toBe('locked');
    expect(await prove(owner, 'recoveryCode', codes[0] ?? '')).toBe('done');
    expect(await owner.guard()).toBe('allowed');
  });
});
