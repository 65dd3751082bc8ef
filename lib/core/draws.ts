import type { Caller, Engine } from './engine.ts';
import type { Delivery } from './factor.ts';
import type { Limits } from './limits.ts';
import type { Budget, Window } from './budget.ts';
import type { Challenge, Device } from './vocabulary.ts';

/** What one message takes from a shared budget. */
export interface Draw {
  readonly kind: keyof Limits;
  readonly budget: Budget;
  readonly id: string;
}

/** Counts all of an hour and limits nothing: what the conversion of a group is looked at over. */
export const COUNTED = { limit: Number.MAX_SAFE_INTEGER, windowMs: 3_600_000 } as const;

/** A group of numbers: all but the last four digits, or the country. */
export interface Group {
  readonly kind: 'prefix' | 'country';
  readonly value: string;
  /** The name of its budget. */
  readonly name: string;
}

/**
 * All that a message draws on before it is sent: limits per account, destination and network (OWASP
 * MFA), and for SMS per prefix, per country and over all (SMS pumping, attack A41). What a known
 * device (`from`) asks for is not the network's to answer for: an office has one address. What it
 * enrolls is a stranger's destination yet, of which a network has but a few (see `newChallenge`).
 */
export function drawsOf(
  engine: Engine,
  { network }: Caller,
  from: Device,
  challenge: Challenge,
  delivery: Delivery,
  groups: readonly Group[],
): readonly Draw[] {
  const { limits } = engine.settings;
  const { device, userId, id } = challenge;
  const draw = (kind: keyof Limits, value: string, taker = id): Draw =>
    drawOn(engine, kind, value, taker);
  // A few SMS to numbers of one's own would keep an owner from the code that goes to a bound one.
  const isOwn = ({ kind }: Group): boolean => device === 'known' && kind === 'prefix';
  const mailbox = budgetName(engine, 'destination', delivery.mailbox);
  const draws = [
    draw('account', `${from}/${userId}`),
    draw('destination', `${device}/${delivery.mailbox}`),
    ...(network !== undefined && from === 'unknown' ? [draw('network', network)] : []),
    ...(network !== undefined && device === 'unknown'
      ? [draw('destinationsPerNetwork', network, mailbox)]
      : []),
    ...(delivery.channel === 'sms' ? [smsDraw(engine, id)] : []),
    ...groups.filter(isOwn).map(({ kind, value }) => draw(kind, `${device}/${value}`)),
  ].filter(({ budget }) => budget.windows.length > 0);
  // Counted for their conversion even where a host sets no limit.
  const counted = groups.map((group) => {
    const { kind, name } = group;
    const windows = [...limits[kind], COUNTED];
    return { kind, budget: { name, windows: isOwn(group) ? windows.map(unlimited) : windows }, id };
  });
  return [...draws, ...counted];
}

/** What one SMS takes of all that may be sent, be it a code or a notice. */
export function smsDraw(engine: Engine, id: string): Draw {
  return drawOn(engine, 'sms', 'all', id);
}

function drawOn(engine: Engine, kind: keyof Limits, value: string, id: string): Draw {
  const windows = engine.settings.limits[kind];
  return { kind, budget: { name: budgetName(engine, kind, value), windows }, id };
}

/** Counts as long as this, and limits nothing. */
function unlimited({ windowMs }: Window): Window {
  return { ...COUNTED, windowMs };
}

/** The groups of the number that a message goes to; none for a mailbox. */
export function groupsOf(engine: Engine, { groups }: Delivery): readonly Group[] {
  if (!groups) return [];
  return KINDS.map((kind) => ({
    kind,
    value: groups[kind],
    name: budgetName(engine, kind, groups[kind]),
  }));
}

const KINDS = ['prefix', 'country'] as const;

/** The name of a budget: a keyed digest, for a store learns neither addresses nor numbers. */
export function budgetName(engine: Engine, kind: string, value: string): string {
  return `${kind}/${engine.keyring.digest(value, ['budget', kind])}`;
}
