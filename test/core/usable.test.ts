import { openSecret, usable } from '../../lib/core/usable.ts';
import type { Authenticator } from '../../lib/core/vocabulary.ts';
import { authenticator, enrollment, sealed } from './builders.ts';
import { MINUTE, START, startEngine } from './engine.ts';

describe('usable', () => {
  const lab = startEngine();

  const { keyring } = lab.engine;
  const app = (id: string, more: Partial<Authenticator> = {}): Authenticator =>
    sealed(keyring, 'totp', { seed: id, lastStep: 0 }, { id, ...more });
  const idsOf = (type: string, ...held: readonly Authenticator[]): readonly string[] =>
    usable(lab.engine, enrollment(held), type, 'unknown').map(({ id }) => id);

  it('offers what was used last first; what was never used counts from when it was made', () => {
    const [old, made, used] = [
      app('old', { createdAt: START - 3 * MINUTE, usedAt: START - 2 * MINUTE }),
      app('made', { createdAt: START - MINUTE }),
      app('used', { createdAt: START - 3 * MINUTE, usedAt: START }),
    ];
    expect(idsOf('totp', old, made, used)).toEqual(['used', 'made', 'old']);
    expect(idsOf('totp', used, made, old)).toEqual(['used', 'made', 'old']);
    expect(idsOf('totp', made, used, old)).toEqual(['used', 'made', 'old']);
  });

  it('offers nothing of another type, disabled, lapsed or without codes left', () => {
    const held = [
      sealed(keyring, 'email', { address: 'a@example.com' }, {}),
      app('disabled', { state: 'disabled' }),
      app('lapsed', { state: 'lapsed' }),
      sealed(keyring, 'recoveryCode', { left: [] }, {}),
    ];
    expect(idsOf('totp', ...held)).toEqual([]);
    expect(idsOf('recoveryCode', ...held)).toEqual([]);
    expect(
      idsOf('recoveryCode', sealed(keyring, 'recoveryCode', { left: ['x'] }, {})),
    ).toHaveLength(1);
  });

  it('offers what a factor that is no longer configured has bound, unasked', () => {
    expect(idsOf('badge', sealed(keyring, 'badge', { number: 1 }, {}))).toEqual(['badge-1']);
  });

  it('tells the host of what no key opens, and offers it to nobody', () => {
    lab.events.length = 0;
    expect(
      idsOf('totp', authenticator('totp', { id: 'foreign', secret: app('x').secret })),
    ).toEqual([]);
    expect(lab.events).toEqual([
      {
        type: 'authenticator_unreadable',
        at: START,
        userId: 'u1',
        factor: 'totp',
        authenticator: 'foreign',
      },
    ]);
    expect(openSecret(lab.engine, 'u1', app('mine'))).toEqual({ seed: 'mine', lastStep: 0 });
    expect(openSecret(lab.engine, 'u2', app('mine'))).toBeUndefined();
  });
});
