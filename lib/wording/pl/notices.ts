import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('pl');

export const notices: NoticeTexts = {
  subject: (issuer) => `Alert bezpieczeństwa od ${issuer}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `Do Twojego konta ${issuer} dodano sposób potwierdzania logowania (${factor}). Data: ${when}.`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `Z Twojego konta ${issuer} usunięto sposób potwierdzania logowania (${factor}). Data: ${when}.`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `Na Twoim koncie ${issuer} zawieszono sposób potwierdzania logowania (${factor}) po zbyt wielu błędnych odpowiedziach z nieużywanych dotąd przeglądarek. Data: ${when}. Nadal działa w przeglądarce, w której udało Ci się już zalogować. Gdzie indziej użyj innego sposobu lub skonfiguruj ten na nowo.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `Na Twoim koncie ${issuer} wyłączono sposób potwierdzania logowania (${factor}) po zbyt wielu błędnych odpowiedziach. Data: ${when}. Aby znów go używać, skonfiguruj go na nowo.`,
    mfa_switched_on: ({ issuer, when }) =>
      `Na Twoim koncie ${issuer} włączono weryfikację dwuetapową. Data: ${when}.`,
    mfa_switched_off: ({ issuer, when }) =>
      `Na Twoim koncie ${issuer} wyłączono weryfikację dwuetapową. Data: ${when}. Teraz wystarczy samo hasło.`,
    recovery_codes_made: ({ issuer, when }) =>
      `Utworzono kody odzyskiwania do Twojego konta ${issuer}. Data: ${when}.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `Utworzono nowe kody odzyskiwania do Twojego konta ${issuer}. Data: ${when}. Poprzednie są już nieważne.`,
    recovery_code_used: ({ issuer, when }) =>
      `Na Twoim koncie ${issuer} użyto kodu odzyskiwania. Data: ${when}.`,
    phone_changed: ({ issuer, when }) =>
      `Na Twoim koncie ${issuer} zmieniono numer telefonu. Data: ${when}.`,
    factor_failing: ({ issuer, factor, when }) =>
      `Ktoś podał prawidłowe hasło do Twojego konta ${issuer}, a potem kilka razy z rzędu błędną odpowiedź (${factor}). Ostatni raz: ${when}. Przed kolejną odpowiedzią może być trzeba chwilę poczekać.`,
    codes_limited: ({ issuer, factor, when }) =>
      `Ktoś podał prawidłowe hasło do Twojego konta ${issuer} i poprosił o wiele kodów (${factor}). Ostatni raz: ${when}. Na razie nie wysyłamy kolejnych do nieużywanych dotąd przeglądarek.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `Z Twojego konta ${issuer} usunięto wszystkie sposoby potwierdzania logowania, także kody odzyskiwania, i zakończono wszystkie sesje. Data: ${when}.`,
  },
  left: (left) =>
    left === 0
      ? 'Nie został żaden kod odzyskiwania.'
      : count(left, {
          one: 'Został # kod odzyskiwania.',
          few: 'Zostały # kody odzyskiwania.',
          many: 'Zostało # kodów odzyskiwania.',
          other: 'Zostało # kodu odzyskiwania.',
        }),
  few: 'Utwórz teraz nowe: bez nich możesz nie móc się zalogować po utracie drugiego składnika.',
  tried: (issuer) =>
    `Jeśli to nie Ty, ktoś może znać Twoje hasło: zmień je w ${issuer}. Nigdy nikomu nie podawaj kodu.`,
  changed: (issuer) =>
    `Jeśli to nie Ty, zmień hasło w ${issuer}, zakończ wszystkie inne sesje, usuń to, co nie jest Twoje, i utwórz nowe kody odzyskiwania. Jeśli nie możesz się zalogować, od razu poproś ${issuer} o pomoc.`,
};
