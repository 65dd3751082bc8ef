import type { AddressInfo, Socket } from 'node:net';
import { domainToASCII } from 'node:url';

import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** One mail as it arrived: what the envelope said, and what the headers say. */
export interface ReceivedMail {
  /** Domains in ASCII. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** The `From:` header, decoded, as `name <address>`. */
  readonly from: string;
  /** The `To:` header as it came. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Undefined when the mail has none. */
  readonly html: string | undefined;
  /** Names in lower case, values as they came over the wire, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface SmtpInbox {
  readonly port: number;
  /** In the order of arrival. A mail is here before the sender hears that it was taken. */
  readonly messages: readonly ReceivedMail[];
  /** How many connections there have been. */
  readonly connections: number;
  /** Resolves as soon as no connection is open. */
  idle(): Promise<void>;
  /** The newest mail to this mailbox; throws when there is none. */
  lastTo(address: string): ReceivedMail;
  /** The newest mail to this mailbox that holds a code: a notice may have come after it. */
  lastCodeTo(address: string): ReceivedMail;
  /** From now on this recipient (`'*'`: every one) is answered with this SMTP code. */
  refuse(address: string, code: number): void;
  /** From now on nothing is answered at all. */
  hang(): void;
  close(): Promise<void>;
}

/** A real SMTP server on a free port of loopback. With `login`, only who knows it may send. */
export async function startSmtpInbox(
  options: { readonly login?: { readonly user: string; readonly pass: string } } = {},
): Promise<SmtpInbox> {
  const messages: ReceivedMail[] = [];
  const refusals = new Map<string, number>();
  const { login } = options;
  const open = new Set<Socket>();
  const waiting: (() => void)[] = [];
  let connections = 0;
  let hanging = false;

  const server = new SMTPServer({
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: login === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onConnect(_session, done) {
      if (!hanging) done();
    },
    onAuth({ username, password }, _session, done) {
      const known = username === login?.user && password === login?.pass;
      if (known) done(null, { user: username });
      else done(reply(535, `no user ${username} with password ${password}`));
    },
    onMailFrom(_address, _session, done) {
      if (!hanging) done();
    },
    onRcptTo({ address }, _session, done) {
      const code = refusals.get(address) ?? refusals.get('*');
      // Like many a mail server, this one repeats the address in what it says.
      done(code === undefined ? null : reply(code, `<${address}> is not welcome`));
    },
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const envelope = {
        from: mailFrom ? ascii(mailFrom.address) : '',
        to: rcptTo.map(({ address }) => ascii(address)),
      };
      simpleParser(stream).then(
        (mail) => {
          const headers = new Map(mail.headerLines.map(({ key, line }) => [key, valueOf(line)]));
          const [author] = mail.from?.value ?? [];
          messages.push({
            envelope,
            from: `${author?.name ?? ''} <${author?.address ?? ''}>`.trim(),
            to: headers.get('to') ?? '',
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            html: mail.html || undefined,
            headers,
          });
          done();
        },
        // A client that hung up half way: there is nobody left to tell.
        () => done(reply(451, 'the mail broke off')),
      );
    },
  });
  // A client that goes away is no fault of the inbox.
  server.on('error', () => {});
  // Counted here, not in onConnect: that one runs 100 ms later, when a test may have looked.
  server.server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('close', () => {
      open.delete(socket);
      if (open.size === 0) for (const resolve of waiting.splice(0)) resolve();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });

  return {
    port: (server.server.address() as AddressInfo).port,
    messages,
    get connections() {
      return connections;
    },
    idle() {
      return new Promise((resolve) => {
        if (open.size === 0) resolve();
        else waiting.push(resolve);
      });
    },
    lastTo(address) {
      const mail = messages.findLast(({ envelope }) => envelope.to.includes(address));
      if (!mail) throw new Error(`no mail to ${address} among ${messages.length}`);
      return mail;
    },
    lastCodeTo(address) {
      const mail = messages.findLast(
        ({ envelope, text }) => envelope.to.includes(address) && /\b\d{6}\b/.test(text),
      );
      if (!mail) throw new Error(`no mail with a code to ${address} among ${messages.length}`);
      return mail;
    },
    refuse(address, code) {
      refusals.set(address, code);
    },
    hang() {
      hanging = true;
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      });
    },
  };
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** As it went over the wire: the server library decodes international domains. */
function ascii(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  return address.slice(0, at) + domainToASCII(address.slice(at));
}

function valueOf(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n\s/g, ' ')
    .trim();
}
