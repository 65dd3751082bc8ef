/** No host has this name (RFC 6761 section 6.4): whatever parses to another one would leave the app. */
const OWN = 'https://own.invalid';
const MAX_LENGTH = 2048;

/**
 * Where a browser may be sent on to: a path of the app itself, with its query and fragment, or
 * undefined. It is read as a browser reads it (WHATWG URL): `//evil.example`, `/\evil.example` and
 * `/<TAB>/evil.example` name other hosts there, whatever their first character says (attack A64).
 * For the app's own sign-in, too: `res.redirect(ownPath(req.query.returnTo) ?? '/')`.
 */
export function ownPath(wanted: unknown): string | undefined {
  if (typeof wanted !== 'string' || wanted.length > MAX_LENGTH) return undefined;
  if (!wanted.startsWith('/') || !URL.canParse(wanted, OWN)) return undefined;
  const { origin, pathname, search, hash } = new URL(wanted, OWN);
  // `/.//evil.example` stays here as a URL, and as a path it would leave.
  if (origin !== OWN || pathname.startsWith('//')) return undefined;
  return pathname + search + hash;
}
