import type { NoticeTexts } from '../catalogue.ts';

export const notices: NoticeTexts = {
  subject: (issuer) => `${issuer} からのセキュリティ通知`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `${when}、お使いの ${issuer} アカウントにログインの確認方法（${factor}）が追加されました。`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `${when}、お使いの ${issuer} アカウントからログインの確認方法（${factor}）が削除されました。`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `${when}、お使いの ${issuer} アカウントでログインの確認方法（${factor}）が一時停止されました。これまで使われたことのないブラウザから、誤った回答が多すぎたためです。ログインしたことのあるブラウザでは引き続き使えます。それ以外では別の方法を使うか、設定し直してください。`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `${when}、お使いの ${issuer} アカウントでログインの確認方法（${factor}）が無効になりました。誤った回答が多すぎたためです。もう一度使うには、設定し直してください。`,
    mfa_switched_on: ({ issuer, when }) =>
      `${when}、お使いの ${issuer} アカウントで 2 段階認証がオンになりました。`,
    mfa_switched_off: ({ issuer, when }) =>
      `${when}、お使いの ${issuer} アカウントで 2 段階認証がオフになりました。現在はパスワードだけでログインできます。`,
    recovery_codes_made: ({ issuer, when }) =>
      `${when}、お使いの ${issuer} アカウントのリカバリーコードが作成されました。`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `${when}、お使いの ${issuer} アカウントの新しいリカバリーコードが作成されました。以前のコードは使えません。`,
    recovery_code_used: ({ issuer, when }) =>
      `${when}、お使いの ${issuer} アカウントでリカバリーコードが使われました。`,
    phone_changed: ({ issuer, when }) =>
      `${when}、お使いの ${issuer} アカウントの電話番号が変更されました。`,
    factor_failing: ({ issuer, factor, when }) =>
      `何者かがお使いの ${issuer} アカウントの正しいパスワードを入力した後、続けて誤った回答をしました（${factor}、最後は ${when}）。次の回答までしばらく待つ必要がある場合があります。`,
    codes_limited: ({ issuer, factor, when }) =>
      `何者かがお使いの ${issuer} アカウントの正しいパスワードを入力し、コードを何度も要求しました（${factor}、最後は ${when}）。これまで使われたことのないブラウザには、当面コードを送信しません。`,
    enrollment_forgotten: ({ issuer, when }) =>
      `${when}、お使いの ${issuer} アカウントから、リカバリーコードを含むすべてのログインの確認方法が削除され、すべてのセッションが終了しました。`,
  },
  left: (left) =>
    left === 0 ? 'リカバリーコードは残っていません。' : `リカバリーコードは残り ${left} 個です。`,
  few: '今すぐ新しいコードを作成してください。コードがないと、2 段階認証の手段を失ったときにログインできなくなることがあります。',
  tried: (issuer) =>
    `お心当たりがない場合は、パスワードを他の人に知られている可能性があります。${issuer} でパスワードを変更してください。コードは決して誰にも教えないでください。`,
  changed: (issuer) =>
    `お心当たりがない場合は、${issuer} でパスワードを変更し、他のセッションをすべて終了し、覚えのないものを削除して、新しいリカバリーコードを作成してください。ログインできない場合は、すぐに ${issuer} にお問い合わせください。`,
};
