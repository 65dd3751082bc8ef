import type { Budget } from './budget.ts';
import { COUNTED } from './draws.ts';
import type { Group } from './draws.ts';
import type { Caller, Engine } from './engine.ts';
import { report } from './report.ts';
import type { Challenge } from './vocabulary.ts';

/** So long after it was sent a code may still come back: it is not held against its group. */
const PATIENCE_MS = 300_000;

/**
 * The group of a number from which too few codes come back, if there is one. Who pumps SMS for a
 * share of their price never enters the codes (attack A41). It is open again once what was sent in
 * vain is an hour ago; the host is told once in that hour. There is none for a known device, whose
 * codes go to what is bound: fifty SMS by others would keep every owner of a country out.
 */
export async function haltedGroup(
  engine: Engine,
  caller: Caller,
  challenge: Challenge,
  groups: readonly Group[],
): Promise<string | undefined> {
  if (challenge.device === 'known') return undefined;
  const now = challenge.createdAt;
  const { conversion } = engine.settings;
  const low = await Promise.all(
    groups.map(async ({ kind, value, name }) => {
      const tally = (of: Budget, agoMs: number): Promise<number> =>
        engine.store.tally(of, now - agoMs);
      const [sent, lately, proved] = await Promise.all([
        tally(hourly(name), COUNTED.windowMs),
        tally(hourly(name), PATIENCE_MS),
        tally(proofsOf(name), COUNTED.windowMs),
      ]);
      const due = sent - lately;
      return due >= conversion.atLeast && proved < due * conversion.share
        ? { name, group: `${kind} ${value}` }
        : undefined;
    }),
  );
  const halted = low.find((group) => group !== undefined);
  if (!halted) return undefined;
  const alarm = { name: `alarm/${halted.name}`, windows: [{ ...COUNTED, limit: 1 }] };
  if ((await engine.store.spend(alarm, challenge.id, now)).status === 'spent')
    report(
      engine,
      caller,
      'conversion_low',
      { factor: challenge.factor },
      { reason: halted.group },
    );
  return halted.group;
}

/** A code came back. Nobody waits for it to be noted: one more or less changes nothing. */
export function noteConversion(engine: Engine, caller: Caller, challenge: Challenge): void {
  const now = engine.now();
  for (const name of challenge.groups ?? []) {
    engine.store
      .spend(proofsOf(name), challenge.id, now)
      .catch((error: unknown) => report(engine, caller, 'fault', challenge, { error }));
  }
}

function proofsOf(name: string): Budget {
  return hourly(`proved/${name}`);
}

function hourly(name: string): Budget {
  return { name, windows: [COUNTED] };
}
