import { budgetName } from './draws.ts';
import type { Engine } from './engine.ts';
import type { Factor } from './factor.ts';
import type { Notice, Told } from './notice.ts';
import { openSecret } from './usable.ts';
import type { Enrollment, FactorType, User } from './vocabulary.ts';

type News = Omit<Notice, 'at' | 'userId' | 'locale'>;

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
  engine.tell(noticeTo(user, news, engine.now()), () => destinationsOf(engine, user, enrollments));
}

/** Tells an owner that someone keeps failing, once an hour at most, in all processes together. */
export function tellOfFailures(
  engine: Engine,
  user: User,
  factor: FactorType,
  enrollment: Enrollment,
): void {
  tellSometimes(engine, user, { type: 'factor_failing', factor }, enrollment, HOUR);
}

/** Tells an owner that someone keeps asking for codes and gets no more for now, once a day at most (attack A43). */
export function tellOfCodes(
  engine: Engine,
  user: User,
  factor: FactorType,
  enrollment: Enrollment,
): void {
  tellSometimes(engine, user, { type: 'codes_limited', factor }, enrollment, 24 * HOUR);
}

const HOUR = 3_600_000;

function tellSometimes(
  engine: Engine,
  user: User,
  news: News,
  enrollment: Enrollment,
  windowMs: number,
): void {
  const at = engine.now();
  const name = budgetName(engine, 'notice', JSON.stringify([news.type, user.id]));
  const once = { name, windows: [{ limit: 1, windowMs }] };
  engine.tell(noticeTo(user, news, at), async () => {
    const { status } = await engine.store.spend(once, engine.random.token(16), at);
    return status === 'spent' ? destinationsOf(engine, user, [enrollment]) : undefined;
  });
}

function noticeTo({ id: userId, locale }: User, news: News, at: number): Notice {
  return { ...news, at, userId, ...(locale === undefined ? {} : { locale }) };
}

/** The account's mailbox, proved or not, its proved number, and what was enrolled; each once. */
async function destinationsOf(
  engine: Engine,
  user: User,
  enrollments: readonly Enrollment[],
): Promise<readonly Told[]> {
  // An unproved mailbox may be all that an owner has; a text to an unproved number only costs money.
  const reachable: User = { ...user, emailVerified: true };
  const held = enrollments
    .flatMap(({ authenticators }) => authenticators)
    .filter(({ state }) => state === 'active' || state === 'suspended');
  const bySecret = new Map(held.map((authenticator) => [authenticator.secret, authenticator]));
  const found = await Promise.all([
    ...[...engine.factors.values()].map((factor) =>
      told(factor, factor.vouched(reachable), {
        own: true,
        proved: factor.vouched(user) !== undefined,
      }),
    ),
    ...[...bySecret.values()].map((authenticator) =>
      told(engine.factors.get(authenticator.type), openSecret(engine, user.id, authenticator), {
        own: authenticator.origin === 'vouched',
        proved: true,
      }),
    ),
  ]);
  const known = new Map<string, Told>();
  for (const one of found.filter((destination) => destination !== undefined)) {
    const first = known.get(one.to.toLowerCase()) ?? one;
    known.set(one.to.toLowerCase(), { ...first, proved: first.proved || one.proved });
  }
  return [...known.values()];
}

async function told(
  factor: Factor | undefined,
  secret: unknown,
  how: Pick<Told, 'own' | 'proved'>,
): Promise<Told | undefined> {
  const destination = secret === undefined ? undefined : await factor?.destination(secret);
  return destination && { ...destination, ...how };
}
