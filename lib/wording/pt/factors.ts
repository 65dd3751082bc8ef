import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'app autenticador',
      email: 'códigos por e-mail',
      phone: 'códigos por SMS',
      recoveryCode: 'códigos de recuperação',
    },
    'segundo fator',
  );
}
