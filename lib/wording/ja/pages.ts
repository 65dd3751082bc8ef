import { byFactor } from '../by-factor.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

export const pages: PageTexts = {
  common: {
    continue: '続行',
    cancel: 'キャンセル',
    back: '戻る',
    signOut: 'ログアウト',
    skipToContent: '本文へ移動',
    wait: waiting('ja', {
      second: { other: '# 秒' },
      minute: { other: '# 分' },
      hour: { other: '# 時間' },
    }),
  },

  challenge: {
    title: '本人確認',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: '認証アプリに現在表示されているコードを入力してください。',
          recoveryCode:
            '保存したリカバリーコードの 1 つを入力してください。各コードは 1 回だけ使えます。',
        },
        `${issuer} にログインするには、もう 1 つ手順が必要です。`,
      ),
    code: 'コード',
    recoveryCode: 'リカバリーコード',
    willSend: (destination) => `${destination} にコードを送信します。`,
    sent: (destination) => `${destination} に送信したコードを入力してください。`,
    send: 'コードを送信',
    resend: '新しいコードを送信',
    resendIn: (wait) => `あと ${wait}で新しいコードを送信できます。`,
    resendReady: '新しいコードを送信できます。',
    verify: '確認',
    anotherWay: '別の方法を使う',
    useRecoveryCode: 'リカバリーコードを使う',
    wrong: (left) =>
      left === undefined
        ? 'コードが正しくありません。'
        : left === 0
          ? 'コードが正しくなく、試行回数の上限に達しました。新しいコードを送信してください。'
          : `コードが正しくありません。あと ${left} 回試せます。`,
    malformed: 'コードをすべて入力してください。',
    gone: 'このコードはもう使えません。新しいコードを送信してください。',
    locked: (wait) =>
      `誤ったコードが多すぎました。${wait}後にもう一度試すか、別の方法を使ってください。`,
    cooling: (wait) => `コードを送信したばかりです。あと ${wait}で新しいコードを送信できます。`,
    limited: (wait) =>
      `リクエストが多すぎました。${wait}後にもう一度試すか、別の方法を使ってください。`,
    undelivered: 'コードを送信できませんでした。後でもう一度試すか、別の方法を使ってください。',
    noWay: 'このログインを確認する方法が残っていません。',
    lostEverything:
      'これらのどれも使えない場合、ご自身ではログインできません。サポートにお問い合わせください。',
  },

  settings: {
    title: 'セキュリティ',
    mfa: '2 段階認証',
    on: 'オン',
    off: 'オフ',
    onMeans: 'ログインには、パスワードと以下のいずれかの方法が必要です。',
    offMeans: 'パスワードだけでログインできます。',
    needsFactor: '先にログインの確認方法を設定してください。',
    switchOn: 'オンにする',
    switchOff: 'オフにする',
    ways: 'ログインの確認方法',
    noWays: 'まだありません。',
    addWay: '方法を追加',
    added: (when) => `追加：${when}`,
    lastUsed: (when) => `最終使用：${when}`,
    neverUsed: '未使用',
    ofAccount: 'アカウントの情報です',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return '一時停止中：不明なブラウザからの誤ったコードが多すぎました';
        case 'disabled':
          return '無効：誤ったコードが多すぎました。設定し直してください。';
        case 'lapsed':
          return '確認が取り消されました';
        case 'unreadable':
          return '使用できなくなりました。設定し直してください。';
      }
    },
    manage: (name) => `${name} を管理`,
    recovery: 'リカバリーコード',
    recoveryMeans:
      '他の方法が使えないときのためのものです。スマートフォンとは別の場所に保管してください。',
    left: (left) => `残り ${left} 個です。`,
    few: '今すぐ新しいコードを作成してください。コードがないと、スマートフォンを失くしたときにログインできなくなることがあります。',
    noCodes:
      'コードがありません。コードがないと、スマートフォンを失くしたときにログインできなくなることがあります。',
    makeCodes: 'リカバリーコードを作成',
    replaceCodes: '新しいコードを作成',
    sessions: 'ログイン中のブラウザ',
    thisSession: 'このブラウザ',
    otherSession: '別のブラウザ',
    signedIn: (when) => `ログイン：${when}`,
    seen: (when) => `最終アクセス：${when}`,
    noOtherSessions: '他にはありません。',
    endSession: (when) => `セッションを終了（ログイン：${when}）`,
    end: '終了',
    endOthers: '他をすべて終了',
  },

  done: {
    added: '設定しました。',
    renamed: '名前を変更しました。',
    removed: '削除しました。',
    switchedOn: '2 段階認証はオンです。',
    switchedOff: '2 段階認証はオフです。',
    ended: 'セッションを終了しました。',
  },

  manage: {
    title: '管理',
    name: '名前',
    nameHint: '見分けるための名前です。例：「仕事用スマートフォン」',
    rename: '名前を保存',
    remove: '削除',
    removeMeans: (name) => `${name} はログインに使えなくなります。この操作は取り消せません。`,
    lastOne: 'これが最後の方法です。削除すると、パスワードだけでログインできるようになります。',
    ofAccount: 'アカウントの情報です。変更はアカウントで行ってください。',
  },

  setUp: {
    title: '2 段階認証を設定',
    choose: 'ログインをどのように確認しますか？',
    mustSetUp: 'このページには 2 段階認証が必要です。続行するには設定してください。',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'スマートフォンのアプリが 30 秒ごとに新しいコードを表示します。電波がなくても使えます。',
          email:
            'コードがメールで届きます。他の人があなたのメールを読めない場合にのみ選んでください。',
          phone:
            'コードが電話に届きます。電話番号は乗っ取られることがあるため、認証アプリの方が安全です。',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: '認証アプリを設定',
          email: 'メールで届くコードを設定',
          phone: 'SMS で届くコードを設定',
        },
        '2 段階認証を設定',
      ),
    scan: '認証アプリでこれを読み取ってください。',
    qrAlternative: '認証アプリ用の QR コード。キーは下に文字でも表示されています。',
    openApp: 'このデバイスでアプリを開く',
    typeSecret: 'またはアプリにキーを入力',
    appCode: 'その後アプリに表示されるコード',
    sentCode: '送信されたコード',
    email: 'メールアドレス',
    phone: '電話番号',
    phoneHint: '国番号から入力してください。例：+14155552671',
    name: '名前',
    nameOptional: '名前（省略可）',
    sendCode: 'コードを送信',
    confirm: '確認',
    startAgain: '最初からやり直す',
    gone: 'これはもう確認できません。最初からやり直してください。',
    exists: 'すでにあります。2 つ目には別の名前を付けてください。',
    tooMany: 'すでに上限に達しています。先に 1 つ削除してください。',
    unacceptableEmail: 'このアドレスにはコードを送信できません。',
    unacceptablePhone: 'この番号にはコードを送信できません。',
    nothingToAdd: '他に設定できるものはありません。',
  },

  recovery: {
    title: 'リカバリーコード',
    lead: '他の方法が使えないときに、このコードの 1 つでログインできます。各コードは 1 回だけ使えます。',
    once: '表示されるのは今だけです。ご自身だけが見つけられる場所に保存してください。',
    replaceMeans: '新しいコードを作成すると、今のコードは使えなくなります。',
    make: 'コードを表示',
    copy: 'コピー',
    copied: 'コピーしました。',
    download: 'ダウンロード',
    print: '印刷',
    saved: '保存しました',
    sheet: (issuer) => `${issuer} のリカバリーコード`,
  },

  problem: {
    title: 'うまくいきませんでした',
    signInFirst: '先にログインしてください。',
    signInTitle: 'ログインしていません',
    signIn: 'ログイン',
    signInAgain:
      'ログインから時間が経ちすぎているため、この変更はできません。もう一度ログインしてください。',
    foreign:
      '別のサイトからの操作だったため、何も行われませんでした。ここでページを開いて、もう一度試してください。',
    notFound: 'ここには何もありません。',
    unavailable: '現在確認できません。しばらくしてからもう一度試してください。',
    broken: '問題が発生しました。後でもう一度試してください。',
    unsecure: 'このページには安全な接続（https）が必要です。',
    refused: 'この操作はできません。',
    home: 'セキュリティに戻る',
  },
};
