import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'application d’authentification',
      email: 'codes par e-mail',
      phone: 'codes par SMS',
      recoveryCode: 'codes de récupération',
    },
    'second facteur',
  );
}
