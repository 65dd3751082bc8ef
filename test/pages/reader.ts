import type { Browser } from '../support/app.ts';
import { nextOf } from '../support/next-of.ts';

/** What a browser shows: the page, where it is, and the way there. */
export interface Page {
  readonly status: number;
  readonly path: string;
  readonly html: string;
  /** What is to be read on it. */
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Reads pages as somebody does without scripts: follows where they lead, and links, fills in forms. */
export class Reader {
  page: Page = { status: 0, path: '', html: '', text: '', headers: {} };
  readonly browser: Browser;
  readonly #languages: string;
  #sent: readonly [path: string, fields: Readonly<Record<string, string>>] = ['', {}];

  constructor(browser: Browser, languages = 'en') {
    this.browser = browser;
    this.#languages = languages;
  }

  async open(path: string): Promise<Page> {
    return this.#arrive(path, await this.#asking(this.browser.agent.get(path)));
  }

  /** Follows the link that says so. */
  async follow(text: string): Promise<Page> {
    const links = [...this.page.html.matchAll(/<a [^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs)];
    const link = links.find(([, , inner = '']) => textOf(inner).includes(text));
    if (!link) throw new Error(`No link says "${text}" at ${this.page.path}: ${this.page.text}`);
    return this.open(plain(link[1] ?? ''));
  }

  /** Presses the button that says so, with these fields filled in. */
  async press(text: string, fields: Readonly<Record<string, string>> = {}): Promise<Page> {
    const forms = [...this.page.html.matchAll(/<form [^>]*?action="([^"]*)"[^>]*>(.*?)<\/form>/gs)];
    const form = forms.find(([, , inner = '']) => buttonOf(inner, text) !== undefined);
    if (!form) throw new Error(`No button says "${text}" at ${this.page.path}: ${this.page.text}`);
    const [, action = '', inner = ''] = form;
    return this.send(plain(action), {
      ...valuesIn(inner),
      ...valuesIn(buttonOf(inner, text) ?? ''),
      ...fields,
    });
  }

  async send(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    this.#sent = [path, fields];
    const request = this.browser.agent.post(path).type('form').send(fields);
    return this.#arrive(path, await this.#asking(request.set('origin', this.browser.origin)));
  }

  /** Sends the last form once more, as a reload of what it showed does. */
  async reload(): Promise<Page> {
    return this.send(...this.#sent);
  }

  #asking<T extends { set(name: string, value: string): T }>(request: T): T {
    return request
      .set('accept', 'text/html,application/xhtml+xml,*/*;q=0.8')
      .set('accept-language', this.#languages)
      .set('sec-fetch-site', 'same-origin');
  }

  async #arrive(
    path: string,
    answer: {
      readonly status: number;
      /** An image has none. */
      readonly text?: string | undefined;
      readonly headers: Record<string, string>;
    },
  ): Promise<Page> {
    const { status, text: html = '', headers } = answer;
    if (status === 303 && headers.location) return this.open(headers.location);
    const next = nextOf(html);
    if (next !== undefined) return this.open(next);
    this.page = { status, path, html, text: textOf(html), headers };
    return this.page;
  }
}

function buttonOf(form: string, text: string): string | undefined {
  const buttons = [...form.matchAll(/<button[^>]*>.*?<\/button>/gs)].map(([button]) => button);
  return buttons.find((button) => textOf(button) === text);
}

function valuesIn(html: string): Readonly<Record<string, string>> {
  const tags = [...html.matchAll(/<(?:input|button)\s[^>]*>/g)].map(([tag]) => tag);
  const attribute = (tag: string, name: string): string | undefined =>
    new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  const pairs = tags.flatMap((tag) => {
    const [name, value] = [attribute(tag, 'name'), attribute(tag, 'value')];
    return name === undefined || (value === undefined && tag.startsWith('<button'))
      ? []
      : [[name, plain(value ?? '')] as const];
  });
  return Object.fromEntries(pairs);
}

export function textOf(html: string): string {
  const body = html.replace(/<head>.*<\/head>|<svg.*?<\/svg>/gs, ' ');
  const words = body.replace(/<\/?(?:bdi|time|span data-countdown)\b[^>]*>/g, '');
  return plain(words.replace(/(\S)<\/span>(?=[,.])/g, '$1').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function plain(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
