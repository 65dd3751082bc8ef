import { html } from './html.ts';
import type { Html } from './html.ts';

/** A whole page; `script` is one of `public/`. Nothing inline, so helmet's policy holds. */
export function page(title: string, body: Html, script?: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/public/style.css" />
        ${script && html`<script type="module" src="/public/${script}.js"></script>`}
      </head>
      <body>
        <nav>
          <a href="/">Home</a> <a href="/account">Account</a> <a href="/security">Security</a>
        </nav>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.text;
}

/** What a screen reader says at once. */
export function alert(message: string | undefined): Html {
  return message === undefined ? html`` : html`<p role="alert">${message}</p>`;
}

export function errorPage(message: string): string {
  return page('Something is wrong', html`${alert(message)}`);
}
