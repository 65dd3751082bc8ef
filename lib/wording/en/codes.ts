import type { Purpose } from '../../core/vocabulary.ts';
import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('en');

const PURPOSES: Readonly<Record<Purpose, string>> = {
  prove: 'to complete your sign-in',
  enroll: 'to confirm that this is yours',
};

export const codes: CodeTexts = {
  subject: (issuer) => `Your ${issuer} code`,
  what: (code, issuer, purpose) => `${code} is your ${issuer} code ${PURPOSES[purpose]}.`,
  rules: (issuer, minutes) =>
    `It is good for ${count(minutes, { one: '# minute', other: '# minutes' })}. Never share it: ${issuer} will not ask for it.`,
  unasked: 'If you did not ask for it, someone may know your password: change it.',
};
