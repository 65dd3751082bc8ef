import { crowdedOut } from '../../lib/core/crowded-out.ts';
import type { Completed, SessionRecord } from '../../lib/core/vocabulary.ts';
import { aRecord } from '../contracts/store-builders.ts';

const PASSWORD: Completed = { factor: 'password', by: 'first-factor', at: 1 };
const APP: Completed = { factor: 'totp', authenticator: 'a1', by: 'challenge', at: 1 };

function session(
  id: string,
  createdAt: number,
  network: string,
  ...completed: readonly Completed[]
): SessionRecord {
  const device = 'unknown';
  return aRecord({ id, createdAt, network, device, completed: [PASSWORD, ...completed] });
}

describe('who makes room for one more session', () => {
  it('is the oldest of those that are in, from whichever network most of them are [THR-7]', () => {
    const oldest = session('oldest', 1, 'n1', APP);
    const others = [2, 3].map((at) => session(`n2-${at}`, at, 'n2', APP));
    const newest = session('newest', 4, 'n2', APP);
    expect(crowdedOut([...others, oldest, newest], newest, 3)).toEqual(['oldest']);
  });

  it('is the oldest of the strangers from the network that has most [A44]', () => {
    const owner = session('owner', 1, 'n1');
    const strangers = [2, 3].map((at) => session(`n2-${at}`, at, 'n2'));
    const newest = session('newest', 4, 'n2');
    expect(crowdedOut([owner, ...strangers, newest], newest, 3)).toEqual(['n2-2']);
  });

  it('is the same of two that began together, however they are listed', () => {
    const twins = ['a', 'b', 'c'].map((id) => session(id, 1, 'n1', APP));
    const newest = session('newest', 2, 'n1', APP);
    const gone = [twins, twins.toReversed(), [twins[1], twins[2], twins[0]]].map((listed) =>
      crowdedOut([...(listed as SessionRecord[]), newest], newest, 3),
    );
    expect(gone).toEqual([['a'], ['a'], ['a']]);
  });
});
