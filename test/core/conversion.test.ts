import { haltedGroup, noteConversion } from '../../lib/core/conversion.ts';
import { COUNTED, groupsOf } from '../../lib/core/draws.ts';
import type { Delivery } from '../../lib/core/factor.ts';
import type { Challenge, Device } from '../../lib/core/vocabulary.ts';
import { aChallenge, aRecord } from '../contracts/store-builders.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { HOUR, MINUTE, START, startEngine } from './engine.ts';

const LATER = START + 6 * MINUTE;
const limits = { ...UNLIMITED, conversion: { atLeast: 10, share: 0.3 } };

describe('a group of numbers from which few codes come back [DEL-4]', () => {
  /** Codes that went to a number of this prefix, and those that came back. */
  async function after(sent: number, proved: number, since = START) {
    const lab = startEngine({ limits });
    const { engine } = lab;
    const groups = groupsOf(engine, delivery('+1415555'));
    const names = groups.map(({ name }) => name);
    for (let n = 0; n < sent; n += 1)
      for (const name of names)
        await engine.store.spend({ name, windows: [COUNTED] }, `sent-${n}`, since);
    lab.clock.now = since;
    for (let n = 0; n < proved; n += 1)
      noteConversion(engine, {}, challenge({ id: `sent-${n}`, groups: names }));
    const ask = (at = LATER, prefix = '+1415555', id = 'next', device: Device = 'unknown') =>
      haltedGroup(
        engine,
        { ip: '192.0.2.7' },
        challenge({ id, createdAt: at, device }),
        groupsOf(engine, delivery(prefix)),
      );
    return { lab, ask };
  }

  it.each([
    [10, 3, undefined],
    [10, 2, 'prefix +1415555'],
    [9, 0, undefined],
    [11, 3, 'prefix +1415555'],
  ] as const)('%d sent, %d back: %s', async (sent, proved, halted) => {
    const { ask } = await after(sent, proved);
    expect(await ask()).toBe(halted);
  });

  it('is waited for five minutes, and forgotten after an hour', async () => {
    const { ask } = await after(10, 0);
    expect(await ask(START + 5 * MINUTE - 1)).toBeUndefined();
    expect(await ask(START + 5 * MINUTE)).toBe('prefix +1415555');
    expect(await ask(START + HOUR - 1)).toBe('prefix +1415555');
    expect(await ask(START + HOUR)).toBeUndefined();
  });

  it('is its country where the prefix is another', async () => {
    const { ask } = await after(10, 0);
    expect(await ask(LATER, '+1415556')).toBe('country US');
  });

  it('is judged by its own codes, and told by itself', async () => {
    const { lab, ask } = await after(10, 0);
    const [other] = groupsOf(lab.engine, delivery('+1415556'));
    const name = other?.name ?? '';
    const windows = [COUNTED];
    for (let n = 0; n < 10; n += 1) {
      await lab.engine.store.spend({ name, windows }, `more-${n}`, START);
      noteConversion(lab.engine, {}, challenge({ id: `more-${n}`, groups: [name] }));
    }
    expect(await ask()).toBe('prefix +1415555');
    expect(await ask(LATER, '+1415556', 'another')).toBe('country US');
    const reasons = lab.events.map(({ reason }) => reason);
    expect(reasons).toEqual(['prefix +1415555', 'country US']);
  });

  it('is none for a known device [THR-7]', async () => {
    const { lab, ask } = await after(10, 0);
    expect(await ask(LATER, '+1415555', 'next', 'known')).toBeUndefined();
    expect(lab.events).toEqual([]);
  });

  it('is none for a mailbox', async () => {
    const { lab } = await after(10, 0);
    expect(await haltedGroup(lab.engine, {}, challenge({}), [])).toBeUndefined();
    expect(lab.events).toEqual([]);
  });

  it('is told to the host once an hour, with no word of whose number it was', async () => {
    const { lab, ask } = await after(10, 0, START);
    for (const id of ['first', 'second']) await ask(LATER, '+1415555', id);
    const told = { type: 'conversion_low', factor: 'phone', ip: '192.0.2.7', at: START };
    expect(lab.events).toEqual([{ ...told, reason: 'prefix +1415555' }]);
  });
});

const delivery = (prefix: string): Delivery => {
  const to = `${prefix}2671`;
  return { channel: 'sms', to, mailbox: to, code: '1', groups: { prefix, country: 'US' } };
};

const challenge = (more: Partial<Challenge>): Challenge =>
  aChallenge(aRecord(), { factor: 'phone', ...more });
