import { draw, giveBack } from '../../lib/core/draw.ts';
import type { Draw } from '../../lib/core/draws.ts';
import { HOUR, MINUTE, START, startEngine } from './engine.ts';

describe('draw', () => {
  const { engine } = startEngine();
  let n = 0;
  /** A budget of its own that allows so many, and one taker. */
  const one = (kind: Draw['kind'], limit: number, windowMs = HOUR): Draw => {
    n += 1;
    return {
      kind,
      budget: { name: `${kind}/${n}`, windows: [{ limit, windowMs }] },
      id: `id-${n}`,
    };
  };
  const taken = (drawn: Draw) => engine.store.tally(drawn.budget, START - HOUR);

  it('takes one from each budget', async () => {
    const draws = [one('account', 1), one('destination', 1), one('sms', 1)];
    expect(await draw(engine, draws, START)).toEqual({ status: 'drawn' });
    expect(await Promise.all(draws.map(taken))).toEqual([1, 1, 1]);
  });

  it('takes nothing where one is used up, and names it and when to come back [DEL-2]', async () => {
    const draws = [one('account', 5), one('network', 0, MINUTE), one('sms', 5)];
    expect(await draw(engine, draws, START)).toEqual({
      status: 'limited',
      kind: 'network',
      until: START + MINUTE,
    });
    expect(await Promise.all(draws.map(taken))).toEqual([0, 0, 0]);
  });

  it('leaves what a used-up budget holds of others as it is', async () => {
    const full = one('sms', 1);
    expect(await draw(engine, [full], START)).toEqual({ status: 'drawn' });
    const draws = [one('account', 1), { ...full, id: 'another' }];
    expect(await draw(engine, draws, START)).toMatchObject({ status: 'limited', kind: 'sms' });
    expect(await taken(full)).toBe(1);
  });

  it.each([
    [MINUTE, HOUR],
    [HOUR, MINUTE],
  ])('names the limit that lasts longest: %i and %i', async (account, country) => {
    const draws = [one('account', 0, account), one('country', 0, country)];
    expect(await draw(engine, draws, START)).toEqual({
      status: 'limited',
      kind: account > country ? 'account' : 'country',
      until: START + HOUR,
    });
  });

  it('gives all back but which destinations a network has tried', async () => {
    const draws = [one('account', 1), one('network', 1), one('destinationsPerNetwork', 1)];
    await draw(engine, draws, START);
    await giveBack(engine, draws);
    expect(await Promise.all(draws.map(taken))).toEqual([0, 0, 1]);
  });
});
