import type { FactorType } from '../../core/vocabulary.ts';
import { byFactor } from '../by-factor.ts';

/** A factor as its owner knows it. */
export function factor(type: FactorType | undefined): string {
  return byFactor(
    type,
    {
      totp: '身份验证器应用',
      email: '电子邮件验证码',
      phone: '短信验证码',
      recoveryCode: '恢复代码',
    },
    '第二重验证',
  );
}
