import type { NoticeType } from '../core/notice.ts';
import type { FactorType, Purpose } from '../core/vocabulary.ts';
import type { PageTexts } from './page-texts.ts';

/** The texts of a message that carries a code. */
export interface CodeTexts {
  subject(issuer: string): string;
  /** The code is the first thing in it that has digits: phones and people look for it there. */
  what(code: string, issuer: string, purpose: Purpose): string;
  rules(issuer: string, minutes: number): string;
  /** For whom it came unasked. */
  readonly unasked: string;
}

/** What happened: to an account at the app, by the name of a factor, at a point in time with its zone. */
export interface Happening {
  readonly issuer: string;
  readonly factor: string;
  readonly when: string;
}

/** The texts of a notice: what happened, and what to do about it. */
export interface NoticeTexts {
  subject(issuer: string): string;
  readonly happened: Readonly<Record<NoticeType, (what: Happening) => string>>;
  /** How many recovery codes are left. */
  left(count: number): string;
  /** After that, when they are few. */
  readonly few: string;
  /** For whom it was not, when someone knew the password and got no further. */
  tried(issuer: string): string;
  /** For whom it was not, when something is changed. */
  changed(issuer: string): string;
}

/** All texts in one language, a file for each concern: a translation is read beside the original. */
export interface Catalogue {
  readonly codes: CodeTexts;
  readonly notices: NoticeTexts;
  readonly pages: PageTexts;
  factor(type: FactorType | undefined): string;
  /** What stands between two sentences. */
  readonly space: ' ' | '';
}
