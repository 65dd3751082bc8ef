import express from 'express';

import { createOutbox } from '../../example-app/outbox.ts';
import { outboxRoutes } from '../../example-app/routes/outbox.ts';
import { createRender } from '../../example-app/views/layout.ts';
import { listen } from '../readme/listen.ts';
import type { Listening } from '../readme/listen.ts';

const outbox = createOutbox();
let server: Listening;
beforeAll(async () => {
  server = await listen(express().use(outboxRoutes(outbox, createRender({ outbox: true }))));
});
afterAll(() => server.close());

const MAIL = { channel: 'email', from: 'Larch Bank', to: 'ada@example.com' } as const;
const TEXT = { channel: 'sms', from: 'LarchBank', to: '+14155552671' } as const;

async function get(path: string): Promise<{ status: number; text: string; policy: string | null }> {
  const response = await fetch(server.origin + path);
  const policy = response.headers.get('content-security-policy');
  return { status: response.status, text: await response.text(), policy };
}

/** The parts of the page: what is on the phone, and what is in the inbox. */
async function devices(): Promise<readonly [string, string]> {
  const [, phone = '', inbox = ''] = (await get('/outbox')).text.split('<section');
  return [phone, inbox];
}

describe('the outbox of the example', () => {
  it('is an empty phone and an empty inbox at first', async () => {
    const [phone, inbox] = await devices();
    expect(phone).toContain('No texts yet.');
    expect(inbox).toContain('No mails yet.');
  });

  it('shows texts on the phone and mails in the inbox, the newest first, with their code marked', async () => {
    for (const code of ['111111', '222222']) {
      outbox.add({ ...TEXT, text: `${code} is your code.\n\n@localhost #${code}` });
      outbox.add({ ...MAIL, subject: `Code ${code}`, text: `${code} is your code.` });
    }
    for (const device of await devices()) {
      const codes = [...device.matchAll(/<b class="code">(\d+)<\/b>/g)].map(([, code]) => code);
      expect(codes).toEqual(['222222', '111111']);
    }
    const [phone, inbox] = await devices();
    expect(phone).toContain('+14155552671');
    expect(inbox.match(/Code 222222|Code 111111/g)).toEqual(['Code 222222', 'Code 111111']);
    // Without the script a browser loads it anew by itself.
    expect((await get('/outbox')).text).toContain('<noscript><meta http-equiv="refresh"');
  });

  it('escapes what stands in messages', async () => {
    outbox.add({ ...MAIL, subject: '<i>Subject</i>', text: '<script>alert(1)</script>' });
    const { text } = await get('/outbox');
    expect(text).toContain('&#60;i&#62;Subject');
    expect(text).not.toContain('<script>alert');
  });

  it('shows the HTML of a mail in a frame without rights, beside its text', async () => {
    outbox.add({
      ...MAIL,
      subject: 'Both',
      text: 'as text',
      html: '<p style="color:red">rich</p>',
    });
    const [, src = ''] =
      /<iframe\s+src="([^"]+)"[^>]*\ssandbox\s*>/.exec((await devices())[1]) ?? [];
    expect((await devices())[1]).toContain('as text');
    expect(await get(src)).toEqual({
      status: 200,
      text: '<p style="color:red">rich</p>',
      policy: "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    });
  });

  it.each([1, 2, 99])('has no HTML of message %i, which brought none', async (id) => {
    expect((await get(`/outbox/${id}.html`)).status).toBe(404);
  });
});
