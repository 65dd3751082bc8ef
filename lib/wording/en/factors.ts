import type { FactorType } from '../../core/vocabulary.ts';

const NAMES: ReadonlyMap<FactorType, string> = new Map([
  ['totp', 'authenticator app'],
  ['email', 'codes by e-mail'],
  ['phone', 'codes by SMS'],
  ['recoveryCode', 'recovery codes'],
]);

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return NAMES.get(type ?? '') ?? 'second factor';
}
