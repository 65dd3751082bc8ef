import { HttpError } from './http-error.ts';

/** What is answered while sessions cannot be read. */
export function unavailable(): HttpError {
  const message = 'This is not available at present. Please try again later.';
  return new HttpError(503, 'general_unavailable', message);
}
