import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('it');

export const codes: CodeTexts = {
  subject: (issuer) => `Il tuo codice per ${issuer}`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} è il tuo codice per completare l’accesso a ${issuer}.`
      : `${code} è il tuo codice per confermare a ${issuer} che questo recapito è tuo.`,
  rules: (issuer, minutes) =>
    `Vale per ${count(minutes, { one: '# minuto', other: '# minuti' })}. Non condividerlo mai: ${issuer} non te lo chiederà.`,
  unasked: 'Se non l’hai richiesto tu, qualcuno potrebbe conoscere la tua password: cambiala.',
};
