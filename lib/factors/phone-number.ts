/** ISO 3166-1 alpha-2 codes of the countries to which messages may go, or `all`. */
export type Countries = readonly string[] | 'all';

export type ReadNumber =
  | { readonly ok: true; readonly number: string; readonly country: string }
  | { readonly ok: false; readonly message: string };

/** What cannot take an SMS, or costs its caller: the means of SMS pumping (attack A41). */
const REFUSED_TYPES: ReadonlySet<string> = new Set([
  'FIXED_LINE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'PAGER',
  'UAN',
  'VOICEMAIL',
  'PERSONAL_NUMBER',
]);

/**
 * Reads a phone number into E.164, or says why no message goes there. One number has one form:
 * it must be international with a leading plus; national forms, extensions and digits of other
 * scripts are refused rather than guessed (attack A39).
 */
export async function readPhoneNumber(text: string, countries: Countries): Promise<ReadNumber> {
  if (text.length > 32 || !/^\+[\d ().-]+$/.test(text)) {
    return { ok: false, message: 'The phone number must be in E.164 form, such as +14155552671.' };
  }
  // Loaded on first use: the numbering plans are large.
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/max');
  const parsed = parsePhoneNumberFromString(text, { extract: false });
  if (!parsed?.isPossible() || parsed.ext !== undefined) {
    return { ok: false, message: 'There is no such phone number.' };
  }
  // Satellite and other international networks are of no country, and the dearest there are.
  const listed =
    !parsed.isNonGeographic() &&
    (countries === 'all' || (parsed.country && countries.includes(parsed.country)));
  if (!listed) {
    return { ok: false, message: 'Messages are not sent to phone numbers of this country.' };
  }
  if (REFUSED_TYPES.has(parsed.getType() ?? '')) {
    return { ok: false, message: 'Messages are not sent to phone numbers of this kind.' };
  }
  return { ok: true, number: parsed.number, country: parsed.country ?? 'ZZ' };
}
