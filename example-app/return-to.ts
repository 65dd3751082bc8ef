/** No host has this name (RFC 6761): what parses to another one would leave this app. */
const OWN = 'http://own.invalid';

/**
 * Where someone wanted to go before they were sent to the login, or `home`. It stands in the
 * address, so anyone may have written it: only a path of this app is followed, as a browser reads it.
 */
export function returnTo(wanted: unknown, home = '/account'): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, OWN)) {
    return home;
  }
  const { origin, pathname, search, hash } = new URL(wanted, OWN);
  // `/.//evil.example` stays here as a URL, and leads away as the path that it comes down to.
  return origin === OWN && !pathname.startsWith('//') ? pathname + search + hash : home;
}
