import { byFactor } from '../by-factor.ts';
import { counting } from '../counting.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

const count = counting('de');

export const pages: PageTexts = {
  common: {
    continue: 'Weiter',
    cancel: 'Abbrechen',
    back: 'Zurück',
    signOut: 'Abmelden',
    skipToContent: 'Zum Inhalt springen',
    wait: waiting('de', {
      second: { one: '# Sekunde', other: '# Sekunden' },
      minute: { one: '# Minute', other: '# Minuten' },
      hour: { one: '# Stunde', other: '# Stunden' },
    }),
  },

  challenge: {
    title: 'Bestätigen Sie, dass Sie es sind',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: 'Geben Sie den Code ein, den Ihre Authenticator-App gerade anzeigt.',
          recoveryCode:
            'Geben Sie einen der Wiederherstellungscodes ein, die Sie gespeichert haben. Jeder gilt nur einmal.',
        },
        `Für die Anmeldung bei ${issuer} fehlt noch ein Schritt.`,
      ),
    code: 'Code',
    recoveryCode: 'Wiederherstellungscode',
    willSend: (destination) => `Wir senden einen Code an ${destination}.`,
    sent: (destination) => `Geben Sie den Code ein, den wir an ${destination} gesendet haben.`,
    send: 'Code senden',
    resend: 'Neuen Code senden',
    resendIn: (wait) => `In ${wait} können Sie einen neuen Code anfordern.`,
    resendReady: 'Sie können jetzt einen neuen Code anfordern.',
    verify: 'Bestätigen',
    anotherWay: 'Andere Methode verwenden',
    useRecoveryCode: 'Wiederherstellungscode verwenden',
    wrong: (left) =>
      left === undefined
        ? 'Dieser Code ist falsch.'
        : left === 0
          ? 'Dieser Code ist falsch und wurde zu oft versucht. Fordern Sie einen neuen an.'
          : `Dieser Code ist falsch. ${count(left, { one: 'Sie haben noch # Versuch.', other: 'Sie haben noch # Versuche.' })}`,
    malformed: 'Geben Sie den vollständigen Code ein.',
    gone: 'Dieser Code ist nicht mehr gültig. Fordern Sie einen neuen an.',
    locked: (wait) =>
      `Es gab zu viele falsche Codes. Versuchen Sie es in ${wait} noch einmal oder verwenden Sie eine andere Methode.`,
    cooling: (wait) =>
      `Gerade wurde ein Code gesendet. In ${wait} können Sie einen neuen anfordern.`,
    limited: (wait) =>
      `Es gab zu viele Anfragen. Versuchen Sie es in ${wait} noch einmal oder verwenden Sie eine andere Methode.`,
    undelivered:
      'Der Code konnte nicht gesendet werden. Versuchen Sie es später noch einmal oder verwenden Sie eine andere Methode.',
    noWay: 'Es gibt keine Methode mehr, um diese Anmeldung zu bestätigen.',
    lostEverything:
      'Ohne eine dieser Methoden kommen Sie nicht allein in Ihr Konto. Bitten Sie um Hilfe.',
  },

  settings: {
    title: 'Sicherheit',
    mfa: 'Bestätigung in zwei Schritten',
    on: 'Aktiviert',
    off: 'Deaktiviert',
    onMeans: 'Zur Anmeldung braucht man Ihr Passwort und eine der Methoden, die hier stehen.',
    offMeans: 'Zur Anmeldung genügt Ihr Passwort.',
    needsFactor: 'Richten Sie zuerst eine Methode ein, um Ihre Anmeldung zu bestätigen.',
    switchOn: 'Aktivieren',
    switchOff: 'Deaktivieren',
    ways: 'Methoden zur Bestätigung der Anmeldung',
    noWays: 'Noch keine.',
    addWay: 'Methode hinzufügen',
    added: (when) => `Hinzugefügt: ${when}`,
    lastUsed: (when) => `Zuletzt verwendet: ${when}`,
    neverUsed: 'Noch nie verwendet',
    ofAccount: 'Gehört zu Ihrem Konto',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return 'Gesperrt: zu viele falsche Codes aus unbekannten Browsern';
        case 'disabled':
          return 'Deaktiviert: zu viele falsche Codes. Richten Sie die Methode neu ein.';
        case 'lapsed':
          return 'Nicht mehr bestätigt';
        case 'unreadable':
          return 'Nicht mehr verwendbar. Richten Sie die Methode neu ein.';
      }
    },
    manage: (name) => `${name} verwalten`,
    recovery: 'Wiederherstellungscodes',
    recoveryMeans:
      'Für den Fall, dass Sie nichts anderes zur Hand haben. Bewahren Sie sie getrennt von Ihrem Smartphone auf.',
    left: (left) => count(left, { one: 'Noch # Code übrig.', other: 'Noch # Codes übrig.' }),
    few: 'Erstellen Sie jetzt neue: Ohne sie kommen Sie vielleicht nicht mehr in Ihr Konto, wenn Sie Ihr Smartphone verlieren.',
    noCodes:
      'Sie haben keine. Ohne sie kommen Sie vielleicht nicht mehr in Ihr Konto, wenn Sie Ihr Smartphone verlieren.',
    makeCodes: 'Wiederherstellungscodes erstellen',
    replaceCodes: 'Neue Codes erstellen',
    sessions: 'Wo Sie angemeldet sind',
    thisSession: 'Dieser Browser',
    otherSession: 'Ein anderer Browser',
    signedIn: (when) => `Angemeldet: ${when}`,
    seen: (when) => `Zuletzt aktiv: ${when}`,
    noOtherSessions: 'Nirgendwo sonst.',
    endSession: (when) => `Sitzung beenden (angemeldet: ${when})`,
    end: 'Beenden',
    endOthers: 'Alle anderen beenden',
  },

  done: {
    added: 'Die Methode ist eingerichtet.',
    renamed: 'Der Name wurde geändert.',
    removed: 'Die Methode wurde entfernt.',
    switchedOn: 'Die Bestätigung in zwei Schritten ist aktiviert.',
    switchedOff: 'Die Bestätigung in zwei Schritten ist deaktiviert.',
    ended: 'Die Sitzung wurde beendet.',
  },

  manage: {
    title: 'Verwalten',
    name: 'Name',
    nameHint: 'Damit Sie die Methode wiedererkennen, zum Beispiel „Diensthandy“.',
    rename: 'Name speichern',
    remove: 'Entfernen',
    removeMeans: (name) =>
      `${name} kann dann nicht mehr zur Anmeldung verwendet werden. Das lässt sich nicht rückgängig machen.`,
    lastOne: 'Das ist die letzte Methode: Danach genügt zur Anmeldung Ihr Passwort.',
    ofAccount: 'Gehört zu Ihrem Konto und wird dort geändert.',
  },

  setUp: {
    title: 'Zweiten Schritt einrichten',
    choose: 'Wie möchten Sie Ihre Anmeldungen bestätigen?',
    mustSetUp:
      'Für diese Seite ist ein zweiter Schritt nötig. Richten Sie einen ein, um fortzufahren.',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Eine App auf Ihrem Smartphone zeigt alle 30 Sekunden einen neuen Code an. Sie funktioniert auch ohne Netz.',
          email:
            'Ein Code wird an Ihr Postfach gesendet. Wählen Sie das nur, wenn niemand sonst Ihre E-Mails lesen kann.',
          phone:
            'Ein Code wird an Ihr Telefon gesendet. Eine Authenticator-App ist sicherer: Telefonnummern können übernommen werden.',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Authenticator-App einrichten',
          email: 'Codes per E-Mail einrichten',
          phone: 'Codes per SMS einrichten',
        },
        'Zweiten Schritt einrichten',
      ),
    scan: 'Scannen Sie dies mit Ihrer Authenticator-App.',
    qrAlternative:
      'QR-Code für Ihre Authenticator-App; der Schlüssel steht darunter auch als Text.',
    openApp: 'App auf diesem Gerät öffnen',
    typeSecret: 'Oder geben Sie dort den Schlüssel ein',
    appCode: 'Der Code, den die App dann anzeigt',
    sentCode: 'Der Code, den wir gesendet haben',
    email: 'E-Mail-Adresse',
    phone: 'Telefonnummer',
    phoneHint: 'Mit Ländervorwahl, zum Beispiel +14155552671.',
    name: 'Name',
    nameOptional: 'Name (optional)',
    sendCode: 'Code senden',
    confirm: 'Bestätigen',
    startAgain: 'Von vorn beginnen',
    gone: 'Das lässt sich nicht mehr bestätigen. Beginnen Sie von vorn.',
    exists: 'Das haben Sie schon. Geben Sie einer zweiten Methode einen eigenen Namen.',
    tooMany: 'Davon haben Sie schon so viele wie möglich. Entfernen Sie zuerst eine.',
    unacceptableEmail: 'An diese Adresse kann kein Code gesendet werden.',
    unacceptablePhone: 'An diese Nummer kann kein Code gesendet werden.',
    nothingToAdd: 'Es gibt nichts mehr einzurichten.',
  },

  recovery: {
    title: 'Wiederherstellungscodes',
    lead: 'Mit einem dieser Codes kommen Sie in Ihr Konto, wenn Sie nichts anderes zur Hand haben. Jeder gilt nur einmal.',
    once: 'Sie werden nur jetzt angezeigt. Speichern Sie sie dort, wo Sie sie wiederfinden und niemand sonst sie findet.',
    replaceMeans: 'Mit neuen Codes werden Ihre bisherigen ungültig.',
    make: 'Codes anzeigen',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    download: 'Herunterladen',
    print: 'Drucken',
    saved: 'Ich habe sie gespeichert',
    sheet: (issuer) => `Wiederherstellungscodes für ${issuer}`,
  },

  problem: {
    title: 'Das hat nicht geklappt',
    signInFirst: 'Melden Sie sich zuerst an.',
    signInTitle: 'Sie sind nicht angemeldet',
    signIn: 'Anmelden',
    signInAgain:
      'Ihre Anmeldung liegt für diese Änderung zu lange zurück. Melden Sie sich noch einmal an.',
    foreign:
      'Das kam von einer anderen Website, deshalb wurde nichts getan. Öffnen Sie die Seite hier und versuchen Sie es noch einmal.',
    notFound: 'Hier gibt es nichts.',
    unavailable: 'Das kann im Moment nicht geprüft werden. Versuchen Sie es gleich noch einmal.',
    broken: 'Etwas ist schiefgegangen. Versuchen Sie es später noch einmal.',
    unsecure: 'Für diese Seite ist eine sichere Verbindung (https) nötig.',
    refused: 'Das ist nicht möglich.',
    home: 'Zurück zur Sicherheit',
  },
};
