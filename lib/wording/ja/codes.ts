import type { CodeTexts } from '../catalogue.ts';

export const codes: CodeTexts = {
  subject: (issuer) => `${issuer} の確認コード`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} は ${issuer} へのログインを完了するためのコードです。`
      : `${code} はこの連絡先がご本人のものであることを ${issuer} で確認するためのコードです。`,
  rules: (issuer, minutes) =>
    `有効期間は ${minutes} 分です。誰にも教えないでください。${issuer} がコードをお尋ねすることはありません。`,
  unasked:
    'お心当たりがない場合は、パスワードを他の人に知られている可能性があります。パスワードを変更してください。',
};
