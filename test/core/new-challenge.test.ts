import type { Presence } from '../../lib/core/presence.ts';
import { newChallenge } from '../../lib/core/new-challenge.ts';
import type { Delivery, Factor } from '../../lib/core/factor.ts';
import type { Device, Purpose } from '../../lib/core/vocabulary.ts';
import { record } from './builders.ts';
import { MINUTE, START, startEngine } from './engine.ts';

const { engine } = startEngine();

/** A challenge in the making, of a factor that is configured. */
function making(type: string, purpose: Purpose, device: Device) {
  const presence = { user: { id: 'u1' }, record: record(), device } as Presence;
  const factor = engine.factors.get(type) as Factor;
  return newChallenge(engine, presence, factor, { purpose, authenticator: 'a1' });
}

describe('a new challenge', () => {
  it('holds what it is bound to and how long it may be answered, and nothing that it has not', () => {
    const { id, from } = making('totp', 'prove', 'unknown');
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(from({})).toStrictEqual({
      id,
      userId: 'u1',
      session: 'r1',
      purpose: 'prove',
      factor: 'totp',
      authenticator: 'a1',
      createdAt: START,
      expiresAt: START + 10 * MINUTE,
      tries: 5,
      device: 'unknown',
      counters: ['totp', '*'],
    });
  });

  it('holds what it expects, its draft and the groups that a number counts for', () => {
    const { from } = making('phone', 'enroll', 'unknown');
    const number = '+14155552671';
    const groups = { prefix: '+1415555', country: 'US' };
    const deliver: Delivery = { channel: 'sms', to: number, mailbox: number, code: '1', groups };
    const made = from({ expects: 'k1.digest', deliver }, { name: 'mine', draft: 'v1.sealed' });
    expect(made).toMatchObject({ expects: 'k1.digest', name: 'mine', draft: 'v1.sealed' });
    expect(made.groups).toEqual([
      expect.stringMatching(/^prefix\//),
      expect.stringMatching(/^country\//),
    ]);
  });

  it('[THR-7] counts what nobody can guess for itself alone', () => {
    expect(making('recoveryCode', 'prove', 'unknown').from({}).counters).toEqual(['recoveryCode']);
  });

  it('[THR-7] counts for a device that is known by itself, and sends nothing as one where a destination is named', () => {
    const [proving, enrolling] = (['prove', 'enroll'] as const).map((purpose) =>
      making('email', purpose, 'known').from({}),
    );
    expect(proving).toMatchObject({ device: 'known', counters: ['email/known', '*/known'] });
    expect(enrolling).toMatchObject({ device: 'unknown', counters: ['email/known', '*/known'] });
  });
});
