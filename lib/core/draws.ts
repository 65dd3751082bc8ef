import type { Caller, Engine } from './engine.ts';
import type { Delivery } from './factor.ts';
import type { Limits } from './limits.ts';
import type { Budget } from './ports.ts';
import type { Challenge } from './vocabulary.ts';

/** What one message takes from a shared budget. */
export interface Draw {
  readonly kind: keyof Limits;
  readonly budget: Budget;
  readonly id: string;
}

/** What the conversion of a group of numbers is looked at over. */
export const CONVERSION_MS = 3_600_000;

/**
 * All that a message draws on before it is sent: limits per account, destination and network (OWASP
 * MFA), and for SMS per prefix, per country and over all (SMS pumping, attack A41). What a known
 * device asks for is not the network's to answer for: an office has one address.
 */
export function drawsOf(
  engine: Engine,
  caller: Caller,
  challenge: Challenge,
  delivery: Delivery,
): readonly Draw[] {
  const { limits } = engine.settings;
  const { device, userId, id } = challenge;
  const draw = (kind: keyof Limits, value: string, taker = id): Draw => ({
    kind,
    budget: { name: budgetName(engine, kind, value), windows: limits[kind] },
    id: taker,
  });
  const { network } = caller;
  const answerable = device === 'unknown' && network !== undefined;
  const mailbox = budgetName(engine, 'destination', delivery.mailbox);
  const draws = [
    draw('account', `${device}/${userId}`),
    draw('destination', `${device}/${delivery.mailbox}`),
    ...(answerable
      ? [draw('network', network), draw('destinationsPerNetwork', network, mailbox)]
      : []),
    ...(delivery.channel === 'sms' ? [draw('sms', 'all')] : []),
  ].filter(({ budget }) => budget.windows.length > 0);
  const groups = groupsOf(delivery).map(([kind, value]) => draw(kind, value));
  return [...draws, ...groups.map(counted)];
}

/** The groups that a number belongs to. */
export function groupsOf({
  groups,
}: Delivery): readonly (readonly ['prefix' | 'country', string])[] {
  return groups === undefined
    ? []
    : [
        ['prefix', groups.prefix],
        ['country', groups.country],
      ];
}

/** The name of a budget: a keyed digest, for a store learns neither addresses nor numbers. */
export function budgetName(engine: Engine, kind: string, value: string): string {
  return `${kind}/${engine.keyring.digest(value, ['budget', kind])}`;
}

/** Counted for its conversion even where a host sets no limit. */
function counted(draw: Draw): Draw {
  const all = { limit: Number.MAX_SAFE_INTEGER, windowMs: CONVERSION_MS };
  return { ...draw, budget: { ...draw.budget, windows: [...draw.budget.windows, all] } };
}
