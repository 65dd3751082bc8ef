import type { Engine } from './engine.ts';
import type { Factor } from './factor.ts';
import { firstFactors } from './policy.ts';
import type { SessionRecord } from './vocabulary.ts';

/** The factors that can be a second step of this session: with a channel that is served, and not what opened it. */
export function offered(engine: Engine, record: SessionRecord): readonly Factor[] {
  const first = firstFactors(record);
  return [...engine.factors.values()].filter(
    (factor) => !first.includes(factor.type) && isServed(engine, factor),
  );
}

/** Whether there is a sender for the channel of a factor, if it has one. */
export function isServed(
  { senders }: Pick<Engine, 'senders'>,
  { traits: { channel } }: Factor,
): boolean {
  return !channel || senders[channel] !== undefined;
}
