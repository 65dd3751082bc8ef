import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'aplikacja uwierzytelniająca',
      email: 'kody e-mailem',
      phone: 'kody SMS-em',
      recoveryCode: 'kody odzyskiwania',
    },
    'drugi składnik',
  );
}
