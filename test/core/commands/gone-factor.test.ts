import { listAuthenticators } from '../../../lib/core/commands/authenticators.ts';
import { exportUser } from '../../../lib/core/commands/export-user.ts';
import { remainingCodes } from '../../../lib/core/commands/recovery-codes.ts';
import type { Engine } from '../../../lib/core/engine.ts';
import { startEngine, valueOf } from '../engine.ts';

describe('what was bound of a factor that the host has taken away', () => {
  it('is still listed and exported, without a word about it, and counts no codes [LOG-6]', async () => {
    const lab = startEngine();
    const user = lab.user();
    const visit = await lab.signIn(user);
    const { reveal } = valueOf(await visit.enroll('recoveryCode', {}, 'Drawer'));
    const [code = ''] = reveal['recoveryCodes'] as readonly string[];
    valueOf(await visit.prove('recoveryCode', code));
    const engine: Engine = { ...lab.engine, factors: new Map() };
    const drawer = { type: 'recoveryCode', name: 'Drawer', state: 'active' };
    const listed = await visit.must((_, caller) => listAuthenticators(engine, caller));
    expect(listed).toMatchObject([drawer]);
    expect(listed[0]).not.toHaveProperty('remaining');
    const { authenticators } = await exportUser(engine, user.id);
    expect(authenticators).toMatchObject([drawer]);
    expect(authenticators[0]).not.toHaveProperty('remaining');
    const left = await visit.must((_, caller) => remainingCodes(engine, caller, 'recoveryCode'));
    expect(left).toBe(0);
  });
});
