import { factorContext } from '../../lib/core/engine.ts';
import { START, startEngine } from './engine.ts';

const { engine } = startEngine();
const ABOUT = {
  user: { id: 'u1' },
  challenge: 'c1',
  authenticator: 'a1',
  factor: 'email',
  purpose: 'prove',
  session: 's1',
} as const;

describe('what a factor works with', () => {
  it('is the user, the issuer and the time, with what is expected where something is', () => {
    const context = factorContext(engine, ABOUT);
    expect(context).toMatchObject({ user: { id: 'u1' }, issuer: 'Acme', now: START });
    expect(context).not.toHaveProperty('expects');
    expect(factorContext(engine, { ...ABOUT, expects: 'k1.x' }).expects).toBe('k1.x');
  });

  it.each([
    { user: { id: 'u2' } },
    { challenge: 'c2' },
    { authenticator: 'a2' },
    { factor: 'phone' },
    { purpose: 'enroll' },
    { session: 's2' },
  ] as const)('[VER-9] makes of the same code another digest for %j', (other) => {
    const digest = factorContext(engine, ABOUT).challengeDigest('123456');
    const { challengeDigest } = factorContext(engine, { ...ABOUT, ...other });
    expect(challengeDigest('123456')).not.toBe(digest);
    expect(factorContext(engine, ABOUT).challengeDigest('123456', digest)).toBe(digest);
  });

  it('[REC-7] makes of a saved code what it made of it before, whatever asks', () => {
    const { authenticatorDigest } = factorContext(engine, { ...ABOUT, challenge: 'c2' });
    const bound = ['answer', 'u1', 'email', 'a1'];
    expect(authenticatorDigest('saved')).toBe(engine.keyring.digest('saved', bound));
  });
});
