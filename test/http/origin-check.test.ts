import { EXPRESS, startApp } from '../support/app.ts';
import { sendRaw } from '../support/raw-http.ts';

it.each(EXPRESS)(
  'a request of HTTP/1.0 without a host is of no origin, on %s [TRN-1] [A65]',
  async (_name, framework) => {
    const app = await startApp({ framework });
    const port = Number(new URL(app.browser().origin).port);
    const status = async (origin: string, host = ''): Promise<number> => {
      const head = `DELETE /v1/account/sessions HTTP/1.0\r\nOrigin: ${origin}\r\n${host}\r\n`;
      return (await sendRaw(port, head)).status;
    };
    for (const origin of ['null', 'undefined', '', 'file://', 'https://evil.example']) {
      expect([origin, await status(origin)]).toEqual([origin, 403]);
      expect([origin, await status(origin, 'Host: \r\n')]).toEqual([origin, 403]);
    }
    expect(await status('http://Acme.example', 'Host: acme.EXAMPLE\r\n')).toBe(401);
    await app.close();
  },
);
