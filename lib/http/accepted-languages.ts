import type { Request } from 'express';

// What browsers send has not a tenth of it.
const MAX_HEADER = 1000;

/** The languages of `Accept-Language`, best first. None of them need be a tag of BCP 47. */
export function acceptedLanguages(req: Request): readonly string[] {
  const { 'accept-language': header = '' } = req.headers;
  return header !== '' && header.length <= MAX_HEADER ? req.acceptsLanguages() : [];
}
