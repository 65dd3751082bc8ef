import type { CodeTexts } from '../catalogue.ts';

export const codes: CodeTexts = {
  subject: (issuer) => `您的 ${issuer} 验证码`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} 是您完成登录 ${issuer} 的验证码。`
      : `${code} 是您向 ${issuer} 确认此联系方式归您所有的验证码。`,
  rules: (issuer, minutes) => `${minutes} 分钟内有效。请勿告诉任何人，${issuer} 不会向您索要。`,
  unasked: '如果不是您本人请求的，可能有人知道您的密码，请更改密码。',
};
