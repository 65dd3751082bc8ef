import type { StoreWarning } from '../../core/ports.ts';
import type { Report } from './connection.ts';

const APART_MS = 5_000;

/**
 * Whether the clock of a server is far from that of the app, which read its own before and after.
 * Codes of apps depend on the app's clock, times to live on the server's.
 */
export function clockWarnings(
  servers: readonly Report[],
  [earliest, latest]: readonly [number, number],
): readonly StoreWarning[] {
  const isApart = ({ at = latest }: Report): boolean =>
    at < earliest - APART_MS || at > latest + APART_MS;
  return servers.some(isApart) ? [APART] : [];
}

const APART: StoreWarning = {
  reason: 'clock',
  message:
    'The clock of this process and that of Redis are more than 5 s apart. Codes of authenticator ' +
    'apps are checked by this one, with no more tolerance than ever: set both by NTP.',
};
