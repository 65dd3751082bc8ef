import type { IncomingMessage } from 'node:http';

import type { Request } from 'express';

// What browsers send has not a tenth of it.
const MAX_HEADER = 1000;

/**
 * The languages of `Accept-Language`, best first. None of them need be a tag of BCP 47. Of a WebSocket
 * upgrade, which Express never saw and which gets no text, there are none.
 */
export function acceptedLanguages(req: Request | IncomingMessage): readonly string[] {
  const { 'accept-language': header = '' } = req.headers;
  if (header === '' || header.length > MAX_HEADER || !('acceptsLanguages' in req)) return [];
  return req.acceptsLanguages();
}
