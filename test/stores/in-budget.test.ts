import type { Store } from '../../lib/core/ports.ts';
import { splitStore } from '../../lib/index.ts';
import { inBudget } from '../../lib/stores/in-budget.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { redisStore } from '../../lib/redis.ts';
import { hostTable } from './host-table.ts';

/** A store of which each `enrollment` takes so long, by the clock that the budget is counted with. */
function slowStore(takesMs: number, requestMs?: number) {
  const inner = memoryStore();
  const state = { now: 0, asked: 0 };
  const store: Store = {
    ...inner,
    ...(requestMs === undefined ? {} : { requestMs }),
    async enrollment(userId) {
      state.asked += 1;
      state.now += takesMs;
      return inner.enrollment(userId);
    },
  };
  return { store, state, begin: () => inBudget(store, () => state.now) };
}

const UNAVAILABLE = { name: 'MfaError', code: 'store_unavailable' };

describe('inBudget', () => {
  it('passes on what a store says of itself', () => {
    expect(slowStore(1, 700).begin().requestMs).toBe(700);
  });

  it('asks nothing more once a request has spent its second, and counts anew for the next [AVL-1]', async () => {
    const { begin, state } = slowStore(400);
    const request = begin();
    for (let i = 0; i < 3; i += 1) expect(await request.enrollment('u')).toMatchObject({});
    await expect(request.enrollment('u')).rejects.toMatchObject(UNAVAILABLE);
    await expect(request.end('u', 'all')).rejects.toMatchObject(UNAVAILABLE);
    expect(state.asked).toBe(3);
    expect(await begin().enrollment('u')).toMatchObject({ version: 0 });
  });

  it('asks nothing more when the time is over to the millisecond [AVL-1]', async () => {
    const { begin, state } = slowStore(400, 800);
    const request = begin();
    await request.enrollment('u');
    await request.enrollment('u');
    await expect(request.enrollment('u')).rejects.toMatchObject(UNAVAILABLE);
    expect(state.asked).toBe(2);
  });

  it('waits for a verb no longer than what is left [AVL-1]', async () => {
    const { store, state } = slowStore(0, 60);
    const hanging = { ...store, load: () => new Promise<never>(() => undefined) };
    const request = inBudget(hanging, () => state.now);
    state.now += 10_000;
    await request.enrollment('u');
    const late = request.load({ tag: 't', id: 'i', secret: 's' });
    await expect(late).rejects.toMatchObject({
      ...UNAVAILABLE,
      message: expect.stringContaining('60 ms'),
    });
  });

  it('counts once what runs at the same time', async () => {
    const state = { now: 0 };
    const inner = memoryStore();
    const store: Store = {
      ...inner,
      async enrollment(userId) {
        await new Promise((resolve) => setImmediate(resolve));
        state.now = 400;
        return inner.enrollment(userId);
      },
    };
    const request = inBudget(store, () => state.now);
    await Promise.all(Array.from({ length: 9 }, () => request.enrollment('u')));
    expect(await request.tally({ name: 'b', windows: [] }, 0)).toBe(0);
  });

  it('counts what overlaps from the begin of the first to the end of the last [AVL-1]', async () => {
    const state = { now: 0 };
    const ends: (() => void)[] = [];
    const inner = memoryStore();
    const enrollment: Store['enrollment'] = async (userId) => {
      await new Promise<void>((resolve) => ends.push(resolve));
      return inner.enrollment(userId);
    };
    const request = inBudget({ ...inner, requestMs: 600, enrollment }, () => state.now);
    const first = request.enrollment('u');
    state.now = 400;
    const second = request.enrollment('u');
    state.now = 600;
    // There is no time left for a third beside them.
    await expect(request.enrollment('u')).rejects.toMatchObject(UNAVAILABLE);
    for (const end of ends) end();
    await Promise.all([first, second]);
    // Nor for one after them: of the 600 ms nothing is left.
    await expect(request.tally({ name: 'b', windows: [] }, 0)).rejects.toMatchObject(UNAVAILABLE);
    expect(ends).toHaveLength(2);
  });

  it('does not count what the host does in between', async () => {
    const { begin, state } = slowStore(100);
    const request = begin();
    for (let i = 0; i < 5; i += 1) {
      await request.enrollment('u');
      state.now += 5_000;
    }
  });

  it('gives redisStore twice the time of a command, and splitStore what its volatile store has', () => {
    const client = { status: 'ready', evalsha: jest.fn(), eval: jest.fn(), hmget: jest.fn() };
    expect(redisStore(client).requestMs).toBe(1_000);
    const patient = redisStore(client, { timeoutMs: 2_000 });
    expect(patient.requestMs).toBe(4_000);
    expect(splitStore(hostTable(), patient).requestMs).toBe(4_000);
  });
});
