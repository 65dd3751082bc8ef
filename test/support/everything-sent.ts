import { setImmediate as turn } from 'node:timers/promises';

/** Resolves when every notice that is on its way has left, if nothing holds it up. */
export async function everythingSent(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn();
}
