import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('de');

export const codes: CodeTexts = {
  subject: (issuer) => `Ihr Code für ${issuer}`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} ist Ihr Code, um die Anmeldung bei ${issuer} abzuschließen.`
      : `${code} ist Ihr Code, um ${issuer} zu bestätigen, dass Sie hier erreichbar sind.`,
  rules: (issuer, minutes) =>
    `Er gilt ${count(minutes, { one: '# Minute', other: '# Minuten' })}. Geben Sie ihn nie weiter: ${issuer} fragt nicht danach.`,
  unasked:
    'Wenn Sie ihn nicht angefordert haben, kennt vielleicht jemand Ihr Passwort: Ändern Sie es.',
};
