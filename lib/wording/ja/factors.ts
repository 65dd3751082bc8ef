import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: '認証アプリ',
      email: 'メールで届くコード',
      phone: 'SMS で届くコード',
      recoveryCode: 'リカバリーコード',
    },
    '第 2 要素',
  );
}
