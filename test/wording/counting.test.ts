import { catalogueOf } from '../../lib/wording/catalogue-of.ts';
import type { Language } from '../../lib/wording/languages.ts';

const MINUTES: readonly (readonly [Language, readonly string[]])[] = [
  ['en', ['1 second', '2 seconds', '2 minutes', '2 hours']],
  ['de', ['1 Sekunde', '2 Sekunden', '2 Minuten', '2 Stunden']],
  ['fr', ['1 seconde', '2 secondes', '2 minutes', '2 heures']],
  ['es', ['1 segundo', '2 segundos', '2 minutos', '2 horas']],
  ['pt', ['1 segundo', '2 segundos', '2 minutos', '2 horas']],
  ['it', ['1 secondo', '2 secondi', '2 minuti', '2 ore']],
  ['nl', ['1 seconde', '2 seconden', '2 minuten', '2 uur']],
  ['pl', ['1 sekundę', '2 sekundy', '2 minuty', '2 godziny']],
  ['ja', ['1 秒', '2 秒', '2 分', '2 時間']],
  ['zh', ['1 秒', '2 秒', '2 分钟', '2 小时']],
  ['ar', ['ثانية واحدة', 'ثانيتين', 'دقيقتين', 'ساعتين']],
  ['hi', ['1 सेकंड', '2 सेकंड', '2 मिनट', '2 घंटे']],
];

const LEFT: readonly (readonly [Language, string, string, string, string])[] = [
  ['en', 'No recovery code', '1 recovery code is', '2 recovery codes are', '25 recovery codes are'],
  ['de', 'kein', 'ist noch 1 ', 'sind noch 2 ', 'sind noch 25 '],
  ['fr', 'aucun', '1 code ', '2 codes ', '25 codes '],
  ['es', 'ningún', 'Queda 1 código ', 'Quedan 2 códigos', 'Quedan 25 códigos'],
  ['pt', 'nenhum', 'Resta 1 código ', 'Restam 2 códigos ', 'Restam 25 códigos'],
  ['it', 'nessun', 'Resta 1 codice', 'Restano 2 codici', 'Restano 25 codici'],
  ['nl', 'geen', 'is nog 1 herstelcode ', 'zijn nog 2 herstelcodes', 'zijn nog 25 herstelcodes'],
  ['pl', 'żaden', 'Został 1 kod ', 'Zostały 2 kody ', 'Zostało 25 kodów '],
  ['ja', '残っていません', '1 個', '2 個', '25 個'],
  ['zh', '用完', '1 个', '2 个', '25 个'],
  ['ar', 'أي رمز', 'رمز استرداد واحد', 'رمزا استرداد', '25 رمز '],
  ['hi', 'कोई', '1 रिकवरी कोड बचा है', '2 रिकवरी कोड बचे हैं', '25 रिकवरी कोड बचे हैं'],
];

describe('recovery codes', () => {
  it.each(LEFT)('are counted right in %s', async (language, ...expected) => {
    const { left } = (await catalogueOf(language)).notices;
    [0, 1, 2, 25].forEach((count, at) => expect(left(count)).toContain(expected[at]));
  });
});

describe('a length of time', () => {
  it.each(MINUTES)('is counted right in %s', async (language, expected) => {
    const { wait } = (await catalogueOf(language)).pages.common;
    expect([1, 2, 120, 7200].map(wait)).toEqual(expected);
  });

  it.each<readonly [Language, number, string]>([
    ['pl', 5, '5 sekund'],
    ['pl', 12, '12 sekund'],
    ['pl', 22, '22 sekundy'],
    ['pl', 112, '112 sekund'],
    ['ar', 3, '3 ثوانٍ'],
    ['ar', 11, '11 ثانية'],
    ['ar', 100, '100 ثانية'],
    ['ar', 103, '103 ثوانٍ'],
  ])('has as many forms as %s has: %d s', async (language, seconds, expected) => {
    const { wait } = (await catalogueOf(language)).pages.common;
    expect(wait(seconds)).toBe(expected);
  });

  it('is never said to be shorter than it is', async () => {
    const { wait } = (await catalogueOf('en')).pages.common;
    expect([0.2, 119, 121, 5399, 5401].map(wait)).toEqual([
      '1 second',
      '119 seconds',
      '3 minutes',
      '90 minutes',
      '2 hours',
    ]);
  });
});
