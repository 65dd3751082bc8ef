import { createTransport } from 'nodemailer';

import { isLate } from '../../lib/core/is-late.ts';
import type { Message } from '../../lib/core/ports.ts';
import { nodemailerSender } from '../../lib/nodemailer.ts';
import type { MailFrom, NodemailerSenderOptions } from '../../lib/nodemailer.ts';
import { expectFailure, found, senderContract } from '../contracts/sender-contract.ts';
import { startSmtpInbox } from '../support/smtp-inbox.ts';
import type { SmtpInbox } from '../support/smtp-inbox.ts';

const LOGIN = { user: 'mail-user-7Q', pass: 'mail-pass-7Q' };
const FROM = 'Acme <no-reply@acme.example>';

function mailTo(to: string, code = '048213'): Message {
  return {
    channel: 'email',
    to,
    subject: 'Your code for Acme',
    text: `Your code is ${code}.\n.\nNever share it: Acme will not ask for it. Grüße ✓\n`,
    ttlMs: 600_000,
  };
}

function mailboxOfLength(length: number): string {
  const labels = ['b', 'c', 'd'].map((letter) => letter.repeat(63)).join('.');
  const rest = 'e'.repeat(length - `a@${labels}..com`.length);
  return `a@${labels}.${rest}.com`;
}

function smtp(
  inbox: SmtpInbox,
  options: { readonly auth?: typeof LOGIN; readonly pool?: true } = {},
) {
  return createTransport({ host: '127.0.0.1', port: inbox.port, ...options });
}

