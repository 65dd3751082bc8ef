import type { Engine } from './engine.ts';
import type { Destination, Notice } from './notice.ts';
import type { Budget } from './ports.ts';
import { openSecret } from './usable.ts';
import type { Enrollment, FactorType, User } from './vocabulary.ts';

type News = Omit<Notice, 'at' | 'userId'>;

/**
 * Tells an owner what became of the enrollment, at every address that it knew before and knows
 * now: whoever takes an address away cannot keep its owner from hearing of it.
 */
export function tellOwner(
  engine: Engine,
  user: User,
  news: News,
  enrollments: readonly Enrollment[],
): void {
  engine.tell({ ...news, at: engine.now(), userId: user.id }, () =>
    destinationsOf(engine, user, enrollments),
  );
}

/** Tells an owner that someone keeps failing, once an hour at most, in all processes together. */
export function tellOfFailures(
  engine: Engine,
  user: User,
  factor: FactorType,
  enrollment: Enrollment,
): void {
  const at = engine.now();
  engine.tell({ type: 'factor_failing', factor, at, userId: user.id }, async () => {
    const { status } = await engine.store.spend(
      hourly(engine.tag(user.id)),
      engine.random.token(16),
      at,
    );
    return status === 'spent' ? destinationsOf(engine, user, [enrollment]) : undefined;
  });
}

function hourly(tag: string): Budget {
  return { name: `failure-notices/${tag}`, windows: [{ limit: 1, windowMs: 3_600_000 }] };
}

/** The account's mailbox, proved or not, its proved number, and what was enrolled; each once. */
async function destinationsOf(
  engine: Engine,
  user: User,
  enrollments: readonly Enrollment[],
): Promise<readonly Destination[]> {
  // An unproved mailbox may be all that an owner has. A text to an unproved number only costs money.
  const claimed: User = { ...user, emailVerified: true };
  const held = enrollments
    .flatMap(({ authenticators }) => authenticators)
    .filter(({ state }) => state === 'active');
  const bySecret = new Map(held.map((authenticator) => [authenticator.secret, authenticator]));
  const found = await Promise.all([
    ...[...engine.factors.values()].map((factor) => {
      const secret = factor.vouched(claimed);
      return secret === undefined ? undefined : factor.destination(secret);
    }),
    ...[...bySecret.values()].map((authenticator) => {
      const secret = openSecret(engine, user.id, authenticator);
      if (secret === undefined) return undefined;
      return engine.factors.get(authenticator.type)?.destination(secret);
    }),
  ]);
  const known = found.filter((destination) => destination !== undefined);
  return [
    ...new Map(known.toReversed().map((one) => [one.to.toLowerCase(), one])).values(),
  ].toReversed();
}
