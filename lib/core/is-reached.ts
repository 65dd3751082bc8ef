import type { Factor } from './factor.ts';

/** Whether a code reaches what a factor holds, where it takes one: not a number of a country that gets none. */
export async function isReached(factor: Factor, plain: unknown): Promise<boolean> {
  return factor.traits.channel === undefined || (await factor.destination(plain)) !== undefined;
}
