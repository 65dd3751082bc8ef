import type { Caller, Engine } from './engine.ts';
import type { MfaEvent, MfaEventType } from './events.ts';

/**
 * Tells the host what happened, when, and from where it was asked for. A challenge may stand for
 * what it is about: only these four fields of it are told, never its id or what it expects.
 */
export function report(
  engine: Engine,
  caller: Caller,
  type: MfaEventType,
  about: Pick<MfaEvent, 'userId' | 'session' | 'factor' | 'authenticator'>,
  more: Pick<MfaEvent, 'reason' | 'error'> = {},
): void {
  const { userId, session, factor, authenticator } = about;
  const known = Object.entries({ userId, session, factor, authenticator, ip: caller.ip, ...more });
  engine.emit({
    type,
    ...Object.fromEntries(known.filter(([, value]) => value !== undefined)),
  });
}
