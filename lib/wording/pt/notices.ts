import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('pt');

export const notices: NoticeTexts = {
  subject: (issuer) => `Aviso de segurança de ${issuer}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `Um método para confirmar seu login (${factor}) foi adicionado à sua conta em ${issuer} em ${when}.`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `Um método para confirmar seu login (${factor}) foi removido da sua conta em ${issuer} em ${when}.`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `Um método para confirmar seu login (${factor}) foi suspenso na sua conta em ${issuer} em ${when}, depois de muitas respostas erradas vindas de navegadores que você nunca usou. Ele continua funcionando em navegadores em que você já fez login. Nos demais, use outro método ou configure-o de novo.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `Um método para confirmar seu login (${factor}) foi desativado na sua conta em ${issuer} em ${when}, depois de muitas respostas erradas. Configure-o de novo para voltar a usá-lo.`,
    mfa_switched_on: ({ issuer, when }) =>
      `A verificação em duas etapas foi ativada na sua conta em ${issuer} em ${when}.`,
    mfa_switched_off: ({ issuer, when }) =>
      `A verificação em duas etapas foi desativada na sua conta em ${issuer} em ${when}. Agora a senha é suficiente.`,
    recovery_codes_made: ({ issuer, when }) =>
      `Códigos de recuperação foram criados para sua conta em ${issuer} em ${when}.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `Novos códigos de recuperação foram criados para sua conta em ${issuer} em ${when}. Os antigos não valem mais.`,
    recovery_code_used: ({ issuer, when }) =>
      `Um código de recuperação foi usado na sua conta em ${issuer} em ${when}.`,
    phone_changed: ({ issuer, when }) =>
      `O número de telefone da sua conta em ${issuer} foi alterado em ${when}.`,
    factor_failing: ({ issuer, factor, when }) =>
      `Alguém digitou a senha correta da sua conta em ${issuer} e depois várias respostas erradas seguidas (${factor}), a última em ${when}. Pode ser preciso esperar um pouco antes de responder de novo.`,
    codes_limited: ({ issuer, factor, when }) =>
      `Alguém digitou a senha correta da sua conta em ${issuer} e pediu muitos códigos (${factor}), a última vez em ${when}. Por enquanto, nenhum outro será enviado a navegadores que você nunca usou.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `Todos os métodos para confirmar seu login foram removidos da sua conta em ${issuer} em ${when}, inclusive os códigos de recuperação, e todas as sessões foram encerradas.`,
  },
  left: (left) =>
    left === 0
      ? 'Não resta nenhum código de recuperação.'
      : count(left, {
          one: 'Resta # código de recuperação.',
          other: 'Restam # códigos de recuperação.',
        }),
  few: 'Crie novos códigos agora: sem eles, talvez você não consiga entrar se perder seu segundo fator.',
  tried: (issuer) =>
    `Se não foi você, alguém pode saber sua senha: altere-a em ${issuer}. Nunca passe um código a ninguém.`,
  changed: (issuer) =>
    `Se não foi você, altere sua senha em ${issuer}, encerre todas as outras sessões, remova o que não é seu e crie novos códigos de recuperação. Se não conseguir fazer login, peça ajuda a ${issuer} imediatamente.`,
};
