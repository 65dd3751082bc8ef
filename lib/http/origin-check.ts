import type { Request } from 'express';

/** Whose requests may change something. */
export interface OriginRules {
  /** Origins besides the app's own, such as `https://app.example.com`. */
  readonly origins: readonly string[];
  /** Accept requests that carry no mark of a browser at all. */
  readonly anyClient: boolean;
}

/**
 * Whether a request may change something (OWASP CSRF: fetch metadata with a fallback to Origin).
 * What a browser says of itself decides: `Sec-Fetch-Site` is `same-origin`, or `Origin` is the
 * app's own or a listed one. A request with neither comes from no browser of today; it must carry
 * a header that a page of another site could only send after a CORS preflight.
 */
export function isOwnOrigin(req: Request, { origins, anyClient }: OriginRules): boolean {
  const origin = req.get('origin');
  if (origin !== undefined && origins.includes(origin)) return true;
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  // Hosts are compared, not schemes: behind a proxy that ends TLS the app sees http.
  if (origin !== undefined) return isOf(origin, req.get('host'));
  return anyClient || CUSTOM_HEADERS.some((name) => req.get(name) !== undefined);
}

const CUSTOM_HEADERS = ['x-appwrite-project', 'x-requested-with'];

/** HTTP/1.0 has requests without a host: `null`, the origin of a sandboxed frame, is not theirs. */
function isOf(origin: string, host = ''): boolean {
  return host !== '' && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
