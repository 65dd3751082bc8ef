import { draw, giveBack } from './core/draw.ts';
import type { Drawn } from './core/draw.ts';
import type { Draw } from './core/draws.ts';
import type { Engine } from './core/engine.ts';
import { mayText } from './core/may-text.ts';
import type { Destination, Notice, Tell, Told } from './core/notice.ts';
import { noticeDraws } from './core/notice-draws.ts';
import type { Channel, Message, Sender } from './core/ports.ts';
import { MfaError } from './errors.ts';
import { queuePerUser } from './queue-per-user.ts';

/** What the host may do in the place of our sending. */
export type Notify = (notice: Notice, destinations: readonly Destination[]) => unknown;

/**
 * How owners are told: by the host's function, by the senders, or not at all. What fails is an
 * event `notice_failed`, and one address that fails keeps no other from its notice. It draws on the
 * store in its own time, not in that of the request that it comes after. Where there is nobody to
 * send, the host hears so at start: it may take its owners for told.
 */
export function createTell(
  engine: Engine,
  {
    notify,
    compose,
  }: {
    readonly notify: Notify | boolean;
    readonly compose: (notice: Notice, destination: Destination) => Promise<Message>;
  },
): Tell {
  if (notify === false) return () => {};
  const { users, senders, emit } = engine;
  if (notify === true && Object.keys(senders).length === 0) {
    emit({
      type: 'warning',
      reason: 'notices',
      error: new MfaError('setup_unsafe', NOBODY_SENDS),
    });
  }
  const inTurn = queuePerUser();
  const orReport = async (notice: Notice, run: () => Promise<unknown>): Promise<void> => {
    try {
      await run();
    } catch (cause) {
      const { type: reason, userId, factor } = notice;
      const about = factor === undefined ? { userId } : { userId, factor };
      emit({ type: 'notice_failed', ...about, reason, error: safe(cause) });
    }
  };
  /** In doubt it goes, for what is told of has come true by the same store just now: but not what costs money. */
  const take = async ({ userId }: Notice, draws: readonly Draw[]): Promise<Drawn> => {
    try {
      return await draw(engine, draws, engine.now());
    } catch (error) {
      if (draws.some(({ kind }) => kind === 'sms')) throw error;
      emit({ type: 'fault', userId, error });
      return { status: 'drawn' };
    }
  };
  const send = async (notice: Notice, told: Told): Promise<void> => {
    const draws = noticeDraws(engine, notice, told);
    const drawn = await take(notice, draws);
    if (drawn.status === 'limited') {
      if (drawn.kind === 'sms') throw new MfaError('delivery_failed', LIMITED);
      return;
    }
    const isSafe = mayText(users, notice.userId, told, 'notice');
    if (!(await isSafe.catch(() => false))) await giveBack(engine, draws);
    if (!(await isSafe)) throw new MfaError('delivery_failed', RISKY);
    await senders[told.channel]?.send(await compose(notice, told));
  };
  /** Whether one goes to a destination by the host's function, whose texts are the host's to afford. */
  const isDue = async (notice: Notice, told: Told): Promise<boolean> => {
    const day = noticeDraws(engine, notice, told).filter(({ kind }) => kind !== 'sms');
    return (await take(notice, day)).status === 'drawn';
  };
  return (notice, where) =>
    inTurn(notice.userId, () =>
      orReport(notice, async () => {
        const destinations = await where();
        if (!destinations) return;
        if (typeof notify === 'function') {
          const due = await Promise.all(destinations.map((told) => isDue(notice, told)));
          const open = destinations.filter((_, at) => due[at]);
          await notify(
            notice,
            open.map(({ channel, to }) => ({ channel, to })),
          );
          return;
        }
        for (const destination of reachable(destinations, senders)) {
          // One after the other: a transport is not flooded, and the order is that of the events.
          await orReport(notice, () => send(notice, destination));
        }
      }),
    );
}

const NOBODY_SENDS =
  'Owners are told of nothing: there is no sender. Give `email`, `sms` or a function `notify`, or say ' +
  '`notify: false` if it is meant.';

const LIMITED =
  'A notice did not leave: the limit `sms` is reached. Set `limits.sms` to what you can afford.';

const RISKY = 'A notice did not leave: users.mayText wants nothing to go to the number.';

/**
 * Every mailbox; a number only where the account has no mailbox, for it may be read by others and
 * costs. A mailbox that was enrolled is no reason to leave it out: a thief's may just have been.
 */
function reachable(
  destinations: readonly Told[],
  senders: Readonly<Partial<Record<Channel, Sender>>>,
): readonly Told[] {
  const open = destinations.filter(({ channel }) => senders[channel] !== undefined);
  return open.some(({ channel, own }) => channel === 'email' && own)
    ? open.filter(({ channel }) => channel === 'email')
    : open;
}

/** What a foreign function throws may hold an address: its text goes nowhere. */
function safe(cause: unknown): MfaError {
  const own = cause instanceof MfaError && OWN.has(cause.code);
  return own
    ? cause
    : new MfaError(
        'delivery_failed',
        'A notice to an owner did not leave; its sender, or users.mayText, says why.',
      );
}

const OWN: ReadonlySet<string> = new Set(['delivery_failed', 'store_unavailable']);
