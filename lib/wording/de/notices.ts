import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('de');

export const notices: NoticeTexts = {
  subject: (issuer) => `Sicherheitshinweis von ${issuer}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `Ihrem Konto bei ${issuer} wurde am ${when} eine Methode zur Bestätigung der Anmeldung hinzugefügt (${factor}).`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `Aus Ihrem Konto bei ${issuer} wurde am ${when} eine Methode zur Bestätigung der Anmeldung entfernt (${factor}).`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `Für Ihr Konto bei ${issuer} wurde am ${when} eine Methode zur Bestätigung der Anmeldung gesperrt (${factor}): Es gab zu viele falsche Antworten aus Browsern, die Sie noch nie verwendet haben. In einem Browser, in dem Sie schon angemeldet waren, funktioniert sie weiterhin. Verwenden Sie sonst eine andere Methode oder richten Sie sie neu ein.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `Für Ihr Konto bei ${issuer} wurde am ${when} eine Methode zur Bestätigung der Anmeldung deaktiviert (${factor}): Es gab zu viele falsche Antworten. Richten Sie sie neu ein, um sie wieder zu verwenden.`,
    mfa_switched_on: ({ issuer, when }) =>
      `Die Bestätigung in zwei Schritten wurde für Ihr Konto bei ${issuer} am ${when} aktiviert.`,
    mfa_switched_off: ({ issuer, when }) =>
      `Die Bestätigung in zwei Schritten wurde für Ihr Konto bei ${issuer} am ${when} deaktiviert. Zur Anmeldung genügt jetzt das Passwort.`,
    recovery_codes_made: ({ issuer, when }) =>
      `Für Ihr Konto bei ${issuer} wurden am ${when} Wiederherstellungscodes erstellt.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `Für Ihr Konto bei ${issuer} wurden am ${when} neue Wiederherstellungscodes erstellt. Die alten sind ungültig.`,
    recovery_code_used: ({ issuer, when }) =>
      `Für Ihr Konto bei ${issuer} wurde am ${when} ein Wiederherstellungscode verwendet.`,
    phone_changed: ({ issuer, when }) =>
      `Die Telefonnummer Ihres Kontos bei ${issuer} wurde am ${when} geändert.`,
    factor_failing: ({ issuer, factor, when }) =>
      `Jemand hat das richtige Passwort für Ihr Konto bei ${issuer} eingegeben und danach mehrmals hintereinander falsche Antworten (${factor}), zuletzt am ${when}. Weitere Antworten müssen vielleicht eine Weile warten.`,
    codes_limited: ({ issuer, factor, when }) =>
      `Jemand hat das richtige Passwort für Ihr Konto bei ${issuer} eingegeben und danach viele Codes angefordert (${factor}), zuletzt am ${when}. An Browser, die Sie noch nie verwendet haben, werden vorerst keine Codes mehr gesendet.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `Aus Ihrem Konto bei ${issuer} wurden am ${when} alle Methoden zur Bestätigung der Anmeldung entfernt, auch die Wiederherstellungscodes, und alle Sitzungen wurden beendet.`,
  },
  left: (left) =>
    left === 0
      ? 'Es ist kein Wiederherstellungscode mehr übrig.'
      : count(left, {
          one: 'Es ist noch # Wiederherstellungscode übrig.',
          other: 'Es sind noch # Wiederherstellungscodes übrig.',
        }),
  few: 'Erstellen Sie jetzt neue: Ohne sie kommen Sie vielleicht nicht mehr in Ihr Konto, wenn Sie Ihren zweiten Faktor verlieren.',
  tried: (issuer) =>
    `Wenn Sie das nicht waren, kennt vielleicht jemand Ihr Passwort: Ändern Sie es bei ${issuer}. Geben Sie niemals jemandem einen Code.`,
  changed: (issuer) =>
    `Wenn Sie das nicht waren: Ändern Sie Ihr Passwort bei ${issuer}, beenden Sie alle anderen Sitzungen, entfernen Sie, was nicht von Ihnen ist, und erstellen Sie neue Wiederherstellungscodes. Wenn Sie sich nicht anmelden können, bitten Sie ${issuer} sofort um Hilfe.`,
};
