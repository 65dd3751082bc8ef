import { budgetName, CONVERSION_MS, groupsOf } from './draws.ts';
import type { Caller, Engine } from './engine.ts';
import type { Delivery } from './factor.ts';
import { report } from './report.ts';
import type { Challenge } from './vocabulary.ts';

/** So long after it was sent a code may still come back: it is not held against its group. */
const PATIENCE_MS = 300_000;

/** The groups of numbers whose conversion a challenge bears on, by the names of their budgets. */
export function conversionsOf(engine: Engine, delivery: Delivery): readonly string[] {
  return groupsOf(delivery).map(([kind, value]) => budgetName(engine, kind, value));
}

/**
 * The group of this number from which too few codes come back, if there is one. Who pumps SMS for a
 * share of their price never enters the codes (attack A41). It is open again once what was sent in
 * vain is an hour ago; the host is told once in that hour.
 */
export async function haltedGroup(
  engine: Engine,
  caller: Caller,
  challenge: Challenge,
  delivery: Delivery,
): Promise<string | undefined> {
  const now = challenge.createdAt;
  const { conversion } = engine.settings;
  const groups = await Promise.all(
    groupsOf(delivery).map(async ([kind, value]) => {
      const name = budgetName(engine, kind, value);
      const tally = (of: string, since: number): Promise<number> =>
        engine.store.tally({ name: of, windows: [HOUR] }, since);
      const [sent, lately, proved] = await Promise.all([
        tally(name, now - CONVERSION_MS),
        tally(name, now - PATIENCE_MS),
        tally(proofsOf(name), now - CONVERSION_MS),
      ]);
      const due = sent - lately;
      return due >= conversion.atLeast && proved < due * conversion.share
        ? { name, group: `${kind} ${value}` }
        : undefined;
    }),
  );
  const halted = groups.find((group) => group !== undefined);
  if (!halted) return undefined;
  const alarm = { name: `alarm/${halted.name}`, windows: [{ ...HOUR, limit: 1 }] };
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
      .spend({ name: proofsOf(name), windows: [HOUR] }, challenge.id, now)
      .catch((error: unknown) => report(engine, caller, 'fault', challenge, { error }));
  }
}

const HOUR = { limit: Number.MAX_SAFE_INTEGER, windowMs: CONVERSION_MS };

function proofsOf(name: string): string {
  return `proved/${name}`;
}
