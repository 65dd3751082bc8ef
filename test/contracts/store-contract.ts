import { bareStepsContract } from './store-bare-steps.ts';
import { budgetsContract } from './store-budgets.ts';
import { challengesContract } from './store-challenges.ts';
import { codesContract } from './store-codes.ts';
import { consumeContract } from './store-consume.ts';
import { enrollmentContract } from './store-enrollment.ts';
import { factsContract } from './store-facts.ts';
import { failuresContract } from './store-failures.ts';
import { lockoutContract } from './store-lockout.ts';
import { racesContract } from './store-races.ts';
import { renewContract } from './store-renew.ts';
import { roomContract } from './store-room.ts';
import { sessionRacesContract } from './store-session-races.ts';
import { sessionsContract } from './store-sessions.ts';
import { settleContract } from './store-settle.ts';
import type { Given } from './store-builders.ts';

/** What every store promises. A store's own test adds its set-up and what only it can do. */
export function storeContract(given: Given): void {
  sessionsContract(given);
  roomContract(given);
  renewContract(given);
  factsContract(given);
  enrollmentContract(given);
  challengesContract(given);
  settleContract(given);
  failuresContract(given);
  consumeContract(given);
  racesContract(given);
  sessionRacesContract(given);
  codesContract(given);
  lockoutContract(given);
  budgetsContract(given);
  bareStepsContract(given);
}
