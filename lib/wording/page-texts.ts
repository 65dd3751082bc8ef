import type { AuthenticatorState } from '../core/vocabulary.ts';

/**
 * The texts of the ready pages. Plain text each: what is put into them is escaped where it is
 * shown. `when` is a point in time and `wait` a length of time, both written out in the language.
 */
export interface PageTexts {
  /** For all pages. */
  readonly common: {
    readonly continue: string;
    readonly cancel: string;
    readonly back: string;
    readonly signOut: string;
    readonly skipToContent: string;
    /** How long a length of time is, to the second below two minutes: `1 minute 5 seconds`. */
    readonly wait: (seconds: number) => string;
  };

  /** Where a sign-in is completed, or a change confirmed. */
  readonly challenge: {
    readonly title: string;
    /** Above the first field, by what has to be brought. */
    readonly lead: (factor: string, issuer: string) => string;
    readonly code: string;
    readonly recoveryCode: string;
    /** `destination` is masked, such as `a••••@example.com`. */
    readonly willSend: (destination: string) => string;
    readonly sent: (destination: string) => string;
    readonly send: string;
    readonly resend: string;
    readonly resendIn: (wait: string) => string;
    /** Said when the wait is over. */
    readonly resendReady: string;
    readonly verify: string;
    readonly anotherWay: string;
    readonly useRecoveryCode: string;
    /** With a count of the wrong answers that are left before a new code is needed. */
    readonly wrong: (triesLeft: number | undefined) => string;
    readonly malformed: string;
    readonly gone: string;
    readonly locked: (wait: string) => string;
    readonly cooling: (wait: string) => string;
    readonly limited: (wait: string) => string;
    readonly undelivered: string;
    readonly noWay: string;
    readonly lostEverything: string;
  };

  readonly settings: {
    readonly title: string;
    readonly mfa: string;
    readonly on: string;
    readonly off: string;
    readonly onMeans: string;
    readonly offMeans: string;
    readonly needsFactor: string;
    readonly switchOn: string;
    readonly switchOff: string;
    readonly ways: string;
    readonly noWays: string;
    readonly addWay: string;
    readonly added: (when: string) => string;
    readonly lastUsed: (when: string) => string;
    readonly neverUsed: string;
    readonly ofAccount: string;
    readonly state: (state: Exclude<AuthenticatorState, 'active'> | 'unreadable') => string;
    readonly manage: (name: string) => string;
    readonly recovery: string;
    readonly recoveryMeans: string;
    readonly left: (count: number) => string;
    readonly few: string;
    readonly noCodes: string;
    readonly makeCodes: string;
    readonly replaceCodes: string;
    readonly sessions: string;
    readonly thisSession: string;
    readonly otherSession: string;
    readonly signedIn: (when: string) => string;
    readonly seen: (when: string) => string;
    readonly noOtherSessions: string;
    readonly endSession: (when: string) => string;
    readonly end: string;
    readonly endOthers: string;
  };

  /** What was done, at the head of the page that follows. */
  readonly done: {
    readonly added: string;
    readonly renamed: string;
    readonly removed: string;
    readonly switchedOn: string;
    readonly switchedOff: string;
    readonly ended: string;
  };

  /** One way to confirm a sign-in: its name, and how to remove it. */
  readonly manage: {
    readonly title: string;
    readonly name: string;
    readonly nameHint: string;
    readonly rename: string;
    readonly remove: string;
    readonly removeMeans: (name: string) => string;
    readonly lastOne: string;
    readonly ofAccount: string;
  };

  readonly setUp: {
    readonly title: string;
    readonly choose: string;
    readonly mustSetUp: string;
    /** What a way is and what it takes, in one sentence. */
    readonly means: (factor: string) => string;
    readonly factorTitle: (factor: string) => string;
    readonly scan: string;
    readonly qrAlternative: string;
    readonly openApp: string;
    readonly typeSecret: string;
    readonly appCode: string;
    /** The label of a code that was sent. */
    readonly sentCode: string;
    readonly email: string;
    readonly phone: string;
    readonly phoneHint: string;
    readonly name: string;
    readonly nameOptional: string;
    readonly sendCode: string;
    readonly confirm: string;
    readonly startAgain: string;
    readonly gone: string;
    readonly exists: string;
    readonly tooMany: string;
    readonly unacceptableEmail: string;
    readonly unacceptablePhone: string;
    readonly nothingToAdd: string;
  };

  readonly recovery: {
    readonly title: string;
    readonly lead: string;
    readonly once: string;
    readonly replaceMeans: string;
    readonly make: string;
    readonly copy: string;
    readonly copied: string;
    readonly download: string;
    readonly print: string;
    readonly saved: string;
    /** The first line of a downloaded or printed sheet. */
    readonly sheet: (issuer: string) => string;
  };

  readonly problem: {
    readonly title: string;
    readonly signInFirst: string;
    readonly signInTitle: string;
    readonly signIn: string;
    readonly signInAgain: string;
    readonly foreign: string;
    readonly notFound: string;
    readonly unavailable: string;
    readonly broken: string;
    readonly unsecure: string;
    readonly refused: string;
    readonly home: string;
  };
}
