import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('fr');

export const codes: CodeTexts = {
  subject: (issuer) => `Votre code ${issuer}`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} est votre code pour terminer votre connexion à ${issuer}.`
      : `${code} est votre code pour confirmer à ${issuer} que vous êtes joignable ici.`,
  rules: (issuer, minutes) =>
    `Il est valable ${count(minutes, { one: '# minute', other: '# minutes' })}. Ne le communiquez à personne, ${issuer} ne vous le demandera jamais.`,
  unasked:
    'Si vous n’avez pas demandé ce code, quelqu’un connaît peut-être votre mot de passe. Changez-le.',
};
