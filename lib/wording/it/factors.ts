import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'app di autenticazione',
      email: 'codici via email',
      phone: 'codici via SMS',
      recoveryCode: 'codici di recupero',
    },
    'secondo fattore',
  );
}
