import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: 'تطبيق المصادقة',
      email: 'رموز عبر البريد الإلكتروني',
      phone: 'رموز عبر الرسائل القصيرة',
      recoveryCode: 'رموز الاسترداد',
    },
    'عامل التحقق الثاني',
  );
}
