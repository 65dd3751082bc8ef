import express from 'express';
import type { Request, Response } from 'express';

import type { WireError } from './error-types.ts';
import { parsedInTime } from './parsed-in-time.ts';

const LIMIT_BYTES = 4096;

const parser = express.json({
  limit: LIMIT_BYTES,
  strict: true,
  reviver: (key: string, value: unknown) => {
    // These keys have no meaning here and one elsewhere: copied carelessly they change prototypes (attack A32).
    if (key === '__proto__' || key === 'constructor') throw new SyntaxError('forbidden key');
    return value;
  },
});

/**
 * The JSON body of a request that may change something; an absent body is an empty object. Only
 * `application/json` is read: a form of another site cannot send it without a CORS preflight.
 */
export async function readBody(
  req: Request,
  res: Response,
  timeoutMs: number,
): Promise<{ readonly body: unknown } | { readonly error: WireError }> {
  const hasBody =
    req.headers['transfer-encoding'] !== undefined || Number(req.get('content-length') ?? 0) > 0;
  if (!hasBody) return { body: {} };
  if (!req.is('application/json'))
    return { error: refusedBody(400, 'The body must be application/json.') };
  const failure = await parsedInTime(parser, req, res, timeoutMs);
  if (failure !== undefined) return { error: errorOf(failure) };
  const { body } = req as { body: unknown };
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { error: refusedBody(400, 'The body must be a JSON object.') };
  }
  return { body };
}

function errorOf(failure: unknown): WireError {
  const status = (failure as { status?: unknown }).status;
  if (status === 413) return refusedBody(413, `The body must not exceed ${LIMIT_BYTES} bytes.`);
  if (status === 408) return refusedBody(408, 'The body did not arrive in time.');
  return refusedBody(400, 'The body must be valid JSON.');
}

function refusedBody(status: number, message: string): WireError {
  return { status, type: 'general_argument_invalid', message };
}
