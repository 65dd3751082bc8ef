import { report } from '../../lib/core/report.ts';
import { aChallenge, aRecord } from '../contracts/store-builders.ts';
import { START, startEngine } from './engine.ts';

describe('what a host hears', () => {
  it('[LOG-2] holds what is known, and no field for what is not', () => {
    const { engine, events } = startEngine();
    report(engine, {}, 'signed_out', { userId: 'u1' });
    expect(events).toStrictEqual([{ type: 'signed_out', at: START, userId: 'u1' }]);
  });

  it('[LOG-1] holds of a challenge whose it is, and neither its id nor what it expects', () => {
    const { engine, events } = startEngine();
    const challenge = aChallenge(aRecord(), { expects: 'k1.secret', draft: 'v1.draft' });
    const { userId, session, factor, authenticator } = challenge;
    report(engine, { ip: '192.0.2.7', network: 'n' }, 'fault', challenge, { reason: 'why' });
    const about = { userId, session, factor, authenticator, ip: '192.0.2.7', reason: 'why' };
    expect(events).toStrictEqual([{ type: 'fault', at: START, ...about }]);
  });
});
