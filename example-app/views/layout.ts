import { brand } from '../brand.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** What one page adds to what all of them share. */
export interface View {
  readonly title: string;
  readonly body: Html;
  /** Whom the links at the top are for; left out: there are none. */
  readonly links?: 'visitor' | 'member';
  /** What only this page needs in its head. */
  readonly head?: Html;
}

/** Makes a whole page of a view. */
export type Render = (view: View) => string;

/** Nothing is inline and nothing from elsewhere, so helmet's policy holds. */
export function createRender({ outbox }: { readonly outbox: boolean }): Render {
  return ({ title, body, links, head }) =>
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <title>${title} · ${brand.name}</title>
          <link rel="icon" href="${brand.logo}" />
          <link rel="stylesheet" href="/public/style.css" />
          ${head}
        </head>
        <body>
          <a class="skip" href="#main">Skip to content</a>
          <header>
            <a class="brand" href="${links === 'member' ? '/account' : '/'}">
              <img src="${brand.logo}" alt="" width="32" height="32" />
              ${brand.name}
            </a>
            ${outbox && outboxLink} ${links && html`<nav>${LINKS[links]}</nav>`}
          </header>
          <main id="main">${body}</main>
          <footer>
            <p>${brand.name} is an example. The second step of its sign-in is express-mfa.</p>
          </footer>
        </body>
      </html>`.text;
}

const LINKS = {
  visitor: html`<a href="/login">Sign in</a>`,
  member: html`<a href="/account">Account</a>
    <a href="/security">Security</a>
    <form method="post" action="/logout"><button class="link">Sign out</button></form>`,
};

/** In a tab of its own, to have beside the page that asks for a code. */
const outboxLink = html`<a class="chip" href="/outbox" target="outbox">Phone &amp; inbox</a>`;
