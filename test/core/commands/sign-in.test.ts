import { codeAt } from '../../factors/hotp.ts';
import { reasonOf, SECOND, sentCode, startEngine, valueOf } from '../engine.ts';
import type { Lab } from '../engine.ts';

const HERE = '203.0.113.7';
const THERE = '198.51.100.7';

/** A user with an app and MFA on, and what a browser keeps that has completed a sign-in. */
async function aMember(lab: Lab) {
  const user = lab.user({ emailVerified: true });
  const first = await lab.signIn(user);
  const seed = await first.enrollTotp();
  valueOf(await first.switchMfa(true));
  const { kept = '' } = first;
  return { user, first, kept, code: () => codeAt(seed, lab.clock.now) };
}

describe('a sign-in', () => {
  it('notes from where it is: a known device, or the network of an unknown one', async () => {
    const lab = startEngine();
    const { user, kept } = await aMember(lab);
    const { store } = lab.engine;
    const noted = async (from: { readonly network?: string; readonly device?: string }) => {
      await store.end(lab.engine.tag(user.id), 'all');
      await lab.signIn(user, 'password', from);
      const [record] = await store.sessions(user.id);
      return [record?.device, record?.network];
    };
    expect(await noted({ network: HERE, device: kept })).toEqual(['known', undefined]);
    expect(await noted({})).toEqual(['unknown', undefined]);
    const [device, network = ''] = await noted({ network: HERE, device: 'made up' });
    expect(device).toBe('unknown');
    expect(network).toMatch(/^sign-in\/\S+$/);
    expect(network).not.toContain(HERE);
    expect(await noted({ network: HERE })).toEqual(['unknown', network]);
    expect(await noted({ network: THERE })).not.toContain(network);
  });

  it('pushes out nobody on a known device, nor who is in, however often it is made [THR-7] [A44]', async () => {
    const lab = startEngine({ session: { limit: 3 } });
    const { user, first, kept, code } = await aMember(lab);
    const owner = await lab.signIn(user, 'password', { network: HERE, device: kept });
    const { id } = valueOf(await owner.challenge('totp'));
    for (let n = 0; n < 9; n++) await lab.signIn(user, 'password', { network: HERE });
    expect(reasonOf(await owner.answer(id, code()))).toBe('done');
    expect(await first.guard()).toBe('allowed');
  });

  it('pushes out nobody on a new device in another network [THR-7] [A44]', async () => {
    const lab = startEngine({ session: { limit: 3 } });
    const { user, code } = await aMember(lab);
    const owner = await lab.signIn(user, 'password', { network: HERE });
    const { id } = valueOf(await owner.challenge('totp'));
    for (let n = 0; n < 9; n++) await lab.signIn(user, 'password', { network: THERE });
    expect(reasonOf(await owner.answer(id, code()))).toBe('done');
  });

  it('leaves a known device its code, however many codes strangers have sent [THR-7] [A44]', async () => {
    const lab = startEngine({ codes: { emailTtlMs: 60 * SECOND }, coolDownMs: [SECOND] });
    const { user, kept } = await aMember(lab);
    const owner = await lab.signIn(user, 'password', { device: kept });
    const { id } = valueOf(await owner.challenge('email'));
    const code = sentCode(lab);
    for (let n = 0; n < 6; n++) {
      const stranger = await lab.signIn(user);
      valueOf(await stranger.challenge('email'));
      lab.clock.now += 2 * SECOND;
    }
    expect(reasonOf(await owner.answer(id, code))).toBe('done');
  });
});
