import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'authenticator-app',
      email: 'codes per e-mail',
      phone: 'codes per sms',
      recoveryCode: 'herstelcodes',
    },
    'tweede factor',
  );
}
