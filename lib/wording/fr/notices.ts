import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('fr');

export const notices: NoticeTexts = {
  subject: (issuer) => `Alerte de sécurité de ${issuer}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `Une méthode de confirmation de votre connexion (${factor}) a été ajoutée à votre compte ${issuer} le ${when}.`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `Une méthode de confirmation de votre connexion (${factor}) a été supprimée de votre compte ${issuer} le ${when}.`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `Une méthode de confirmation de votre connexion (${factor}) a été suspendue pour votre compte ${issuer} le ${when}, après un trop grand nombre de réponses incorrectes venant de navigateurs que vous n’avez jamais utilisés. Elle fonctionne toujours dans un navigateur où vous vous êtes déjà connecté. Ailleurs, utilisez une autre méthode ou configurez-la de nouveau.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `Une méthode de confirmation de votre connexion (${factor}) a été désactivée pour votre compte ${issuer} le ${when}, après un trop grand nombre de réponses incorrectes. Configurez-la de nouveau pour vous en resservir.`,
    mfa_switched_on: ({ issuer, when }) =>
      `La validation en deux étapes a été activée pour votre compte ${issuer} le ${when}.`,
    mfa_switched_off: ({ issuer, when }) =>
      `La validation en deux étapes a été désactivée pour votre compte ${issuer} le ${when}. Le mot de passe suffit désormais.`,
    recovery_codes_made: ({ issuer, when }) =>
      `Des codes de récupération ont été créés pour votre compte ${issuer} le ${when}.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `De nouveaux codes de récupération ont été créés pour votre compte ${issuer} le ${when}. Les anciens ne sont plus valables.`,
    recovery_code_used: ({ issuer, when }) =>
      `Un code de récupération a été utilisé pour votre compte ${issuer} le ${when}.`,
    phone_changed: ({ issuer, when }) =>
      `Le numéro de téléphone de votre compte ${issuer} a été modifié le ${when}.`,
    factor_failing: ({ issuer, factor, when }) =>
      `Quelqu’un a saisi le bon mot de passe de votre compte ${issuer}, puis plusieurs réponses incorrectes à la suite (${factor}), la dernière le ${when}. Il faudra peut-être patienter avant de pouvoir répondre de nouveau.`,
    codes_limited: ({ issuer, factor, when }) =>
      `Quelqu’un a saisi le bon mot de passe de votre compte ${issuer}, puis a demandé de nombreux codes (${factor}), la dernière fois le ${when}. Pour le moment, plus aucun code n’est envoyé aux navigateurs que vous n’avez jamais utilisés.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `Toutes les méthodes de confirmation de votre connexion ont été supprimées de votre compte ${issuer} le ${when}, y compris les codes de récupération, et toutes les sessions ont été fermées.`,
  },
  left: (left) =>
    left === 0
      ? 'Il ne reste aucun code de récupération.'
      : count(left, {
          one: 'Il reste # code de récupération.',
          other: 'Il reste # codes de récupération.',
        }),
  few: 'Créez-en de nouveaux maintenant. Sans eux, vous risquez de ne plus pouvoir vous connecter si vous perdez votre second facteur.',
  tried: (issuer) =>
    `Si ce n’était pas vous, quelqu’un connaît peut-être votre mot de passe. Changez-le sur ${issuer}. Ne donnez jamais de code à personne.`,
  changed: (issuer) =>
    `Si ce n’était pas vous, changez votre mot de passe sur ${issuer}, fermez toutes les autres sessions, supprimez ce qui n’est pas à vous et créez de nouveaux codes de récupération. Si vous ne pouvez pas vous connecter, demandez immédiatement de l’aide à ${issuer}.`,
};
