import { randomUUID } from 'node:crypto';

import { nextOf } from '../support/next-of.ts';

/** An answer as a visitor sees it. `body` is parsed if it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

type Headed = Readonly<Record<string, string>>;

interface Init {
  readonly method?: string;
  readonly headers?: Headed;
  readonly body?: string;
}

/** Someone who visits the example with a cookie jar, and follows no redirect. */
export class Visitor {
  readonly email = `ada-${randomUUID()}@example.com`;
  readonly password = 'correct horse';
  userId = '';
  readonly #cookies = new Map<string, string>();
  readonly #url: string;
  readonly #headers: Headed;
  #at = '/';

  constructor(url: string, headers: Headed = {}) {
    this.#url = url;
    this.#headers = headers;
  }

  /** A call of the JSON API. */
  call(method: string, path: string, body?: object): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.#fetch(`/v1${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  /** A page, asked for as a browser does. */
  page(path: string): Promise<Answer> {
    this.#at = path;
    return this.#fetch(path, { headers: { accept: HTML } });
  }

  /** A form that the page looked at last sends; `from` is what the browser says about that page. */
  form(path: string, fields: Headed, from: Headed = SAME_ORIGIN): Promise<Answer> {
    const body = new URLSearchParams(fields).toString();
    const type = 'application/x-www-form-urlencoded';
    const headers = {
      accept: HTML,
      'content-type': type,
      referer: this.#url + this.#at,
      ...from,
    };
    return this.#fetch(path, { method: 'POST', headers, body });
  }

  /** Sends the form of a page whose `action` holds this, as a click on its button does. */
  submit({ text }: Answer, action: string, fields: Headed = {}): Promise<Answer> {
    for (const [form, path = ''] of text.matchAll(/<form [^>]*action="([^"]+)".*?<\/form>/gs)) {
      if (!path.includes(action)) continue;
      const hidden = [...form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)];
      const sent = Object.fromEntries(hidden.map(([, name, value]) => [name, value]));
      return this.form(unescaped(path), { ...sent, ...fields }).then((answer) =>
        this.follow(answer),
      );
    }
    throw new Error(`The page has no form for ${action}.`);
  }

  /** Where an answer leads in the end. */
  async follow(answer: Answer): Promise<Answer> {
    const place = answer.headers.get('location') ?? nextOf(answer.text);
    return place === undefined ? answer : this.follow(await this.page(place));
  }

  async register(more: object = {}): Promise<Answer> {
    const { email, password } = this;
    const body = { userId: 'unique()', email, password, name: 'Ada', ...more };
    const answer = await this.call('POST', '/account', body);
    this.userId = String(answer.body['$id']);
    return answer;
  }

  signIn(): Promise<Answer> {
    const { email, password } = this;
    return this.call('POST', '/account/sessions/email', { email, password });
  }

  signOut(): Promise<Answer> {
    return this.call('DELETE', '/account/sessions/current');
  }

  async #fetch(path: string, init: Init): Promise<Answer> {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const headers = { ...this.#headers, ...init.headers, cookie };
    const response = await fetch(this.#url + path, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    const body = isJson ? (JSON.parse(text) as Answer['body']) : {};
    return { status: response.status, headers: response.headers, body, text };
  }
}

const unescaped = (text: string): string => text.replaceAll('&amp;', '&');
const HTML = 'text/html,application/xhtml+xml,*/*;q=0.8';
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };
