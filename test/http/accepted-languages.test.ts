import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import { acceptedLanguages } from '../../lib/http/accepted-languages.ts';

describe('the languages that a browser accepts', () => {
  it('are none of a WebSocket upgrade, which Express never saw', () => {
    const req = new IncomingMessage(new Socket());
    req.headers['accept-language'] = 'de-AT,de;q=0.9';
    expect(acceptedLanguages(req)).toEqual([]);
  });
});
