import type { CodeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('es');

export const codes: CodeTexts = {
  subject: (issuer) => `Tu código de ${issuer}`,
  what: (code, issuer, purpose) =>
    purpose === 'prove'
      ? `${code} es tu código para terminar de iniciar sesión en ${issuer}.`
      : `${code} es tu código para confirmar a ${issuer} que esto es tuyo.`,
  rules: (issuer, minutes) =>
    `Vale durante ${count(minutes, { one: '# minuto', other: '# minutos' })}. No lo compartas con nadie: ${issuer} nunca te lo pedirá.`,
  unasked: 'Si no lo has pedido, puede que alguien sepa tu contraseña: cámbiala.',
};
