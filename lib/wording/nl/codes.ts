import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('nl');

export const codes: CodeTexts = {
  subject: (issuer) => `Je code voor ${issuer}`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} is je code om het inloggen bij ${issuer} te voltooien.`
      : `${code} is je code om bij ${issuer} te bevestigen dat dit van jou is.`,
  rules: (issuer, minutes) =>
    `De code is ${count(minutes, { one: '# minuut', other: '# minuten' })} geldig. Deel hem nooit: ${issuer} vraagt er niet om.`,
  unasked: 'Heb je er niet om gevraagd? Dan kent iemand misschien je wachtwoord: wijzig het.',
};
