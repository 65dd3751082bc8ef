import { byFactor } from '../by-factor.ts';
import { counting } from '../counting.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

const count = counting('it');

export const pages: PageTexts = {
  common: {
    continue: 'Continua',
    cancel: 'Annulla',
    back: 'Indietro',
    signOut: 'Esci',
    skipToContent: 'Vai al contenuto',
    wait: waiting('it', {
      second: { one: '# secondo', other: '# secondi' },
      minute: { one: '# minuto', other: '# minuti' },
      hour: { one: '# ora', other: '# ore' },
    }),
  },

  challenge: {
    title: 'Conferma la tua identità',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: 'Inserisci il codice che la tua app di autenticazione mostra in questo momento.',
          recoveryCode:
            'Inserisci uno dei codici di recupero che hai salvato. Ognuno vale una sola volta.',
        },
        `Manca un passaggio per accedere a ${issuer}.`,
      ),
    code: 'Codice',
    recoveryCode: 'Codice di recupero',
    willSend: (destination) => `Invieremo un codice a ${destination}.`,
    sent: (destination) => `Inserisci il codice che abbiamo inviato a ${destination}.`,
    send: 'Invia il codice',
    resend: 'Invia un nuovo codice',
    resendIn: (wait) => `Potrai richiedere un nuovo codice tra ${wait}.`,
    resendReady: 'Ora puoi richiedere un nuovo codice.',
    verify: 'Conferma',
    anotherWay: 'Usa un altro metodo',
    useRecoveryCode: 'Usa un codice di recupero',
    wrong: (left) =>
      left === undefined
        ? 'Il codice non è corretto.'
        : left === 0
          ? 'Il codice non è corretto ed è stato provato troppe volte. Richiedine uno nuovo.'
          : `Il codice non è corretto. ${count(left, { one: 'Resta # tentativo.', other: 'Restano # tentativi.' })}`,
    malformed: 'Inserisci il codice completo.',
    gone: 'Questo codice non è più valido. Richiedine uno nuovo.',
    locked: (wait) =>
      `Sono stati inseriti troppi codici errati. Riprova tra ${wait} o usa un altro metodo.`,
    cooling: (wait) =>
      `Un codice è appena stato inviato. Potrai richiederne uno nuovo tra ${wait}.`,
    limited: (wait) => `Ci sono state troppe richieste. Riprova tra ${wait} o usa un altro metodo.`,
    undelivered:
      'Non è stato possibile inviare il codice. Riprova più tardi o usa un altro metodo.',
    noWay: 'Non resta nessun metodo per confermare questo accesso.',
    lostEverything: 'Senza nessuno di questi metodi non puoi accedere in autonomia: chiedi aiuto.',
  },

  settings: {
    title: 'Sicurezza',
    mfa: 'Verifica in due passaggi',
    on: 'Attiva',
    off: 'Non attiva',
    onMeans: 'Per accedere servono la tua password e uno dei metodi qui sotto.',
    offMeans: 'Per accedere basta la tua password.',
    needsFactor: 'Configura prima un metodo per confermare l’accesso.',
    switchOn: 'Attiva',
    switchOff: 'Disattiva',
    ways: 'Metodi per confermare l’accesso',
    noWays: 'Ancora nessuno.',
    addWay: 'Aggiungi un metodo',
    added: (when) => `Aggiunto: ${when}`,
    lastUsed: (when) => `Ultimo utilizzo: ${when}`,
    neverUsed: 'Mai usato',
    ofAccount: 'Fa parte del tuo account',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return 'Sospeso: troppi codici errati da browser sconosciuti';
        case 'disabled':
          return 'Disattivato: troppi codici errati. Configuralo di nuovo.';
        case 'lapsed':
          return 'Non più confermato';
        case 'unreadable':
          return 'Non più utilizzabile. Configuralo di nuovo.';
      }
    },
    manage: (name) => `Gestisci ${name}`,
    recovery: 'Codici di recupero',
    recoveryMeans:
      'Per il giorno in cui non avrai altro a portata di mano. Non conservarli insieme al telefono.',
    left: (left) => count(left, { one: 'Resta # codice.', other: 'Restano # codici.' }),
    few: 'Creane di nuovi adesso: senza, potresti non riuscire ad accedere se perdi il telefono.',
    noCodes: 'Non ne hai. Senza, potresti non riuscire ad accedere se perdi il telefono.',
    makeCodes: 'Crea codici di recupero',
    replaceCodes: 'Crea nuovi codici',
    sessions: 'Dove hai effettuato l’accesso',
    thisSession: 'Questo browser',
    otherSession: 'Un altro browser',
    signedIn: (when) => `Accesso: ${when}`,
    seen: (when) => `Ultima attività: ${when}`,
    noOtherSessions: 'Da nessun’altra parte.',
    endSession: (when) => `Chiudi la sessione (accesso: ${when})`,
    end: 'Chiudi',
    endOthers: 'Chiudi tutte le altre',
  },

  done: {
    added: 'Il metodo è configurato.',
    renamed: 'Il nome è stato modificato.',
    removed: 'Il metodo è stato rimosso.',
    switchedOn: 'La verifica in due passaggi è attiva.',
    switchedOff: 'La verifica in due passaggi non è attiva.',
    ended: 'La sessione è stata chiusa.',
  },

  manage: {
    title: 'Gestisci',
    name: 'Nome',
    nameHint: 'Un nome per riconoscerlo, ad esempio «Telefono di lavoro».',
    rename: 'Salva il nome',
    remove: 'Rimuovi',
    removeMeans: (name) =>
      `Non potrai più usare ${name} per accedere. L’operazione non può essere annullata.`,
    lastOne: 'È l’ultimo metodo: da quel momento per accedere basterà la tua password.',
    ofAccount: 'Fa parte del tuo account e si modifica lì.',
  },

  setUp: {
    title: 'Configura un secondo passaggio',
    choose: 'Come vuoi confermare i tuoi accessi?',
    mustSetUp: 'Questa pagina richiede un secondo passaggio. Configurane uno per continuare.',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Un’app sul telefono mostra un nuovo codice ogni 30 secondi. Funziona anche senza rete.',
          email:
            'Un codice viene inviato alla tua casella email. Sceglilo solo se nessun altro può leggere le tue email.',
          phone:
            'Un codice viene inviato al tuo telefono. Un’app di autenticazione è più sicura: qualcuno può appropriarsi di un numero.',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Configura un’app di autenticazione',
          email: 'Configura i codici via email',
          phone: 'Configura i codici via SMS',
        },
        'Configura un secondo passaggio',
      ),
    scan: 'Scansiona questo codice con la tua app di autenticazione.',
    qrAlternative:
      'Codice QR per la tua app di autenticazione; la chiave è anche qui sotto come testo.',
    openApp: 'Apri l’app su questo dispositivo',
    typeSecret: 'Oppure digita la chiave nell’app',
    appCode: 'Il codice che l’app mostra dopo',
    sentCode: 'Il codice che abbiamo inviato',
    email: 'Indirizzo email',
    phone: 'Numero di telefono',
    phoneHint: 'Con il prefisso internazionale, ad esempio +14155552671.',
    name: 'Nome',
    nameOptional: 'Nome (facoltativo)',
    sendCode: 'Invia il codice',
    confirm: 'Conferma',
    startAgain: 'Ricomincia',
    gone: 'Non è più possibile confermare. Ricomincia.',
    exists: 'Ce l’hai già. Dai al secondo un nome diverso.',
    tooMany: 'Ne hai già il numero massimo. Rimuovine prima uno.',
    unacceptableEmail: 'Non è possibile inviare codici a questo indirizzo.',
    unacceptablePhone: 'Non è possibile inviare codici a questo numero.',
    nothingToAdd: 'Non c’è altro da configurare.',
  },

  recovery: {
    title: 'Codici di recupero',
    lead: 'Con uno di questi codici puoi accedere quando non hai altro a portata di mano. Ognuno vale una sola volta.',
    once: 'Vengono mostrati solo adesso. Salvali dove potrai trovarli tu e nessun altro.',
    replaceMeans: 'Se ne crei di nuovi, i codici che hai non varranno più.',
    make: 'Mostra i codici',
    copy: 'Copia',
    copied: 'Copiato.',
    download: 'Scarica',
    print: 'Stampa',
    saved: 'Li ho salvati',
    sheet: (issuer) => `Codici di recupero per ${issuer}`,
  },

  problem: {
    title: 'Operazione non riuscita',
    signInFirst: 'Effettua prima l’accesso.',
    signInTitle: 'Non hai effettuato l’accesso',
    signIn: 'Accedi',
    signInAgain: 'Hai effettuato l’accesso da troppo tempo per questa modifica. Accedi di nuovo.',
    foreign:
      'La richiesta veniva da un altro sito, quindi non è stato fatto nulla. Apri la pagina qui e riprova.',
    notFound: 'Qui non c’è nulla.',
    unavailable: 'Al momento non è possibile verificarlo. Riprova tra poco.',
    broken: 'Qualcosa è andato storto. Riprova più tardi.',
    unsecure: 'Questa pagina richiede una connessione sicura (https).',
    refused: 'Non è possibile.',
    home: 'Torna a Sicurezza',
  },
};
