import { byFactor } from '../by-factor.ts';
import { counting } from '../counting.ts';
import type { PageTexts } from '../page-texts.ts';
import { waiting } from '../waiting.ts';

const count = counting('pl');

export const pages: PageTexts = {
  common: {
    continue: 'Dalej',
    cancel: 'Anuluj',
    back: 'Wstecz',
    signOut: 'Wyloguj się',
    skipToContent: 'Przejdź do treści',
    // In the accusative, as it stands after "za".
    wait: waiting('pl', {
      second: { one: '# sekundę', few: '# sekundy', many: '# sekund', other: '# sekundy' },
      minute: { one: '# minutę', few: '# minuty', many: '# minut', other: '# minuty' },
      hour: { one: '# godzinę', few: '# godziny', many: '# godzin', other: '# godziny' },
    }),
  },

  challenge: {
    title: 'Potwierdź, że to Ty',
    lead: (factor, issuer) =>
      byFactor(
        factor,
        {
          totp: 'Wpisz kod, który pokazuje teraz Twoja aplikacja uwierzytelniająca.',
          recoveryCode: 'Wpisz jeden z zapisanych kodów odzyskiwania. Każdy działa tylko raz.',
        },
        `Do zalogowania się w ${issuer} potrzebny jest jeszcze jeden krok.`,
      ),
    code: 'Kod',
    recoveryCode: 'Kod odzyskiwania',
    willSend: (destination) => `Wyślemy kod na ${destination}.`,
    sent: (destination) => `Wpisz kod wysłany na ${destination}.`,
    send: 'Wyślij kod',
    resend: 'Wyślij nowy kod',
    resendIn: (wait) => `O nowy kod możesz poprosić za ${wait}.`,
    resendReady: 'Możesz już poprosić o nowy kod.',
    verify: 'Potwierdź',
    anotherWay: 'Użyj innego sposobu',
    useRecoveryCode: 'Użyj kodu odzyskiwania',
    wrong: (left) =>
      left === undefined
        ? 'Ten kod jest nieprawidłowy.'
        : left === 0
          ? 'Ten kod jest nieprawidłowy, a prób było zbyt wiele. Poproś o nowy.'
          : `Ten kod jest nieprawidłowy. ${count(left, {
              one: 'Została # próba.',
              few: 'Zostały # próby.',
              many: 'Zostało # prób.',
              other: 'Zostało # próby.',
            })}`,
    malformed: 'Wpisz cały kod.',
    gone: 'Ten kod jest już nieważny. Poproś o nowy.',
    locked: (wait) =>
      `Wpisano zbyt wiele błędnych kodów. Spróbuj ponownie za ${wait} lub użyj innego sposobu.`,
    cooling: (wait) => `Kod został właśnie wysłany. O nowy możesz poprosić za ${wait}.`,
    limited: (wait) =>
      `Było zbyt wiele próśb. Spróbuj ponownie za ${wait} lub użyj innego sposobu.`,
    undelivered: 'Nie udało się wysłać kodu. Spróbuj później lub użyj innego sposobu.',
    noWay: 'Nie został żaden sposób na potwierdzenie tego logowania.',
    lostEverything: 'Bez żadnego z tych sposobów nie zalogujesz się samodzielnie: poproś o pomoc.',
  },

  settings: {
    title: 'Bezpieczeństwo',
    mfa: 'Weryfikacja dwuetapowa',
    on: 'Włączona',
    off: 'Wyłączona',
    onMeans: 'Do zalogowania się potrzebne jest Twoje hasło i jeden z poniższych sposobów.',
    offMeans: 'Do zalogowania się wystarczy Twoje hasło.',
    needsFactor: 'Najpierw skonfiguruj sposób potwierdzania logowania.',
    switchOn: 'Włącz',
    switchOff: 'Wyłącz',
    ways: 'Sposoby potwierdzania logowania',
    noWays: 'Na razie brak.',
    addWay: 'Dodaj sposób',
    added: (when) => `Dodano: ${when}`,
    lastUsed: (when) => `Ostatnie użycie: ${when}`,
    neverUsed: 'Jeszcze nie użyto',
    ofAccount: 'Należy do Twojego konta',
    state: (state) => {
      switch (state) {
        case 'suspended':
          return 'Zawieszono: zbyt wiele błędnych kodów z nieznanych przeglądarek';
        case 'disabled':
          return 'Wyłączono: zbyt wiele błędnych kodów. Skonfiguruj na nowo.';
        case 'lapsed':
          return 'Już niepotwierdzony';
        case 'unreadable':
          return 'Nie można go już używać. Skonfiguruj na nowo.';
      }
    },
    manage: (name) => `Zarządzaj: ${name}`,
    recovery: 'Kody odzyskiwania',
    recoveryMeans:
      'Na dzień, w którym nie będziesz mieć pod ręką nic innego. Nie trzymaj ich razem z telefonem.',
    left: (left) =>
      count(left, {
        one: 'Został # kod.',
        few: 'Zostały # kody.',
        many: 'Zostało # kodów.',
        other: 'Zostało # kodu.',
      }),
    few: 'Utwórz teraz nowe: bez nich możesz nie móc się zalogować po utracie telefonu.',
    noCodes: 'Nie masz żadnych. Bez nich możesz nie móc się zalogować po utracie telefonu.',
    makeCodes: 'Utwórz kody odzyskiwania',
    replaceCodes: 'Utwórz nowe kody',
    sessions: 'Aktywne sesje',
    thisSession: 'Ta przeglądarka',
    otherSession: 'Inna przeglądarka',
    signedIn: (when) => `Logowanie: ${when}`,
    seen: (when) => `Ostatnia aktywność: ${when}`,
    noOtherSessions: 'Brak innych.',
    endSession: (when) => `Zakończ sesję (logowanie: ${when})`,
    end: 'Zakończ',
    endOthers: 'Zakończ wszystkie inne',
  },

  done: {
    added: 'Sposób został skonfigurowany.',
    renamed: 'Nazwa została zmieniona.',
    removed: 'Sposób został usunięty.',
    switchedOn: 'Weryfikacja dwuetapowa jest włączona.',
    switchedOff: 'Weryfikacja dwuetapowa jest wyłączona.',
    ended: 'Sesja została zakończona.',
  },

  manage: {
    title: 'Zarządzanie',
    name: 'Nazwa',
    nameHint: 'Nazwa, po której go rozpoznasz, np. „Telefon służbowy”.',
    rename: 'Zapisz nazwę',
    remove: 'Usuń',
    removeMeans: (name) =>
      `Nie będzie można się już logować w ten sposób: ${name}. Tego nie da się cofnąć.`,
    lastOne: 'To ostatni sposób: odtąd do zalogowania się wystarczy Twoje hasło.',
    ofAccount: 'Należy do Twojego konta i tam się go zmienia.',
  },

  setUp: {
    title: 'Skonfiguruj drugi krok',
    choose: 'Jak chcesz potwierdzać swoje logowania?',
    mustSetUp: 'Ta strona wymaga drugiego kroku. Skonfiguruj go, aby przejść dalej.',
    means: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Aplikacja w telefonie pokazuje nowy kod co 30 sekund. Działa bez sieci.',
          email:
            'Kod jest wysyłany na Twoją skrzynkę. Wybierz to tylko wtedy, gdy nikt inny nie może czytać Twojej poczty.',
          phone:
            'Kod jest wysyłany na Twój telefon. Aplikacja uwierzytelniająca jest bezpieczniejsza: numer można przejąć.',
        },
        '',
      ),
    factorTitle: (factor) =>
      byFactor(
        factor,
        {
          totp: 'Skonfiguruj aplikację uwierzytelniającą',
          email: 'Skonfiguruj kody e-mailem',
          phone: 'Skonfiguruj kody SMS-em',
        },
        'Skonfiguruj drugi krok',
      ),
    scan: 'Zeskanuj to aplikacją uwierzytelniającą.',
    qrAlternative: 'Kod QR dla aplikacji uwierzytelniającej; klucz jest poniżej także jako tekst.',
    openApp: 'Otwórz aplikację na tym urządzeniu',
    typeSecret: 'Albo wpisz w niej klucz',
    appCode: 'Kod, który wtedy pokaże',
    sentCode: 'Kod, który wysłaliśmy',
    email: 'Adres e-mail',
    phone: 'Numer telefonu',
    phoneHint: 'Z numerem kierunkowym kraju, np. +14155552671.',
    name: 'Nazwa',
    nameOptional: 'Nazwa (opcjonalnie)',
    sendCode: 'Wyślij kod',
    confirm: 'Potwierdź',
    startAgain: 'Zacznij od nowa',
    gone: 'Nie można już tego potwierdzić. Zacznij od nowa.',
    exists: 'Masz to już. Drugiemu nadaj inną nazwę.',
    tooMany: 'Masz już ich tyle, ile można mieć. Najpierw usuń jeden.',
    unacceptableEmail: 'Na ten adres nie można wysłać kodu.',
    unacceptablePhone: 'Na ten numer nie można wysłać kodu.',
    nothingToAdd: 'Nie ma nic więcej do skonfigurowania.',
  },

  recovery: {
    title: 'Kody odzyskiwania',
    lead: 'Jednym z tych kodów zalogujesz się, gdy nie masz pod ręką nic innego. Każdy działa tylko raz.',
    once: 'Pokazujemy je tylko teraz. Zapisz je tam, gdzie znajdziesz je Ty i nikt inny.',
    replaceMeans: 'Po utworzeniu nowych kodów te, które masz, będą nieważne.',
    make: 'Pokaż kody',
    copy: 'Kopiuj',
    copied: 'Skopiowano.',
    download: 'Pobierz',
    print: 'Drukuj',
    saved: 'Są zapisane',
    sheet: (issuer) => `Kody odzyskiwania do ${issuer}`,
  },

  problem: {
    title: 'Nie udało się',
    signInFirst: 'Najpierw się zaloguj.',
    signInTitle: 'Brak zalogowania',
    signIn: 'Zaloguj się',
    signInAgain: 'Od Twojego logowania minęło zbyt wiele czasu na tę zmianę. Zaloguj się ponownie.',
    foreign:
      'To przyszło z innej witryny, więc nic nie zrobiono. Otwórz stronę tutaj i spróbuj ponownie.',
    notFound: 'Nic tu nie ma.',
    unavailable: 'Nie można tego teraz sprawdzić. Spróbuj ponownie za chwilę.',
    broken: 'Coś poszło nie tak. Spróbuj później.',
    unsecure: 'Ta strona wymaga bezpiecznego połączenia (https).',
    refused: 'To niemożliwe.',
    home: 'Wróć do bezpieczeństwa',
  },
};
