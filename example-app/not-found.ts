import { HttpError } from './http-error.ts';

/** For what no route has taken, and for what is not there any more. */
export function notFound(message = 'There is nothing here.'): HttpError {
  return new HttpError(404, 'general_route_not_found', message);
}
