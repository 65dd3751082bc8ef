import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('es');

export const notices: NoticeTexts = {
  subject: (issuer) => `Aviso de seguridad de ${issuer}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `Se añadió un método para confirmar tu inicio de sesión (${factor}) a tu cuenta de ${issuer} el ${when}.`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `Se quitó un método para confirmar tu inicio de sesión (${factor}) de tu cuenta de ${issuer} el ${when}.`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `Se suspendió un método para confirmar tu inicio de sesión (${factor}) en tu cuenta de ${issuer} el ${when}, tras demasiadas respuestas incorrectas desde navegadores que no habías usado antes. Sigue funcionando en los navegadores en los que ya habías iniciado sesión. En los demás, usa otro método o vuelve a configurarlo.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `Se desactivó un método para confirmar tu inicio de sesión (${factor}) en tu cuenta de ${issuer} el ${when}, tras demasiadas respuestas incorrectas. Vuelve a configurarlo para usarlo de nuevo.`,
    mfa_switched_on: ({ issuer, when }) =>
      `Se activó la verificación en dos pasos en tu cuenta de ${issuer} el ${when}.`,
    mfa_switched_off: ({ issuer, when }) =>
      `Se desactivó la verificación en dos pasos en tu cuenta de ${issuer} el ${when}. Ahora basta con la contraseña.`,
    recovery_codes_made: ({ issuer, when }) =>
      `Se crearon códigos de recuperación para tu cuenta de ${issuer} el ${when}.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `Se crearon códigos de recuperación nuevos para tu cuenta de ${issuer} el ${when}. Los anteriores ya no valen.`,
    recovery_code_used: ({ issuer, when }) =>
      `Se usó un código de recuperación en tu cuenta de ${issuer} el ${when}.`,
    phone_changed: ({ issuer, when }) =>
      `Se cambió el número de teléfono de tu cuenta de ${issuer} el ${when}.`,
    factor_failing: ({ issuer, factor, when }) =>
      `Alguien introdujo la contraseña correcta de tu cuenta de ${issuer} y después varias respuestas incorrectas seguidas (${factor}), la última el ${when}. Puede que haya que esperar un rato antes de volver a responder.`,
    codes_limited: ({ issuer, factor, when }) =>
      `Alguien introdujo la contraseña correcta de tu cuenta de ${issuer} y pidió muchos códigos (${factor}), la última vez el ${when}. Por ahora no se enviarán más a navegadores que no hayas usado antes.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `Se quitaron todos los métodos para confirmar tu inicio de sesión de tu cuenta de ${issuer} el ${when}, también los códigos de recuperación, y se cerraron todas las sesiones.`,
  },
  left: (left) =>
    left === 0
      ? 'No queda ningún código de recuperación.'
      : count(left, {
          one: 'Queda # código de recuperación.',
          other: 'Quedan # códigos de recuperación.',
        }),
  few: 'Crea códigos nuevos ahora: sin ellos, puede que no puedas entrar si pierdes tu segundo factor.',
  tried: (issuer) =>
    `Si no fuiste tú, puede que alguien sepa tu contraseña: cámbiala en ${issuer}. No des nunca un código a nadie.`,
  changed: (issuer) =>
    `Si no fuiste tú, cambia tu contraseña en ${issuer}, cierra todas las demás sesiones, quita lo que no sea tuyo y crea códigos de recuperación nuevos. Si no puedes iniciar sesión, pide ayuda a ${issuer} de inmediato.`,
};
