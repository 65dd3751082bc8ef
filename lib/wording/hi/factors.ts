import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'ऑथेंटिकेटर ऐप्लिकेशन',
      email: 'ईमेल से कोड',
      phone: 'एसएमएस से कोड',
      recoveryCode: 'रिकवरी कोड',
    },
    'दूसरा चरण',
  );
}
