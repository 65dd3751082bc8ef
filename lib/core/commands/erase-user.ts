import { endedBeforeNow } from '../ending.ts';
import { emptyEnrollment, factsOf } from '../enrollment.ts';
import type { Engine } from '../engine.ts';
import { contended, ROUNDS } from '../presence.ts';
import { report } from '../report.ts';

/**
 * Erases all that is held of a user who leaves (GDPR article 17): what is bound, sessions,
 * challenges and counts. First the enrollment is emptied and every session over, so that a request
 * in flight brings nothing back, and so that a host's own row holds nothing: it is the host's to
 * delete. A row that is gone already is not brought back.
 */
export async function eraseUser(engine: Engine, userId: string): Promise<void> {
  await emptied(engine, userId);
  await engine.store.erase(engine.tag(userId));
  report(engine, {}, 'user_erased', { userId });
}

async function emptied(engine: Engine, userId: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const before = await engine.store.enrollment(userId);
    if (before.version === 0) return;
    const endedBefore = endedBeforeNow(before, engine.now());
    const next = { ...emptyEnrollment(userId), version: before.version + 1, endedBefore };
    const facts = factsOf(next, engine.factors);
    if ((await engine.store.save({ next, facts })) === 'saved') return;
  }
  throw contended();
}
