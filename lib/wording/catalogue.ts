import type { Notice } from '../core/notice.ts';
import type { FactorType, Purpose } from '../core/vocabulary.ts';
import type { PageTexts } from './page-texts.ts';

/** The texts of a message that carries a code. */
export interface CodeTexts {
  subject(issuer: string): string;
  what(code: string, issuer: string, purpose: Purpose): string;
  rules(issuer: string, minutes: number): string;
  /** For whom it came unasked. */
  readonly unasked: string;
}

/** The texts of a notice: what happened, and what to do about it. */
export interface NoticeTexts {
  subject(issuer: string): string;
  /** One sentence or more; `when` is a point in time with its zone. */
  happened(notice: Notice, issuer: string, factor: string, when: string): string;
  /** For whom it was not. */
  notYou(notice: Notice, issuer: string): string;
}

/** All texts in one language, a file for each concern: a translation is read beside the original. */
export interface Catalogue {
  readonly codes: CodeTexts;
  readonly notices: NoticeTexts;
  readonly pages: PageTexts;
  factor(type: FactorType | undefined): string;
}
