import { stopAll } from './redis-shared.ts';

/** Kills the shared Redis servers; jest calls it once a run, after the last suite. */
export default async function globalTeardown(): Promise<void> {
  await stopAll();
}
