import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'Authenticator-App',
      email: 'Codes per E-Mail',
      phone: 'Codes per SMS',
      recoveryCode: 'Wiederherstellungscodes',
    },
    'zweiter Faktor',
  );
}
