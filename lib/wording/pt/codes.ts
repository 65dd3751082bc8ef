import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('pt');

export const codes: CodeTexts = {
  subject: (issuer) => `Seu código para ${issuer}`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} é seu código para concluir o login em ${issuer}.`
      : `${code} é seu código para confirmar a ${issuer} que este contato é seu.`,
  rules: (issuer, minutes) =>
    `Ele vale por ${count(minutes, { one: '# minuto', other: '# minutos' })}. Nunca o compartilhe: ${issuer} não vai pedi-lo a você.`,
  unasked: 'Se você não o pediu, alguém pode saber sua senha: altere-a.',
};
