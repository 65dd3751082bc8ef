import { mayText } from './core/may-text.ts';
import type { Destination, Notice, Tell, Told } from './core/notice.ts';
import type { Channel, Message, Sender } from './core/ports.ts';
import type { Users } from './core/users.ts';
import type { Emit } from './core/events.ts';
import { MfaError } from './errors.ts';
import { queuePerUser } from './queue-per-user.ts';

/** What the host may do in the place of our sending. */
export type Notify = (notice: Notice, destinations: readonly Destination[]) => unknown;

/**
 * How owners are told: by the host's function, by the senders, or not at all. What fails is an
 * event `notice_failed`, and one address that fails keeps no other from its notice.
 */
export function createTell({
  notify,
  users,
  senders,
  compose,
  emit,
}: {
  readonly notify: Notify | boolean;
  readonly users: Users;
  readonly senders: Readonly<Partial<Record<Channel, Sender>>>;
  readonly compose: (notice: Notice, destination: Destination) => Promise<Message>;
  readonly emit: Emit;
}): Tell {
  if (notify === false) return () => {};
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
  return (notice, where) =>
    inTurn(notice.userId, () =>
      orReport(notice, async () => {
        const destinations = await where();
        if (!destinations) return;
        if (typeof notify === 'function') {
          await notify(
            notice,
            destinations.map(({ channel, to }) => ({ channel, to })),
          );
          return;
        }
        for (const destination of reachable(destinations, senders)) {
          // One after the other: a transport is not flooded, and the order is that of the events.
          await orReport(notice, async () => {
            if (!(await mayText(users, notice.userId, destination, 'notice')))
              throw new MfaError('delivery_failed', RISKY);
            await senders[destination.channel]?.send(await compose(notice, destination));
          });
        }
      }),
    );
}

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
