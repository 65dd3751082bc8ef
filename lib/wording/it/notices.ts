import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('it');

export const notices: NoticeTexts = {
  subject: (issuer) => `Avviso di sicurezza da ${issuer}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `Un metodo per confermare l’accesso (${factor}) è stato aggiunto al tuo account ${issuer} il ${when}.`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `Un metodo per confermare l’accesso (${factor}) è stato rimosso dal tuo account ${issuer} il ${when}.`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `Un metodo per confermare l’accesso (${factor}) è stato sospeso per il tuo account ${issuer} il ${when}, dopo troppe risposte errate da browser che non hai mai usato. Funziona ancora in un browser in cui hai già effettuato l’accesso; altrove usa un altro metodo o configuralo di nuovo.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `Un metodo per confermare l’accesso (${factor}) è stato disattivato per il tuo account ${issuer} il ${when}, dopo troppe risposte errate. Configuralo di nuovo per tornare a usarlo.`,
    mfa_switched_on: ({ issuer, when }) =>
      `La verifica in due passaggi è stata attivata per il tuo account ${issuer} il ${when}.`,
    mfa_switched_off: ({ issuer, when }) =>
      `La verifica in due passaggi è stata disattivata per il tuo account ${issuer} il ${when}. Ora basta la password.`,
    recovery_codes_made: ({ issuer, when }) =>
      `Sono stati creati codici di recupero per il tuo account ${issuer} il ${when}.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `Sono stati creati nuovi codici di recupero per il tuo account ${issuer} il ${when}. Quelli vecchi non valgono più.`,
    recovery_code_used: ({ issuer, when }) =>
      `È stato usato un codice di recupero per il tuo account ${issuer} il ${when}.`,
    phone_changed: ({ issuer, when }) =>
      `Il numero di telefono del tuo account ${issuer} è stato modificato il ${when}.`,
    factor_failing: ({ issuer, factor, when }) =>
      `Qualcuno ha inserito la password corretta del tuo account ${issuer} e poi più risposte errate di seguito (${factor}), l’ultima il ${when}. Per altre risposte potrebbe essere necessario attendere un po’.`,
    codes_limited: ({ issuer, factor, when }) =>
      `Qualcuno ha inserito la password corretta del tuo account ${issuer} e ha richiesto molti codici (${factor}), l’ultima volta il ${when}. Per ora non ne vengono inviati altri a browser che non hai mai usato.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `Tutti i metodi per confermare l’accesso sono stati rimossi dal tuo account ${issuer} il ${when}, compresi i codici di recupero, e tutte le sessioni sono state chiuse.`,
  },
  left: (left) =>
    left === 0
      ? 'Non resta nessun codice di recupero.'
      : count(left, {
          one: 'Resta # codice di recupero.',
          other: 'Restano # codici di recupero.',
        }),
  few: 'Creane di nuovi adesso: senza, potresti non riuscire ad accedere se perdi il secondo fattore.',
  tried: (issuer) =>
    `Se non sei stato tu, qualcuno potrebbe conoscere la tua password: cambiala su ${issuer}. Non dare mai un codice a nessuno.`,
  changed: (issuer) =>
    `Se non sei stato tu, cambia la password su ${issuer}, chiudi tutte le altre sessioni, rimuovi ciò che non è tuo e crea nuovi codici di recupero. Se non riesci ad accedere, chiedi subito aiuto a ${issuer}.`,
};
