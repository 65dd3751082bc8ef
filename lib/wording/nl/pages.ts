import { byFactor } from '../by-factor.ts';
import { counting } from '../counting.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

const count = counting('nl');

export const pages: PageTexts = {
  common: {
    continue: 'Doorgaan',
    cancel: 'Annuleren',
    back: 'Terug',
    signOut: 'Uitloggen',
    skipToContent: 'Naar de inhoud',
    wait: waiting('nl', {
      second: { one: '# seconde', other: '# seconden' },
      minute: { one: '# minuut', other: '# minuten' },
      hour: { other: '# uur' },
    }),
  },

  challenge: {
    title: 'Bevestig dat jij het bent',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: 'Voer de code in die je authenticator-app nu toont.',
          recoveryCode:
            'Voer een van de herstelcodes in die je hebt opgeslagen. Elke code werkt één keer.',
        },
        `Er is nog één stap nodig om in te loggen bij ${issuer}.`,
      ),
    code: 'Code',
    recoveryCode: 'Herstelcode',
    willSend: (destination) => `We sturen een code naar ${destination}.`,
    sent: (destination) => `Voer de code in die we naar ${destination} hebben gestuurd.`,
    send: 'Code sturen',
    resend: 'Nieuwe code sturen',
    resendIn: (wait) => `Je kunt over ${wait} een nieuwe code aanvragen.`,
    resendReady: 'Je kunt nu een nieuwe code aanvragen.',
    verify: 'Bevestigen',
    anotherWay: 'Andere methode gebruiken',
    useRecoveryCode: 'Herstelcode gebruiken',
    wrong: (left) =>
      left === undefined
        ? 'Deze code is onjuist.'
        : left === 0
          ? 'Deze code is onjuist en is te vaak geprobeerd. Vraag een nieuwe aan.'
          : `Deze code is onjuist. ${count(left, { one: 'Je hebt nog # poging.', other: 'Je hebt nog # pogingen.' })}`,
    malformed: 'Voer de volledige code in.',
    gone: 'Deze code is niet meer geldig. Vraag een nieuwe aan.',
    locked: (wait) =>
      `Er zijn te veel onjuiste codes ingevoerd. Probeer het over ${wait} opnieuw of gebruik een andere methode.`,
    cooling: (wait) => `Er is net een code gestuurd. Je kunt over ${wait} een nieuwe aanvragen.`,
    limited: (wait) =>
      `Er waren te veel aanvragen. Probeer het over ${wait} opnieuw of gebruik een andere methode.`,
    undelivered:
      'De code kon niet worden gestuurd. Probeer het later opnieuw of gebruik een andere methode.',
    noWay: 'Er is geen methode meer over om deze inlogpoging te bevestigen.',
    lostEverything: 'Zonder een van deze methoden kun je niet zelf inloggen: vraag om hulp.',
  },

  settings: {
    title: 'Beveiliging',
    mfa: 'Verificatie in twee stappen',
    on: 'Ingeschakeld',
    off: 'Uitgeschakeld',
    onMeans: 'Om in te loggen zijn je wachtwoord en een van de methoden hieronder nodig.',
    offMeans: 'Om in te loggen is je wachtwoord genoeg.',
    needsFactor: 'Stel eerst een methode in om het inloggen te bevestigen.',
    switchOn: 'Inschakelen',
    switchOff: 'Uitschakelen',
    ways: 'Methoden om het inloggen te bevestigen',
    noWays: 'Nog geen.',
    addWay: 'Methode toevoegen',
    added: (when) => `Toegevoegd: ${when}`,
    lastUsed: (when) => `Laatst gebruikt: ${when}`,
    neverUsed: 'Nooit gebruikt',
    ofAccount: 'Hoort bij je account',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return 'Geblokkeerd: te veel onjuiste codes uit onbekende browsers';
        case 'disabled':
          return 'Uitgeschakeld: te veel onjuiste codes. Stel de methode opnieuw in.';
        case 'lapsed':
          return 'Niet meer bevestigd';
        case 'unreadable':
          return 'Niet meer te gebruiken. Stel de methode opnieuw in.';
      }
    },
    manage: (name) => `${name} beheren`,
    recovery: 'Herstelcodes',
    recoveryMeans:
      'Voor de dag dat je niets anders bij de hand hebt. Bewaar ze niet bij je telefoon.',
    left: (left) => count(left, { one: 'Nog # code over.', other: 'Nog # codes over.' }),
    few: 'Maak nu nieuwe: zonder herstelcodes kun je misschien niet meer inloggen als je je telefoon kwijtraakt.',
    noCodes:
      'Je hebt er geen. Zonder herstelcodes kun je misschien niet meer inloggen als je je telefoon kwijtraakt.',
    makeCodes: 'Herstelcodes maken',
    replaceCodes: 'Nieuwe codes maken',
    sessions: 'Waar je bent ingelogd',
    thisSession: 'Deze browser',
    otherSession: 'Een andere browser',
    signedIn: (when) => `Ingelogd: ${when}`,
    seen: (when) => `Laatst actief: ${when}`,
    noOtherSessions: 'Nergens anders.',
    endSession: (when) => `Sessie beëindigen (ingelogd: ${when})`,
    end: 'Beëindigen',
    endOthers: 'Alle andere beëindigen',
  },

  done: {
    added: 'De methode is ingesteld.',
    renamed: 'De naam is gewijzigd.',
    removed: 'De methode is verwijderd.',
    switchedOn: 'Verificatie in twee stappen is ingeschakeld.',
    switchedOff: 'Verificatie in twee stappen is uitgeschakeld.',
    ended: 'De sessie is beëindigd.',
  },

  manage: {
    title: 'Beheren',
    name: 'Naam',
    nameHint: 'Een naam om de methode te herkennen, zoals ‘Werktelefoon’.',
    rename: 'Naam opslaan',
    remove: 'Verwijderen',
    removeMeans: (name) =>
      `${name} kan dan niet meer worden gebruikt om in te loggen. Dit kan niet ongedaan worden gemaakt.`,
    lastOne: 'Dit is de laatste methode: daarna is je wachtwoord genoeg om in te loggen.',
    ofAccount: 'Hoort bij je account en wordt daar gewijzigd.',
  },

  setUp: {
    title: 'Tweede stap instellen',
    choose: 'Hoe wil je bevestigen dat jij het bent die inlogt?',
    mustSetUp: 'Deze pagina vereist een tweede stap. Stel er een in om door te gaan.',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Een app op je telefoon toont elke 30 seconden een nieuwe code. Die werkt ook zonder netwerk.',
          email:
            'Er wordt een code naar je mailbox gestuurd. Kies dit alleen als niemand anders je e-mail kan lezen.',
          phone:
            'Er wordt een code naar je telefoon gestuurd. Een authenticator-app is veiliger: nummers kunnen worden overgenomen.',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Authenticator-app instellen',
          email: 'Codes per e-mail instellen',
          phone: 'Codes per sms instellen',
        },
        'Tweede stap instellen',
      ),
    scan: 'Scan dit met je authenticator-app.',
    qrAlternative: 'QR-code voor je authenticator-app; de sleutel staat eronder ook als tekst.',
    openApp: 'De app op dit apparaat openen',
    typeSecret: 'Of typ de sleutel in de app',
    appCode: 'De code die de app dan toont',
    sentCode: 'De code die we hebben gestuurd',
    email: 'E-mailadres',
    phone: 'Telefoonnummer',
    phoneHint: 'Met landnummer, zoals +14155552671.',
    name: 'Naam',
    nameOptional: 'Naam (optioneel)',
    sendCode: 'Code sturen',
    confirm: 'Bevestigen',
    startAgain: 'Opnieuw beginnen',
    gone: 'Dit kan niet meer worden bevestigd. Begin opnieuw.',
    exists: 'Je hebt dit al. Geef de tweede een eigen naam.',
    tooMany: 'Je hebt hiervan al het maximale aantal. Verwijder er eerst een.',
    unacceptableEmail: 'Naar dit adres kan geen code worden gestuurd.',
    unacceptablePhone: 'Naar dit nummer kan geen code worden gestuurd.',
    nothingToAdd: 'Er valt niets meer in te stellen.',
  },

  recovery: {
    title: 'Herstelcodes',
    lead: 'Met een van deze codes kun je inloggen als je niets anders bij de hand hebt. Elke code werkt één keer.',
    once: 'Ze worden alleen nu getoond. Bewaar ze waar jij ze kunt vinden en niemand anders.',
    replaceMeans: 'Als je nieuwe codes maakt, zijn de codes die je hebt niet meer geldig.',
    make: 'Codes tonen',
    copy: 'Kopiëren',
    copied: 'Gekopieerd.',
    download: 'Downloaden',
    print: 'Afdrukken',
    saved: 'Ik heb ze opgeslagen',
    sheet: (issuer) => `Herstelcodes voor ${issuer}`,
  },

  problem: {
    title: 'Dit is niet gelukt',
    signInFirst: 'Log eerst in.',
    signInTitle: 'Je bent niet ingelogd',
    signIn: 'Inloggen',
    signInAgain: 'Je bent te lang geleden ingelogd voor deze wijziging. Log opnieuw in.',
    foreign:
      'Dit kwam van een andere website, dus er is niets gedaan. Open de pagina hier en probeer het opnieuw.',
    notFound: 'Hier is niets.',
    unavailable: 'Dit kan op dit moment niet worden gecontroleerd. Probeer het zo opnieuw.',
    broken: 'Er is iets misgegaan. Probeer het later opnieuw.',
    unsecure: 'Deze pagina vereist een beveiligde verbinding (https).',
    refused: 'Dit is niet mogelijk.',
    home: 'Terug naar beveiliging',
  },
};
