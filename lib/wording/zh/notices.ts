import type { NoticeTexts } from '../catalogue.ts';

export const notices: NoticeTexts = {
  subject: (issuer) => `来自 ${issuer} 的安全通知`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `您的 ${issuer} 账号于 ${when} 添加了一种确认登录的方式（${factor}）。`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `您的 ${issuer} 账号于 ${when} 移除了一种确认登录的方式（${factor}）。`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `您的 ${issuer} 账号的一种确认登录的方式（${factor}）于 ${when} 被暂停，因为来自您从未用过的浏览器的错误回答过多。在您登录过的浏览器中，它仍然可用；在其他浏览器中，请使用其他方式，或重新设置。`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `您的 ${issuer} 账号的一种确认登录的方式（${factor}）于 ${when} 被停用，因为错误回答过多。如需继续使用，请重新设置。`,
    mfa_switched_on: ({ issuer, when }) => `您的 ${issuer} 账号于 ${when} 开启了两步验证。`,
    mfa_switched_off: ({ issuer, when }) =>
      `您的 ${issuer} 账号于 ${when} 关闭了两步验证。现在只需密码即可登录。`,
    recovery_codes_made: ({ issuer, when }) => `您的 ${issuer} 账号于 ${when} 生成了恢复代码。`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `您的 ${issuer} 账号于 ${when} 生成了新的恢复代码。旧代码已失效。`,
    recovery_code_used: ({ issuer, when }) => `您的 ${issuer} 账号于 ${when} 使用了一个恢复代码。`,
    phone_changed: ({ issuer, when }) => `您的 ${issuer} 账号于 ${when} 更改了电话号码。`,
    factor_failing: ({ issuer, factor, when }) =>
      `有人输入了您的 ${issuer} 账号的正确密码，之后连续给出错误回答（${factor}），最近一次是 ${when}。再次回答可能需要等待一段时间。`,
    codes_limited: ({ issuer, factor, when }) =>
      `有人输入了您的 ${issuer} 账号的正确密码，并请求了很多验证码（${factor}），最近一次是 ${when}。暂时不再向您从未用过的浏览器发送验证码。`,
    enrollment_forgotten: ({ issuer, when }) =>
      `您的 ${issuer} 账号于 ${when} 移除了所有确认登录的方式，包括恢复代码，并结束了所有会话。`,
  },
  left: (left) => (left === 0 ? '恢复代码已全部用完。' : `还剩 ${left} 个恢复代码。`),
  few: '请立即生成一组新代码：没有恢复代码，一旦丢失第二重验证方式，您可能无法登录。',
  tried: (issuer) =>
    `如果不是您本人操作，可能有人知道您的密码：请在 ${issuer} 更改密码。切勿将验证码告诉任何人。`,
  changed: (issuer) =>
    `如果不是您本人操作：请在 ${issuer} 更改密码，结束所有其他会话，移除不属于您的内容，并生成新的恢复代码。如果无法登录，请立即向 ${issuer} 求助。`,
};
