import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'authenticator app',
      email: 'codes by e-mail',
      phone: 'codes by SMS',
      recoveryCode: 'recovery codes',
    },
    'second factor',
  );
}
