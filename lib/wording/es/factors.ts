import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'aplicación de autenticación',
      email: 'códigos por correo electrónico',
      phone: 'códigos por SMS',
      recoveryCode: 'códigos de recuperación',
    },
    'segundo factor',
  );
}
