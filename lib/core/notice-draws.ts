import { budgetName, smsDraw } from './draws.ts';
import type { Draw } from './draws.ts';
import type { Engine } from './engine.ts';
import type { Notice, Told } from './notice.ts';

const DAY = 86_400_000;

/** One an hour: what is told that often at most always is. */
const TO_A_PROVED_MAILBOX = { limit: 24, windowMs: DAY };

/** An SMS costs money, and a mailbox that nobody proved may be a stranger's. */
const TO_ANY_OTHER = { limit: 5, windowMs: DAY };

/**
 * What a notice draws on before it goes to a destination: so many a day of its type, or whoever is
 * signed in could flood an owner by changing something all day (attack A43); an SMS on that of all
 * SMS, too (attack A41). Each type has a count of its own, so that much of one thing hides no other.
 */
export function noticeDraws(
  engine: Engine,
  { type, userId }: Notice,
  { channel, to, proved }: Told,
): readonly Draw[] {
  const id = engine.random.token(16);
  const day = channel === 'email' && proved ? TO_A_PROVED_MAILBOX : TO_ANY_OTHER;
  // What was proved counts over all accounts: many of them are no way around. An unproved mailbox
  // counts for its account: one of somebody else's with the same could hide what becomes of this one.
  const whose = proved ? ['proved', to.toLowerCase()] : ['unproved', userId];
  const name = budgetName(engine, 'notice', JSON.stringify([type, ...whose]));
  const today: Draw = { kind: 'destination', budget: { name, windows: [day] }, id };
  const draws = channel === 'sms' ? [today, smsDraw(engine, id)] : [today];
  return draws.filter(({ budget }) => budget.windows.length > 0);
}
