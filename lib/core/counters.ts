import type { Factor } from './factor.ts';
import type { Challenge, Device, FactorType } from './vocabulary.ts';

/**
 * Where the failures of a factor are counted: of its own and, as far as it can be guessed, with all
 * others of the account (NIST SP 800-63B-4 section 3.2.2). Known devices count apart, so that
 * strangers who hold the password cannot keep the owner out (OWASP, device cookies).
 */
export function countersOf(factor: Factor, device: Device): Challenge['counters'] {
  const own = counterOf(factor.type, device);
  return factor.traits.guessable ? [own, counterOf(ALL, device)] : [own];
}

const ALL = '*';

/** Where the failures of a factor count, by devices of one kind. */
export function counterOf(type: FactorType, device: Device): string {
  return device === 'known' ? `${type}/known` : type;
}
