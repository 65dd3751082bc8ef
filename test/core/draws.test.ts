import { budgetName, COUNTED, drawsOf, groupsOf } from '../../lib/core/draws.ts';
import type { Caller, Engine } from '../../lib/core/engine.ts';
import type { Delivery } from '../../lib/core/factor.ts';
import type { Challenge, Device } from '../../lib/core/vocabulary.ts';
import type { LimitOptions } from '../../lib/limit-options.ts';
import { startEngine } from './engine.ts';

const MAIL: Delivery = {
  channel: 'email',
  to: 'Ada@example.com',
  mailbox: 'ada@example.com',
  code: '1',
};
const NUMBER = '+14155552671';
const SMS: Delivery = {
  channel: 'sms',
  to: NUMBER,
  mailbox: NUMBER,
  code: '1',
  groups: { prefix: '+1415555', country: 'US' },
};
const NETWORK = { network: '192.0.2.0' };

describe('what a message draws on', () => {
  function of(delivery: Delivery, device: Device, caller: Caller, limits: LimitOptions = {}) {
    const { engine } = startEngine({ limits });
    return drawnBy(engine, delivery, device, caller);
  }
  const drawnBy = (
    engine: Engine,
    delivery: Delivery,
    from: Device,
    caller: Caller,
    device = from,
  ) => {
    const challenge = { id: 'c1', userId: 'u1', device } as Challenge;
    return drawsOf(engine, caller, from, challenge, delivery, groupsOf(engine, delivery));
  };
  const kindsOf = (...about: Parameters<typeof of>) => of(...about).map(({ kind }) => kind);

  it.each<readonly [string, Delivery, Device, Caller, readonly string[]]>([
    ['a mail, no network known', MAIL, 'unknown', {}, ['account', 'destination']],
    [
      'a mail from a stranger',
      MAIL,
      'unknown',
      NETWORK,
      ['account', 'destination', 'network', 'destinationsPerNetwork'],
    ],
    ['a mail from a known device', MAIL, 'known', NETWORK, ['account', 'destination']],
    [
      'an SMS from a known device',
      SMS,
      'known',
      NETWORK,
      ['account', 'destination', 'sms', 'prefix', 'prefix', 'country'],
    ],
    [
      'an SMS from a stranger',
      SMS,
      'unknown',
      NETWORK,
      ['account', 'destination', 'network', 'destinationsPerNetwork', 'sms', 'prefix', 'country'],
    ],
  ])('[DEL-2] %s', (_what, delivery, device, caller, kinds) => {
    expect(kindsOf(delivery, device, caller)).toEqual(kinds);
  });

  it('is nothing where a host sets no limit, but that numbers are counted by their groups [DEL-4]', () => {
    const none = { account: [], destination: [], network: [], destinationsPerNetwork: [], sms: [] };
    const groups = { prefix: [], country: [] };
    expect(kindsOf(MAIL, 'unknown', NETWORK, none)).toEqual([]);
    const draws = of(SMS, 'unknown', NETWORK, { ...none, ...groups });
    expect(draws.map(({ kind, budget }) => [kind, budget.windows.length])).toEqual([
      ['prefix', 1],
      ['country', 1],
    ]);
  });

  it('[DEL-4] is a prefix of its own for a known device, whose code still counts for all as long as theirs do', () => {
    const prefix = [{ limit: 10, windowMs: 7_200_000 }];
    const [own, shared] = of(SMS, 'known', NETWORK, { prefix }).filter(
      ({ kind }) => kind === 'prefix',
    );
    const [strangers] = of(SMS, 'unknown', NETWORK, { prefix }).filter(
      ({ kind }) => kind === 'prefix',
    );
    expect(own?.budget.windows).toEqual(prefix);
    expect(strangers?.budget.windows).toEqual([...prefix, COUNTED]);
    expect(shared?.budget.windows).toEqual([{ ...COUNTED, windowMs: 7_200_000 }, COUNTED]);
  });

  it('[THR-7] is another prefix of its own for another prefix, and the same for the same', () => {
    const { engine } = startEngine({ limits: {} });
    const nameOf = (prefix: string) =>
      drawnBy(engine, { ...SMS, groups: { prefix, country: 'US' } }, 'known', NETWORK).find(
        ({ kind }) => kind === 'prefix',
      )?.budget.name;
    expect(nameOf('+1415555')).toBe(nameOf('+1415555'));
    expect(nameOf('+1415555')).not.toBe(nameOf('+1415556'));
  });

  it('[THR-7] is the account of a known device and no network where it enrolls, and the destination of a stranger', () => {
    const { engine } = startEngine({ limits: {} });
    const names = (...about: readonly [Device, Device]) => {
      const [from, device] = about;
      const draws = drawnBy(engine, SMS, from, NETWORK, device);
      return Object.fromEntries(draws.map(({ kind, budget }) => [kind, budget.name]));
    };
    const [known, stranger] = [names('known', 'known'), names('unknown', 'unknown')];
    const { network: _, ...others } = stranger;
    expect(names('known', 'unknown')).toEqual({ ...others, account: known['account'] });
    expect(known['account']).not.toBe(stranger['account']);
  });

  it('is taken by the challenge, and from a network once a destination, whoever asks', () => {
    const ids = Object.fromEntries(
      of(SMS, 'unknown', NETWORK).map(({ kind, id }) => [kind, id] as const),
    );
    const { destinationsPerNetwork, ...others } = ids;
    expect(new Set(Object.values(others))).toEqual(new Set(['c1']));
    expect(destinationsPerNetwork).toMatch(/^destination\//);
  });

  it('tells no store that one network is counted for two things [STO-7]', () => {
    const { engine } = startEngine();
    const digests = ['network', 'failures'].map(
      (kind) => budgetName(engine, kind, NETWORK.network).split('/')[1],
    );
    expect(digests[0]).not.toBe(digests[1]);
  });

  it('tells known devices and strangers apart, and no store an address [STO-7]', () => {
    const namesOf = (device: Device) => of(SMS, device, NETWORK).map(({ budget }) => budget.name);
    const [known, unknown] = [namesOf('known'), namesOf('unknown')];
    expect(known.slice(0, 2)).not.toEqual(unknown.slice(0, 2));
    for (const name of unknown) expect(name).toMatch(/^\w+\/[\w-]+\.[\w-]{43}$/);
  });
});
