import { generateKeyPairSync } from 'node:crypto';

import { Auth } from '@vonage/auth';
import { Vonage } from '@vonage/server-sdk';

import { isLate } from '../../lib/core/is-late.ts';
import type { Message } from '../../lib/core/ports.ts';
import { vonageSender } from '../../lib/vonage.ts';
import type { VonageSenderOptions } from '../../lib/vonage.ts';
import { expectFailure, found, senderContract } from '../contracts/sender-contract.ts';
import { startVonageApi } from '../support/vonage-api.ts';
import type { VonageAnswer, VonageApi } from '../support/vonage-api.ts';

const KEY = { apiKey: 'key-4fe1', apiSecret: 'secret-9Zq' };
const BASIC = Buffer.from(`${KEY.apiKey}:${KEY.apiSecret}`).toString('base64');
const FROM = 'Acme';

function smsTo(to: string, code = '048213'): Message {
  return {
    channel: 'sms',
    to,
    subject: 'Your code for Acme',
    text: `Your Acme code is ${code}. Never share it. ✓\n\n@acme.example #${code}`,
    ttlMs: 300_000,
  };
}

describe('vonageSender', () => {
  senderContract(async () => {
    const api = await startVonageApi();
    const vonage = new Vonage(KEY, { apiHost: api.url });
    let takes = true;
    const digits = (n = 0): string => String(447700900000 + n);
    return {
      sender: (options = {}) => vonageSender(vonage, { from: FROM, ...options }),
      over: (send) =>
        vonageSender(
          { messages: { send: send as (sent: unknown) => Promise<unknown> } },
          { from: FROM },
        ),
      message: (n = 0) => smsTo(`+${digits(n)}`, String(100_000 + n)),
      destination: digits,
      delivered: () =>
        takes
          ? api.requests.map(({ body }) => ({
              to: [String(body['to'])],
              text: String(body['text']),
            }))
          : [],
      contacts: () => api.requests.length,
      refuse() {
        takes = false;
        api.answer({ status: 422, body: JSON.stringify({ title: 'Invalid', detail: digits() }) });
      },
      hang() {
        takes = false;
        api.answer('hang');
      },
      credentials: [KEY.apiKey, KEY.apiSecret, BASIC],
      close: () => api.close(),
    };
  });

  describe('on the Messages API', () => {
    let api: VonageApi;
    beforeEach(async () => {
      api = await startVonageApi();
    });
    afterEach(() => api.close());

    const send = (message: Message, options: Partial<VonageSenderOptions> = {}) =>
      vonageSender(new Vonage(KEY, { apiHost: api.url }), { from: FROM, ...options }).send(message);

    it('[DEL-6] asks for one SMS, and leaves every byte of the text as it is', async () => {
      await send(smsTo('+447700900123'));
      expect(api.requests).toEqual([
        expect.objectContaining({
          method: 'POST',
          path: '/v1/messages',
          headers: expect.objectContaining({ authorization: `Basic ${BASIC}` }),
          body: {
            channel: 'sms',
            message_type: 'text',
            to: '447700900123',
            from: 'Acme',
            text: 'Your Acme code is 048213. Never share it. ✓\n\n@acme.example #048213',
            ttl: 300,
            client_ref: expect.stringMatching(/^[\w-]{20,100}$/),
          },
        }),
      ]);
    });

    it('signs in with an application and its key as well', async () => {
      const { privateKey } = generateKeyPairSync('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      const vonage = new Vonage(
        { applicationId: 'a0b1c2d3-0000-4000-8000-000000000000', privateKey },
        { apiHost: api.url },
      );
      await vonageSender(vonage, { from: FROM }).send(smsTo('+447700900123'));
      expect(api.requests[0]?.headers['authorization']).toMatch(/^Bearer /);
    });

    it('gives each message a reference that tells nothing', async () => {
      await send(smsTo('+447700900123'));
      await send(smsTo('+447700900123'));
      const [first, second] = api.requests.map(({ body }) => String(body['client_ref']));
      expect(first).not.toBe(second);
      expect(`${first}${second}`).not.toMatch(/447700900123|048213/);
    });

    it.each([
      [1, 1],
      [1_500, 2],
      [600_000, 600],
    ])('lets the network try for %d ms as %d whole seconds', async (ttlMs, ttl) => {
      await send({ ...smsTo('+447700900123'), ttlMs });
      expect(api.requests[0]?.body['ttl']).toBe(ttl);
    });

    it.each([
      ['a name', 'Acme', 'Acme'],
      ['a name of 11 letters and digits', 'Acme2345678', 'Acme2345678'],
      ['a short code', '12345', '12345'],
      ['a number', '+447700900999', '447700900999'],
    ])('takes `from` as %s', async (_what, from, expected) => {
      await send(smsTo('+447700900123'), { from });
      expect(api.requests[0]?.body['from']).toBe(expected);
    });

    it.each(['+1234567', '+123456789012345'])('writes to a number such as %s', async (to) => {
      await send(smsTo(to));
      expect(api.lastCodeTo(to)).toBe(smsTo(to).text);
    });

    it.each([
      ['no plus', '447700900123'],
      ['two pluses', '++447700900123'],
      ['an international prefix', '00447700900123'],
      ['a country code of 0', '+047700900123'],
      ['6 digits', '+123456'],
      ['16 digits', '+1234567890123456'],
      ['spaces', '+44 7700 900123'],
      ['hyphens', '+44-7700-900123'],
      ['brackets', '+44(0)7700900123'],
      ['an extension', '+447700900123;ext=1'],
      ['a second number', '+447700900123,+15005550006'],
      ['digits of another script', '+٤٤٧٧٠٠٩٠٠١٢٣'],
      ['wide digits', '+４４７７００９００１２３'],
      ['a wide plus', '＋447700900123'],
      ['letters', '+44ACME900123'],
      ['an exponent', '+1e10000000'],
    ])('[DEL-7] asks for nothing when the number has %s', async (_what, to) => {
      await expectFailure(send(smsTo(to)));
      expect(api.requests).toEqual([]);
    });

    const ACCOUNT_TEXT = JSON.stringify({ title: 'No', detail: `secret-9Zq 447700900123 048213` });
    it.each<readonly [string, VonageAnswer, RegExp]>([
      ['401', { status: 401 }, /^Vonage answered 401: check apiKey and apiSecret/],
      ['402', { status: 402 }, /^Vonage answered 402: the balance/],
      ['403', { status: 403 }, /^Vonage answered 403: the account may not/],
      ['404', { status: 404 }, /^Vonage answered 404: check `apiHost`/],
      ['409', { status: 409 }, /^Vonage answered 409: see/],
      ['422', { status: 422 }, /^Vonage answered 422: it takes no text from `from`/],
      ['429', { status: 429 }, /^Vonage answered 429: too many messages/],
      ['500', { status: 500 }, /^Vonage answered 500: try again later/],
      [
        'a page of HTML',
        { status: 200, type: 'text/html', body: '<h1>Hi</h1>' },
        /without a message id/,
      ],
      ['JSON that is broken', { status: 202, body: '{"message_uuid": ' }, /without a message id/],
      ['JSON that is null', { status: 202, body: 'null' }, /without a message id/],
      ['JSON without an id', { status: 202, body: '{}' }, /without a message id/],
      ['an empty id', { status: 202, body: '{"message_uuid":""}' }, /without a message id/],
      [
        'an id that is a number',
        { status: 202, body: '{"message_uuid":1}' },
        /without a message id/,
      ],
      ['nothing', { status: 202, body: '' }, /without a message id/],
    ])('[LOG-1] tells what to do about %s', async (_what, answer, words) => {
      api.answer({ body: ACCOUNT_TEXT, ...(answer as object) });
      const error = await expectFailure(send(smsTo('+447700900123')));
      expect(error.message).toMatch(words);
      expect(api.requests).toHaveLength(1);
      const secrets = [...Object.values(KEY), BASIC, '447700900123', '048213'];
      expect(found(secrets, error)).toEqual([]);
    });

    it('keeps the status for whoever reads the log', async () => {
      api.answer({ status: 429 });
      const error = await expectFailure(send(smsTo('+447700900123')));
      expect(error.cause).toEqual({ name: 'Error', status: 429 });
    });

    it('tells what to do when nobody listens', async () => {
      await api.close();
      const error = await expectFailure(send(smsTo('+447700900123')));
      expect(error.message).toMatch(/^Vonage was not reached \(ECONNREFUSED\): check the network/);
      expect(isLate(error)).toBe(false);
    });

    it('tells what to do when the SDK gives up by itself', async () => {
      api.answer('hang');
      const vonage = new Vonage(KEY, { apiHost: api.url, timeout: 50 });
      const error = await expectFailure(
        vonageSender(vonage, { from: FROM }).send(smsTo('+447700900123')),
      );
      expect(error.message).toMatch(/^Vonage did not answer in time/);
      expect(isLate(error)).toBe(true);
    });

    it('[LOG-1] tells what to do about a private key that is none, without the key', async () => {
      const credentials = { applicationId: 'app-5Tz', privateKey: 'no-key-5Tz' };
      const vonage = new Vonage(credentials, { apiHost: api.url });
      const error = await expectFailure(
        vonageSender(vonage, { from: FROM }).send(smsTo('+447700900123')),
      );
      expect(error.message).toMatch(/^The SDK made no request: check the credentials/);
      expect(found(Object.values(credentials), error)).toEqual([]);
      expect(api.requests).toEqual([]);
    });
  });

  describe('is not made', () => {
    const vonage = new Vonage(new Auth(KEY));
    const make = (options: unknown) => () => vonageSender(vonage, options as VonageSenderOptions);

    it.each<readonly [string, unknown]>([
      ['nothing', undefined],
      ['an empty text', ''],
      ['12 letters', 'AcmeAcmeAcme'],
      ['a space', 'Acme Co'],
      ['a line break', 'Acme\n'],
      ['letters beyond ASCII', 'Ácme'],
      ['a number with spaces', '+44 7700 900999'],
      ['a number of 16 digits', '+1234567890123456'],
      ['12 digits without a plus', '447700900999'],
      ['an object', { toString: () => 'Acme' }],
    ])('[DEL-7] with %s in `from`', (_what, from) => {
      expect(make({ from })).toThrow(
        expect.objectContaining({
          code: 'options_invalid',
          message: expect.stringContaining('`from`'),
        }),
      );
    });

    it('with an option that does not exist, and names those that do', () => {
      expect(make({ from: FROM, timeoutMS: 1 })).toThrow(/no option `timeoutMS`.*`timeoutMs`/);
    });

    it('without options', () => {
      expect(make(undefined)).toThrow(/`from` must be/);
    });

    it('without the SDK', () => {
      const none = {} as unknown as typeof vonage;
      expect(() => vonageSender(none, { from: FROM })).toThrow(/instance of the SDK/);
    });
  });
});
