import type { NoticeTexts } from '../catalogue.ts';
import { counting } from '../counting.ts';

const count = counting('nl');

export const notices: NoticeTexts = {
  subject: (issuer) => `Beveiligingsmelding van ${issuer}`,
  happened: {
    authenticator_added: ({ issuer, factor, when }) =>
      `Er is op ${when} een methode om het inloggen te bevestigen (${factor}) toegevoegd aan je account bij ${issuer}.`,
    authenticator_removed: ({ issuer, factor, when }) =>
      `Er is op ${when} een methode om het inloggen te bevestigen (${factor}) verwijderd uit je account bij ${issuer}.`,
    authenticator_suspended: ({ issuer, factor, when }) =>
      `Een methode om het inloggen te bevestigen (${factor}) is op ${when} geblokkeerd voor je account bij ${issuer}, na te veel onjuiste antwoorden uit browsers die je nooit eerder hebt gebruikt. In een browser waarin je al eens bent ingelogd, werkt die nog. Gebruik in andere browsers een andere methode of stel deze opnieuw in.`,
    authenticator_disabled: ({ issuer, factor, when }) =>
      `Een methode om het inloggen te bevestigen (${factor}) is op ${when} uitgeschakeld voor je account bij ${issuer}, na te veel onjuiste antwoorden. Stel deze opnieuw in om deze weer te gebruiken.`,
    mfa_switched_on: ({ issuer, when }) =>
      `Verificatie in twee stappen is op ${when} ingeschakeld voor je account bij ${issuer}.`,
    mfa_switched_off: ({ issuer, when }) =>
      `Verificatie in twee stappen is op ${when} uitgeschakeld voor je account bij ${issuer}. Het wachtwoord is nu genoeg.`,
    recovery_codes_made: ({ issuer, when }) =>
      `Er zijn op ${when} herstelcodes gemaakt voor je account bij ${issuer}.`,
    recovery_codes_replaced: ({ issuer, when }) =>
      `Er zijn op ${when} nieuwe herstelcodes gemaakt voor je account bij ${issuer}. De oude zijn niet meer geldig.`,
    recovery_code_used: ({ issuer, when }) =>
      `Er is op ${when} een herstelcode gebruikt voor je account bij ${issuer}.`,
    phone_changed: ({ issuer, when }) =>
      `Het telefoonnummer van je account bij ${issuer} is op ${when} gewijzigd.`,
    factor_failing: ({ issuer, factor, when }) =>
      `Iemand heeft het juiste wachtwoord van je account bij ${issuer} ingevoerd en daarna meerdere onjuiste antwoorden achter elkaar (${factor}), het laatste op ${when}. Voor volgende antwoorden moet misschien even worden gewacht.`,
    codes_limited: ({ issuer, factor, when }) =>
      `Iemand heeft het juiste wachtwoord van je account bij ${issuer} ingevoerd en veel codes aangevraagd (${factor}), de laatste keer op ${when}. Naar browsers die je nooit eerder hebt gebruikt, worden er voorlopig geen meer gestuurd.`,
    enrollment_forgotten: ({ issuer, when }) =>
      `Alle methoden om het inloggen te bevestigen zijn op ${when} verwijderd uit je account bij ${issuer}, ook de herstelcodes, en alle sessies zijn beëindigd.`,
  },
  left: (left) =>
    left === 0
      ? 'Er is geen herstelcode meer over.'
      : count(left, {
          one: 'Er is nog # herstelcode over.',
          other: 'Er zijn nog # herstelcodes over.',
        }),
  few: 'Maak nu nieuwe: zonder herstelcodes kun je misschien niet meer inloggen als je je tweede factor kwijtraakt.',
  tried: (issuer) =>
    `Was jij dit niet? Dan kent iemand misschien je wachtwoord: wijzig het bij ${issuer}. Geef nooit een code aan iemand.`,
  changed: (issuer) =>
    `Was jij dit niet? Wijzig dan je wachtwoord bij ${issuer}, beëindig alle andere sessies, verwijder wat niet van jou is en maak nieuwe herstelcodes. Kun je niet inloggen? Vraag ${issuer} dan meteen om hulp.`,
};
