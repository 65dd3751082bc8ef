import { byFactor } from '../by-factor.ts';
import { counting } from '../counting.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

const count = counting('en');

export const pages: PageTexts = {
  common: {
    continue: 'Continue',
    cancel: 'Cancel',
    back: 'Back',
    signOut: 'Sign out',
    skipToContent: 'Skip to content',
    wait: waiting('en', {
      second: { one: '# second', other: '# seconds' },
      minute: { one: '# minute', other: '# minutes' },
      hour: { one: '# hour', other: '# hours' },
    }),
  },

  challenge: {
    title: 'Confirm that it is you',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: 'Enter the code that your authenticator app shows now.',
          recoveryCode: 'Enter one of the recovery codes that you saved. Each works once.',
        },
        `${issuer} needs one more step to let you in.`,
      ),
    code: 'Code',
    recoveryCode: 'Recovery code',
    willSend: (destination) => `We send a code to ${destination}.`,
    sent: (destination) => `Enter the code that we sent to ${destination}.`,
    send: 'Send the code',
    resend: 'Send a new code',
    resendIn: (wait) => `You can have a new code sent in ${wait}.`,
    resendReady: 'You can have a new code sent now.',
    verify: 'Confirm',
    anotherWay: 'Use another way',
    useRecoveryCode: 'Use a recovery code',
    wrong: (left) =>
      left === undefined
        ? 'This code is not right.'
        : left === 0
          ? 'This code is not right, and there were too many tries. Have a new one sent.'
          : `This code is not right. ${count(left, { one: '# try is left.', other: '# tries are left.' })}`,
    malformed: 'Enter the whole code.',
    gone: 'This code can no longer be used. Have a new one sent.',
    locked: (wait) => `There were too many wrong codes. Try again in ${wait}, or use another way.`,
    cooling: (wait) => `A code was sent just now. You can have a new one sent in ${wait}.`,
    limited: (wait) => `There were too many requests. Try again in ${wait}, or use another way.`,
    undelivered: 'The code could not be sent. Try again later, or use another way.',
    noWay: 'There is no way left to confirm this sign-in.',
    lostEverything: 'Without any of these you cannot get in by yourself: ask for help.',
  },

  settings: {
    title: 'Security',
    mfa: 'Two-step sign-in',
    on: 'On',
    off: 'Off',
    onMeans: 'Whoever signs in needs your password and one of the ways below.',
    offMeans: 'Your password alone is enough to sign in.',
    needsFactor: 'Set up a way to confirm your sign-in first.',
    switchOn: 'Switch on',
    switchOff: 'Switch off',
    ways: 'Ways to confirm your sign-in',
    noWays: 'None yet.',
    addWay: 'Add a way',
    added: (when) => `Added ${when}`,
    lastUsed: (when) => `Last used ${when}`,
    neverUsed: 'Never used',
    ofAccount: 'Belongs to your account',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return 'Suspended: too many wrong codes from unknown browsers';
        case 'disabled':
          return 'Disabled: too many wrong codes. Set it up anew.';
        case 'lapsed':
          return 'No longer confirmed';
        case 'unreadable':
          return 'Can no longer be used. Set it up anew.';
      }
    },
    manage: (name) => `Manage ${name}`,
    recovery: 'Recovery codes',
    recoveryMeans: 'For the day on which nothing else is at hand. Keep them apart from your phone.',
    left: (left) => count(left, { one: '# code is left.', other: '# codes are left.' }),
    few: 'Make a new set now: without one you may not get in when you lose your phone.',
    noCodes: 'You have none. Without them you may not get in when you lose your phone.',
    makeCodes: 'Make recovery codes',
    replaceCodes: 'Make new codes',
    sessions: 'Where you are signed in',
    thisSession: 'This browser',
    otherSession: 'Another browser',
    signedIn: (when) => `Signed in ${when}`,
    seen: (when) => `Last seen ${when}`,
    noOtherSessions: 'Nowhere else.',
    endSession: (when) => `End the session signed in ${when}`,
    end: 'End',
    endOthers: 'End all others',
  },

  done: {
    added: 'It is set up.',
    renamed: 'The name is changed.',
    removed: 'It is removed.',
    switchedOn: 'Two-step sign-in is on.',
    switchedOff: 'Two-step sign-in is off.',
    ended: 'The session has ended.',
  },

  manage: {
    title: 'Manage',
    name: 'Name',
    nameHint: 'A name to know it by, such as “Work phone”.',
    rename: 'Save the name',
    remove: 'Remove',
    removeMeans: (name) => `${name} can no longer be used to sign in. This cannot be undone.`,
    lastOne: 'It is the last one: from then on your password alone is enough to sign in.',
    ofAccount: 'It belongs to your account and is changed there.',
  },

  setUp: {
    title: 'Set up a second step',
    choose: 'How do you want to confirm your sign-ins?',
    mustSetUp: 'This page needs a second step. Set one up to go on.',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'An app on your phone shows a new code every 30 seconds. It works without a network.',
          email:
            'A code is sent to your mailbox. Choose it only if nobody else can read your mail.',
          phone:
            'A code is sent to your phone. An authenticator app is safer: numbers can be taken over.',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Set up an authenticator app',
          email: 'Set up codes by e-mail',
          phone: 'Set up codes by SMS',
        },
        'Set up a second step',
      ),
    scan: 'Scan this with your authenticator app.',
    qrAlternative: 'QR code for your authenticator app; the key is below as text, too.',
    openApp: 'Open the app on this device',
    typeSecret: 'Or type the key into it',
    appCode: 'The code that it shows then',
    sentCode: 'The code that we sent',
    email: 'E-mail address',
    phone: 'Phone number',
    phoneHint: 'With the country code, such as +14155552671.',
    name: 'Name',
    nameOptional: 'Name (optional)',
    sendCode: 'Send the code',
    confirm: 'Confirm',
    startAgain: 'Start again',
    gone: 'This can no longer be confirmed. Start again.',
    exists: 'You have this already. Give a second one a name of its own.',
    tooMany: 'You have as many of these as you can have. Remove one first.',
    unacceptableEmail: 'No code can be sent to this address.',
    unacceptablePhone: 'No code can be sent to this number.',
    nothingToAdd: 'There is nothing more to set up.',
  },

  recovery: {
    title: 'Recovery codes',
    lead: 'With one of these you get in when nothing else is at hand. Each works once.',
    once: 'They are shown only now. Save them where you will find them, and nobody else will.',
    replaceMeans: 'A new set voids the codes that you have.',
    make: 'Show the codes',
    copy: 'Copy',
    copied: 'Copied.',
    download: 'Download',
    print: 'Print',
    saved: 'I have saved them',
    sheet: (issuer) => `Recovery codes for ${issuer}`,
  },

  problem: {
    title: 'This did not work',
    signInFirst: 'Sign in first.',
    signInTitle: 'You are not signed in',
    signIn: 'Sign in',
    signInAgain: 'You signed in too long ago for this change. Sign in again.',
    foreign: 'This came from another site, so nothing was done. Open the page here and try again.',
    notFound: 'There is nothing here.',
    unavailable: 'This cannot be checked right now. Try again in a moment.',
    broken: 'Something went wrong. Try again later.',
    unsecure: 'This page needs a secure connection (https).',
    refused: 'This is not possible.',
    home: 'Back to security',
  },
};
