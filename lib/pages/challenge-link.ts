import { link } from './link.ts';
import type { Frame } from './visit.ts';

/** An address within the challenge: of the factors that help, only those go on being shown. */
export function challengeLink(frame: Frame, path: '' | '/send', authenticator?: string): string {
  const { by } = frame.query;
  return link(frame, `/challenge${path}`, { by, with: authenticator });
}
