import { byFactor } from '../by-factor.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

export const pages: PageTexts = {
  common: {
    continue: '继续',
    cancel: '取消',
    back: '返回',
    signOut: '退出登录',
    skipToContent: '跳到内容',
    wait: waiting('zh', {
      second: { other: '# 秒' },
      minute: { other: '# 分钟' },
      hour: { other: '# 小时' },
    }),
  },

  challenge: {
    title: '确认是您本人',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: '请输入身份验证器应用当前显示的验证码。',
          recoveryCode: '请输入您保存的一个恢复代码。每个代码只能使用一次。',
        },
        `登录 ${issuer} 还需要一步。`,
      ),
    code: '验证码',
    recoveryCode: '恢复代码',
    willSend: (destination) => `我们将向 ${destination} 发送验证码。`,
    sent: (destination) => `请输入我们发送到 ${destination} 的验证码。`,
    send: '发送验证码',
    resend: '发送新的验证码',
    resendIn: (wait) => `${wait}后可以获取新的验证码。`,
    resendReady: '现在可以获取新的验证码。',
    verify: '确认',
    anotherWay: '使用其他方式',
    useRecoveryCode: '使用恢复代码',
    wrong: (left) =>
      left === undefined
        ? '验证码不正确。'
        : left === 0
          ? '验证码不正确，且尝试次数过多。请获取新的验证码。'
          : `验证码不正确。还可以尝试 ${left} 次。`,
    malformed: '请输入完整的验证码。',
    gone: '此验证码已失效。请获取新的验证码。',
    locked: (wait) => `错误的验证码过多。请在${wait}后重试，或使用其他方式。`,
    cooling: (wait) => `刚刚已发送验证码。${wait}后可以获取新的验证码。`,
    limited: (wait) => `请求过多。请在${wait}后重试，或使用其他方式。`,
    undelivered: '无法发送验证码。请稍后重试，或使用其他方式。',
    noWay: '已没有可以确认此次登录的方式。',
    lostEverything: '如果以上方式都无法使用，您将无法自行登录，请寻求帮助。',
  },

  settings: {
    title: '安全',
    mfa: '两步验证',
    on: '已开启',
    off: '已关闭',
    onMeans: '登录时需要您的密码以及以下方式之一。',
    offMeans: '只需密码即可登录。',
    needsFactor: '请先设置一种确认登录的方式。',
    switchOn: '开启',
    switchOff: '关闭',
    ways: '确认登录的方式',
    noWays: '暂无。',
    addWay: '添加方式',
    added: (when) => `添加时间：${when}`,
    lastUsed: (when) => `上次使用：${when}`,
    neverUsed: '从未使用',
    ofAccount: '属于您的账号',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return '已暂停：来自未知浏览器的错误验证码过多';
        case 'disabled':
          return '已停用：错误验证码过多。请重新设置。';
        case 'lapsed':
          return '不再处于已确认状态';
        case 'unreadable':
          return '已无法使用。请重新设置。';
      }
    },
    manage: (name) => `管理 ${name}`,
    recovery: '恢复代码',
    recoveryMeans: '供您在没有其他方式可用时使用。请勿与手机放在一起。',
    left: (left) => `还剩 ${left} 个。`,
    few: '请立即生成一组新代码：没有恢复代码，一旦丢失手机，您可能无法登录。',
    noCodes: '您还没有恢复代码。没有恢复代码，一旦丢失手机，您可能无法登录。',
    makeCodes: '生成恢复代码',
    replaceCodes: '生成新代码',
    sessions: '您的登录会话',
    thisSession: '此浏览器',
    otherSession: '其他浏览器',
    signedIn: (when) => `登录时间：${when}`,
    seen: (when) => `最近活动：${when}`,
    noOtherSessions: '没有其他会话。',
    endSession: (when) => `结束会话（登录时间：${when}）`,
    end: '结束',
    endOthers: '结束所有其他会话',
  },

  done: {
    added: '设置完成。',
    renamed: '名称已更改。',
    removed: '已移除。',
    switchedOn: '两步验证已开启。',
    switchedOff: '两步验证已关闭。',
    ended: '会话已结束。',
  },

  manage: {
    title: '管理',
    name: '名称',
    nameHint: '便于您识别的名称，例如“工作手机”。',
    rename: '保存名称',
    remove: '移除',
    removeMeans: (name) => `${name} 将无法再用于登录。此操作无法撤消。`,
    lastOne: '这是最后一种方式：移除后只需密码即可登录。',
    ofAccount: '属于您的账号，请在账号中更改。',
  },

  setUp: {
    title: '设置第二步验证',
    choose: '您想如何确认登录？',
    mustSetUp: '此页面需要第二步验证。请先设置，然后继续。',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: '手机上的应用每 30 秒显示一个新验证码，无需网络即可使用。',
          email: '验证码将发送到您的邮箱。仅在没有其他人能查看您的邮件时选择此方式。',
          phone: '验证码将发送到您的手机。身份验证器应用更安全，因为手机号码可能被他人盗用。',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: '设置身份验证器应用',
          email: '设置电子邮件验证码',
          phone: '设置短信验证码',
        },
        '设置第二步验证',
      ),
    scan: '请用身份验证器应用扫描此码。',
    qrAlternative: '用于身份验证器应用的二维码；密钥也以文字形式显示在下方。',
    openApp: '在此设备上打开应用',
    typeSecret: '或在应用中输入密钥',
    appCode: '应用随后显示的验证码',
    sentCode: '我们发送的验证码',
    email: '电子邮件地址',
    phone: '电话号码',
    phoneHint: '请包含国家/地区代码，例如 +14155552671。',
    name: '名称',
    nameOptional: '名称（可选）',
    sendCode: '发送验证码',
    confirm: '确认',
    startAgain: '重新开始',
    gone: '已无法确认。请重新开始。',
    exists: '您已设置此方式。请为第二个取一个不同的名称。',
    tooMany: '已达到数量上限。请先移除一个。',
    unacceptableEmail: '无法向此地址发送验证码。',
    unacceptablePhone: '无法向此号码发送验证码。',
    nothingToAdd: '没有更多可设置的内容。',
  },

  recovery: {
    title: '恢复代码',
    lead: '没有其他方式可用时，您可以用其中一个代码登录。每个代码只能使用一次。',
    once: '代码仅显示这一次。请保存在只有您自己能找到的地方。',
    replaceMeans: '生成新代码后，您现有的代码将失效。',
    make: '显示代码',
    copy: '复制',
    copied: '已复制。',
    download: '下载',
    print: '打印',
    saved: '我已保存',
    sheet: (issuer) => `${issuer} 的恢复代码`,
  },

  problem: {
    title: '操作未成功',
    signInFirst: '请先登录。',
    signInTitle: '您尚未登录',
    signIn: '登录',
    signInAgain: '您的登录时间过久，无法进行此更改。请重新登录。',
    foreign: '此请求来自其他网站，因此未执行任何操作。请在此处打开页面并重试。',
    notFound: '这里没有内容。',
    unavailable: '目前无法验证。请稍后重试。',
    broken: '出了点问题。请稍后重试。',
    unsecure: '此页面需要安全连接（https）。',
    refused: '无法执行此操作。',
    home: '返回安全页面',
  },
};
