import type { Response } from 'express';

/**
 * What every page is sent with (TRN-3). Nothing is inline, nothing comes from elsewhere, nobody
 * frames it (attack A63), no cache and no history keeps it (attack A62). The referrer stays in the
 * app: with `no-referrer` Chromium sends `Origin: null` with a page's own forms.
 */
export function pageHeaders(res: Response): void {
  res.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
}