describe('nodemailerSender', () => {
  senderContract(async () => {
    const inbox = await startSmtpInbox({ login: LOGIN });
    const transport = smtp(inbox, { auth: LOGIN });
    const address = (n = 0): string => `user-${n}@example.com`;
    return {
      sender: (options = {}) => nodemailerSender(transport, { from: FROM, ...options }),
      over: (send) =>
        nodemailerSender({ sendMail: send as (sent: unknown) => Promise<unknown> }, { from: FROM }),
      message: (n = 0) => mailTo(address(n), String(100_000 + n)),
      destination: address,
      delivered: () => inbox.messages.map(({ envelope, text }) => ({ to: envelope.to, text })),
      contacts: () => inbox.connections,
      refuse: () => inbox.refuse('*', 550),
      hang: () => inbox.hang(),
      credentials: [
        LOGIN.user,
        LOGIN.pass,
        Buffer.from(`\0${LOGIN.user}\0${LOGIN.pass}`).toString('base64'),
      ],
      close: () => inbox.close(),
    };
  });

  describe('on an SMTP server', () => {
    let inbox: SmtpInbox;
    beforeEach(async () => {
      inbox = await startSmtpInbox();
    });
    afterEach(() => inbox.close());

    const send = (message: Message, options: Partial<NodemailerSenderOptions> = {}) =>
      nodemailerSender(smtp(inbox), { from: FROM, ...options }).send(message);

    it('sends the HTML beside the text, as one of two forms of the same', async () => {
      const html = '<!doctype html><html lang="de"><p>Ihr Code: 048213 &lt;✓&gt;\n</p></html>';
      await send({ ...mailTo('user@example.com'), html });
      const mail = inbox.lastTo('user@example.com');
      expect(mail.headers.get('content-type')).toMatch(/^multipart\/alternative;/);
      expect(mail).toMatchObject({ text: mailTo('user@example.com').text, html });
    });

    it('sends one plain mail that no responder answers', async () => {
      await send(mailTo('user@example.com'));
      expect(inbox.messages).toHaveLength(1);
      const mail = inbox.lastTo('user@example.com');
      expect(mail).toMatchObject({
        envelope: { from: 'no-reply@acme.example', to: ['user@example.com'] },
        to: 'user@example.com',
        subject: 'Your code for Acme',
        text: mailTo('user@example.com').text,
        html: undefined,
      });
      expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
      expect(mail.headers.get('from')).toBe('Acme <no-reply@acme.example>');
      expect(mail.headers.has('cc')).toBe(false);
      expect(mail.headers.has('bcc')).toBe(false);
    });

    it('[DEL-7] adds no reader that the defaults of the transport name', async () => {
      const transport = createTransport(
        { host: '127.0.0.1', port: inbox.port },
        {
          to: 'to@evil.test',
          cc: 'cc@evil.test',
          bcc: 'bcc@evil.test',
          envelope: { from: 'from@evil.test', to: 'envelope@evil.test' },
        },
      );
      await nodemailerSender(transport, { from: FROM }).send(mailTo('user@example.com'));
      const [mail] = inbox.messages;
      expect(mail?.envelope.to).toEqual(['user@example.com']);
      expect(JSON.stringify([...(mail?.headers ?? [])])).not.toContain('evil');
    });

    it.each([
      ['a header after it', 'u@example.com\r\nBcc: evil@evil.test'],
      ['a header after it, by LF', 'u@example.com\nBcc: evil@evil.test'],
      ['a second mailbox', 'a@example.com, evil@evil.test'],
      ['a second mailbox, by semicolon', 'a@example.com;evil@evil.test'],
      ['a group', 'g: evil@evil.test, a@example.com;'],
      ['a display name', 'a@example.com <evil@evil.test>'],
      ['a quoted display name', '"a@example.com" <evil@evil.test>'],
      ['a quoted name', '"evil@evil.test, a"@example.com'],
      ['a quoted blank', '"a b"@example.com'],
      ['an escaped quote', '"a\\"b"@example.com'],
      ['a comment', 'a(evil@evil.test)@example.com'],
      ['two at signs', 'evil@evil.test@example.com'],
      ['no at sign', 'user'],
      ['no name', '@example.com'],
      ['no domain', 'user@'],
      ['a domain literal', 'a@[127.0.0.1]'],
      ['a domain literal with an at sign', 'a@[x@evil.test]'],
      ['an IP address', 'a@127.0.0.1'],
      ['an IP address in disguise', 'a@0x7f000001'],
      ['an address and a port', 'a@example.com:25'],
      ['a path', 'a@example.com/evil.test'],
      ['a source route', '@evil.test:a@example.com'],
      ['a percent route', 'evil%evil.test@example.com'],
      ['a bang route', 'evil.test!evil@example.com'],
      ['an option of sendmail', '-OQueueDirectory=/tmp@example.com'],
      ['an expansion of a mail server', '${run{id}}@example.com'],
      ['a pipe', '|id@example.com'],
      ['a backslash', 'a\\@example.com'],
      ['a dot in front', '.a@example.com'],
      ['a dot at the end', 'a.@example.com'],
      ['two dots', 'a..b@example.com'],
      ['an empty label', 'a@example..com'],
      ['a root dot', 'a@example.com.'],
      ['a label with a hyphen in front', 'a@-example.com'],
      ['an underscore in the domain', 'a@exam_ple.com'],
      ['an escape in the domain', 'a@ex%61mple.com'],
      ['wide letters in the domain', 'a@ｅxample.com'],
      ['a soft hyphen in the domain', 'a@exam\u00ADple.com'],
      ['an ideographic full stop', 'a@example。com'],
      ['a look-alike at sign', 'a＠example.com'],
      ['a name that is not ASCII', 'üser@example.com'],
      ['a name of 65 characters', `${'a'.repeat(65)}@example.com`],
      ['a label of 64 characters', `a@${'b'.repeat(64)}.com`],
      ['255 characters', mailboxOfLength(255)],
      ['254 characters or less that are more in ASCII', `${'a'.repeat(64)}@${'ü.'.repeat(25)}com`],
    ])('[DEL-7] writes to nobody when the mailbox has %s', async (_what, to) => {
      await expectFailure(send(mailTo(to)));
      expect(inbox.connections).toBe(0);
    });

    it.each<readonly [string, unknown]>([
      ['a header after it', 'Code\r\nBcc: evil@evil.test'],
      ['a line break', 'Code\nfor you'],
      ['NUL', 'Code\0'],
      ['a line separator', 'Code\u2028x'],
      ['256 characters', 'x'.repeat(256)],
      ['no text', undefined],
      ['an object', { toString: () => 'Code' }],
    ])('[DEL-7] refuses a subject with %s', async (_what, subject) => {
      await expectFailure(send({ ...mailTo('user@example.com'), subject: subject as string }));
      expect(inbox.connections).toBe(0);
    });

    it.each([
      [550, /EENVELOPE 550.*refused the sender, the recipient/],
      [451, /EENVELOPE 451.*try again later/],
    ])('tells what to do about a recipient that is refused with %d', async (code, words) => {
      inbox.refuse('user@example.com', code);
      const error = await expectFailure(send(mailTo('user@example.com')));
      expect(error.message).toMatch(words);
      expect(error.cause).toEqual({ name: 'Error', code: 'EENVELOPE', status: code });
      expect(inbox.messages).toEqual([]);
    });

    it('refuses one recipient and still serves the other', async () => {
      inbox.refuse('gone@example.com', 550);
      const sender = nodemailerSender(smtp(inbox), { from: FROM });
      await Promise.all([
        expectFailure(sender.send(mailTo('gone@example.com'))),
        sender.send(mailTo('user@example.com')),
      ]);
      expect(inbox.messages.map(({ envelope }) => envelope.to)).toEqual([['user@example.com']]);
    });

    it('never mixes what 20 senders at a time put through a pool of connections', async () => {
      const sender = nodemailerSender(smtp(inbox, { pool: true }), { from: FROM });
      const mails = Array.from({ length: 20 }, (_, n) =>
        mailTo(`user-${n}@example.com`, String(500_000 + n)),
      );
      await Promise.all(mails.map((mail) => sender.send(mail)));
      expect(inbox.messages).toHaveLength(20);
      for (const { to, text } of mails) expect(inbox.lastTo(to).text).toBe(text);
    });

    it('hangs up on a server that it gave up on half way, so that no mail goes out later', async () => {
      const sender = nodemailerSender(smtp(inbox, { pool: true }), {
        from: FROM,
        timeoutMs: 2_000,
      });
      await sender.send(mailTo('first@example.com'));
      inbox.hang();
      await expectFailure(sender.send(mailTo('second@example.com')));
      await inbox.idle();
      expect(inbox.connections).toBe(1);
      expect(inbox.messages.map(({ to }) => to)).toEqual(['first@example.com']);
    });

    it('[LOG-1] tells what to do about a wrong password, without the password', async () => {
      await inbox.close();
      inbox = await startSmtpInbox({ login: LOGIN });
      const auth = { user: 'wrong-user-3K', pass: 'wrong-pass-3K' };
      const sender = nodemailerSender(smtp(inbox, { auth }), { from: FROM });
      const error = await expectFailure(sender.send(mailTo('user@example.com')));
      expect(error.message).toMatch(/EAUTH 535.*check the user and the password/);
      expect(found([auth.user, auth.pass], error)).toEqual([]);
    });

    it('tells what to do when nobody listens', async () => {
      await inbox.close();
      const error = await expectFailure(send(mailTo('user@example.com')));
      expect(error.message).toMatch(/not reached; check host, port/);
      expect(isLate(error)).toBe(false);
    });
  });

  describe('on one connection that stays open', () => {
    let inbox: SmtpInbox;
    let transport: ReturnType<typeof smtp>;
    beforeAll(async () => {
      inbox = await startSmtpInbox();
      transport = smtp(inbox, { pool: true });
    });
    afterAll(() => inbox.close());

    it.each([
      ['a tag', 'user+tag@example.com', 'user+tag@example.com'],
      ['an apostrophe', "o'brien@example.com", "o'brien@example.com"],
      [
        'dots and hyphens',
        'first.last-x_y@mail.ex-ample.co.uk',
        'first.last-x_y@mail.ex-ample.co.uk',
      ],
      ['capitals', 'User@EXAMPLE.com', 'User@example.com'],
      ['a host of one label', 'dev@localhost', 'dev@localhost'],
      ['a domain that is not ASCII', 'user@bücher.example', 'user@xn--bcher-kva.example'],
      [
        'the ASCII form of such a domain',
        'user@xn--bcher-kva.example',
        'user@xn--bcher-kva.example',
      ],
      ['a name of 64 characters', `${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    ])('writes to a mailbox with %s', async (_what, to, arrivesAt) => {
      await nodemailerSender(transport, { from: FROM }).send(mailTo(to));
      expect(inbox.messages.at(-1)).toMatchObject({ envelope: { to: [arrivesAt] }, to: arrivesAt });
    });

    it.each<readonly [string, MailFrom, string]>([
      ['a mailbox', 'no-reply@acme.example', '<no-reply@acme.example>'],
      [
        'a name and a mailbox',
        'Acme GmbH <no-reply@acme.example>',
        'Acme GmbH <no-reply@acme.example>',
      ],
      [
        'a quoted name',
        '"Acme, Inc." <no-reply@acme.example>',
        'Acme, Inc. <no-reply@acme.example>',
      ],
      [
        'a name with a comma',
        'Acme, Inc. <no-reply@acme.example>',
        'Acme, Inc. <no-reply@acme.example>',
      ],
      ['an object', { address: 'no-reply@acme.example' }, '<no-reply@acme.example>'],
      [
        'an object with a name',
        { name: 'Bücher "é" <x@y>', address: 'no-reply@acme.example' },
        'Bücher "é" <x@y> <no-reply@acme.example>',
      ],
    ])('takes `from` as %s', async (_what, from, expected) => {
      await nodemailerSender(transport, { from }).send(mailTo('user@example.com'));
      expect(inbox.messages.at(-1)).toMatchObject({
        envelope: { from: 'no-reply@acme.example' },
        from: expected,
      });
    });
  });

  it('resolves on a transport that only makes JSON, and lets it read no file and no URL', async () => {
    const infos: { readonly message: string }[] = [];
    const json = createTransport({ jsonTransport: true });
    const transport = {
      async sendMail(mail: Parameters<typeof json.sendMail>[0]) {
        const info = await json.sendMail(mail);
        infos.push(info);
        return info;
      },
    };
    await nodemailerSender(transport, { from: FROM }).send(mailTo('user@example.com'));
    expect(JSON.parse(infos[0]?.message ?? '')).toMatchObject({
      to: [{ name: '', address: 'user@example.com' }],
      text: mailTo('user@example.com').text,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  });

  it('takes a mailbox of 254 characters, the most that SMTP allows', async () => {
    const json = createTransport({ jsonTransport: true });
    const sending = nodemailerSender(json, { from: FROM }).send(mailTo(mailboxOfLength(254)));
    await expect(sending).resolves.toBeUndefined();
  });

  it.each([
    { accepted: [] },
    { accepted: [], rejected: ['user@example.com'] },
    { accepted: ['other@example.com'], rejected: ['user@example.com'] },
  ])('rejects when the transport resolves with %j', async (info) => {
    const sender = nodemailerSender({ sendMail: () => Promise.resolve(info) }, { from: FROM });
    await expectFailure(sender.send(mailTo('user@example.com')));
  });

  describe('is not made', () => {
    const transport = createTransport({ jsonTransport: true });
    const make = (options: unknown) => () =>
      nodemailerSender(transport, options as NodemailerSenderOptions);

    it.each<readonly [string, unknown]>([
      ['no mailbox', 'Acme'],
      ['two mailboxes', 'a@acme.example, b@acme.example'],
      ['two names and mailboxes', 'A <a@acme.example>, B <b@acme.example>'],
      ['a header after it', 'a@acme.example\r\nBcc: evil@evil.test'],
      ['a header in the name', 'Acme\r\nBcc: evil@evil.test <a@acme.example>'],
      ['a header in the name of an object', { name: 'x\r\nBcc: e', address: 'a@acme.example' }],
      ['a name of 129 characters', { name: 'x'.repeat(129), address: 'a@acme.example' }],
      ['a name that is no text', { name: {}, address: 'a@acme.example' }],
      ['an object without an address', { name: 'Acme' }],
      ['nothing', undefined],
      ['null', null],
    ])('[DEL-7] with %s in `from`', (_what, from) => {
      expect(make({ from })).toThrow(expect.objectContaining({ code: 'options_invalid' }));
    });

    it.each([0, -1, 1.5, 10_001, Number.NaN, '8000'])('with a timeoutMs of %p', (timeoutMs) => {
      expect(make({ from: FROM, timeoutMs })).toThrow(/timeoutMs.*from 1 to 10000/);
    });

    it('with an option that does not exist, and names those that do', () => {
      expect(make({ from: FROM, timeout: 1 })).toThrow(/no option `timeout`.*`timeoutMs`/);
    });

    it('without options', () => {
      expect(make(undefined)).toThrow(/`from` must be one mailbox/);
    });

    it('without a transport', () => {
      const none = undefined as unknown as typeof transport;
      expect(() => nodemailerSender(none, { from: FROM })).toThrow(/must be a transport/);
    });
  });
});
