import type { Answer, Visitor } from './visitor.ts';

/** Asks for a page as a browser does. */
export function openPage(visitor: Visitor, path: string): Promise<Answer> {
  return visitor.get(path, { accept: 'text/html' });
}

/** Sends a form of one of the pages, by default from that page. */
export function sendForm(
  visitor: Visitor,
  path: string,
  fields: Readonly<Record<string, string>> = {},
  from: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = new URLSearchParams(fields).toString();
  const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
  return visitor.post(path, body, { ...headers, ...from });
}

/** The one way that a challenge page offers first. */
export function wayOn({ text }: Answer): string {
  const [, way = ''] = /name="with" value="([^"]+)"/.exec(text) ?? [];
  return way;
}
