import fc from 'fast-check';

import { remainingCodes } from '../../lib/core/commands/recovery-codes.ts';
import type { Store } from '../../lib/core/ports.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { codeAt } from '../factors/hotp.ts';
import { sentCode, startEngine, valueOf } from '../core/engine.ts';
import type { Lab, Visit } from '../core/engine.ts';
import { runs } from './runs.ts';

interface Fault {
  /** Which call of the store fails, from when it is armed. */
  readonly at: number;
  /** Whether it had done its work by then: the answer alone was lost. */
  readonly isDone: boolean;
}

/** A store of which one call fails. */
function failing(store: Store) {
  const state: { fault?: Fault | undefined; calls: number; failed: string } = {
    calls: 0,
    failed: '',
  };
  const proxy = new Proxy(store, {
    get(target, name) {
      const verb: unknown = Reflect.get(target, name);
      if (typeof verb !== 'function') return verb;
      return async (...args: unknown[]): Promise<unknown> => {
        state.calls += 1;
        const isNow = state.fault !== undefined && state.calls === state.fault.at;
        if (!isNow) return verb.apply(target, args) as unknown;
        state.failed = String(name);
        if (state.fault?.isDone === true) await verb.apply(target, args);
        throw new Error('the store is down');
      };
    },
  });
  return { store: proxy, state };
}

interface Given {
  readonly lab: Lab;
  readonly visit: Visit;
  readonly seed: string;
  readonly codes: readonly string[];
}
type Flow = (given: Given) => Promise<unknown>;

const proving: Readonly<Record<string, Flow>> = {
  totp: ({ lab, visit, seed }) => visit.prove('totp', () => codeAt(seed, lab.clock.now)),
  email: ({ lab, visit }) => visit.prove('email', () => sentCode(lab)),
  recoveryCode: ({ visit, codes }) => visit.prove('recoveryCode', codes[0] ?? ''),
  'a wrong code': ({ visit }) => visit.prove('totp', '000000'),
  'a new address': ({ lab, visit, seed }) => {
    for (const [id, user] of lab.users)
      lab.users.set(id, { ...user, phone: '+14155552671', phoneVerified: true });
    return visit.prove('totp', () => codeAt(seed, lab.clock.now));
  },
};
const changing: Readonly<Record<string, Flow>> = {
  'enrolling an app': ({ visit }) => visit.enrollTotp('second'),
  'enrolling a mailbox': ({ visit }) => visit.enrollSent('email', { email: 'b@example.com' }),
  'making codes': ({ visit }) => visit.enroll('recoveryCode', {}, 'more'),
  'counting codes': ({ visit }) =>
    visit.run((engine, caller) => remainingCodes(engine, caller, 'recoveryCode')),
  'switching off': ({ visit }) => visit.switchMfa(false),
};

const someFault = fc.record({ at: fc.integer({ min: 1, max: 9 }), isDone: fc.boolean() });

/** A user with an app, a mailbox and codes; the session asks for what is missing. */
async function given() {
  const { store, state } = failing(memoryStore());
  const lab = startEngine({ store });
  const user = lab.user({ emailVerified: true });
  const owner = await lab.signIn(user);
  const { reveal } = valueOf(await owner.enroll('recoveryCode'));
  const seed = await owner.enrollTotp();
  valueOf(await owner.switchMfa(true));
  const codes = reveal['recoveryCodes'] as readonly string[];
  return { lab, user, state, seed, codes };
}

describe('a session', () => {
  const reached = new Set<string>();
  /** Runs a flow with a fault; whether a call failed that it may not do without. Budgets are given back by the way. */
  const armed = async (
    state: ReturnType<typeof failing>['state'],
    fault: Fault,
    flow: () => Promise<unknown>,
  ): Promise<boolean> => {
    Object.assign(state, { fault, calls: 0, failed: '' });
    await flow().catch(() => undefined);
    state.fault = undefined;
    const { failed } = state;
    if (failed !== '') reached.add(failed);
    return failed !== '' && !['spend', 'refund', 'tally'].includes(failed);
  };

  it('[AVL-1] [AVL-3] [AVL-4] is not elevated by a proof during which any call of the store failed', async () => {
    let faults = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(proving)), someFault, async (name, fault) => {
        const { lab, user, state, seed, codes } = await given();
        const visit = await lab.signIn(user);
        const before = visit.pointer;
        const failed = await armed(state, fault, async () =>
          proving[name]?.({ lab, visit, seed, codes }),
        );
        if (!failed) return;
        faults += 1;
        expect(visit.pointer).toBe(before);
        expect(await visit.guard()).not.toBe('allowed');
      }),
      runs(),
    );
    expect(faults).toBeGreaterThan(0);
    expect([...reached]).toEqual(expect.arrayContaining(['load', 'settle']));
  });

  it('[AVL-1] is not let through by a guard that could not ask', async () => {
    await fc.assert(
      fc.asyncProperty(someFault, async (fault) => {
        const { lab, user, state } = await given();
        const visit = await lab.signIn(user);
        lab.clock.now += 120_000;
        let word = 'rejected';
        const failed = await armed(state, fault, async () => {
          word = await visit.guard();
        });
        expect(failed).toBe(fault.at === 1);
        expect(word).toBe(failed ? 'rejected' : 'more-factors');
      }),
      runs(20),
    );
  });

  it('[AVL-3] gains no freshness and no factor by a change during which any call of the store failed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(changing)),
        someFault,
        async (name, fault) => {
          const { lab, user, state, seed, codes } = await given();
          const visit = await lab.signIn(user);
          valueOf(await visit.prove('totp', () => codeAt(seed, lab.clock.now)));
          lab.clock.now += 300_000;
          const failed = await armed(state, fault, async () =>
            changing[name]?.({ lab, visit, seed, codes }),
          );
          if (!failed) return;
          expect(await visit.guard({ maxAgeMs: 200_000 })).not.toBe('allowed');
          // Nor is anybody else let in by it.
          const isOff = name === 'switching off' && fault.isDone;
          expect(await (await lab.signIn(user)).guard()).toBe(
            isOff && (await lab.engine.store.enrollment(user.id)).mfa === false
              ? 'allowed'
              : 'more-factors',
          );
        },
      ),
      runs(),
    );
  });
});
