import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('pl');

export const codes: CodeTexts = {
  subject: (issuer) => `Twój kod do ${issuer}`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} to Twój kod do dokończenia logowania w ${issuer}.`
      : `${code} to Twój kod do potwierdzenia w ${issuer}, że ten kontakt należy do Ciebie.`,
  rules: (issuer, minutes) =>
    `Jest ważny ${count(minutes, { one: '# minutę', few: '# minuty', many: '# minut', other: '# minuty' })}. Nikomu go nie podawaj: ${issuer} o niego nie poprosi.`,
  unasked: 'Jeśli to nie Ty o niego prosisz, ktoś może znać Twoje hasło: zmień je.',
};
