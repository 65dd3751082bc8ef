import { HttpError } from './http-error.ts';

/** Someone was faster, or is the same person. */
export function alreadyExists(): HttpError {
  const message = 'A user with the same id, email, or phone already exists in this project.';
  return new HttpError(409, 'user_already_exists', message);
}
