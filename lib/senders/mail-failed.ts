import type { MfaError } from '../errors.ts';
import { deliveryFailed } from './delivery-failed.ts';
import type { Trace } from './trace.ts';

/** `delivery_failed` for a mail: what the transport or the mail server said, and what to do about it. */
export function mailFailed(trace: Trace): MfaError {
  const what = [trace.code ?? trace.name, trace.status].filter(Boolean).join(' ');
  return deliveryFailed(
    `The mail was not delivered${what && ` (${what})`}: ${remedy(trace)}.`,
    trace,
  );
}

function remedy({ code = '', status = 0 }: Trace): string {
  const known = REMEDIES[code];
  if (known !== undefined) return known;
  if (status >= 400 && status < 500) return 'the mail server refused it for now, try again later';
  if (status >= 500 || code === 'EENVELOPE') {
    return 'the mail server refused the sender, the recipient or the text; check that it may send for `from`';
  }
  return "look the code up in the transport's documentation, and try transport.verify()";
}

const UNREACHABLE =
  'the mail server was not reached; check host, port, `secure` and the firewall of the transport';

// The codes of nodemailer 10, and what Node gives for a connection that never was.
const REMEDIES: Readonly<Record<string, string>> = {
  EAUTH: 'check the user and the password of the transport',
  ENOAUTH: 'the transport has no user and password; set `auth`',
  EOAUTH2: 'check the OAuth2 settings of the transport',
  ECONNECTION: UNREACHABLE,
  ECONNREFUSED: UNREACHABLE,
  EDNS: UNREACHABLE,
  ESOCKET: UNREACHABLE,
  ETLS: "check the server's certificate, and `secure` and `tls` of the transport",
  ETIMEDOUT: 'no answer in time; check host, port and firewall, or raise `timeoutMs`',
};
