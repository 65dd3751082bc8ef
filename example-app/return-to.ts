/**
 * Where someone wanted to go before they were sent to the login, or `home`: it stands in the
 * address, so anyone may have written it, and only a path of this app's own is followed.
 */
export function returnTo(wanted: unknown, home = '/account'): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return home;
  const path = pathOf(wanted);
  // Once more: `/.//evil.example` is a path of ours that is read as another host when it is sent back.
  return path !== undefined && pathOf(path) === path ? path : home;
}

/** As a browser reads it (WHATWG URL); undefined if that leads to another origin. */
function pathOf(wanted: string): string | undefined {
  if (!URL.canParse(wanted, OWN)) return undefined;
  const { origin, pathname, search, hash } = new URL(wanted, OWN);
  return origin === OWN ? pathname + search + hash : undefined;
}

const OWN = 'http://own.invalid';
