import { brand } from '../brand.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** What one page adds to what all of them share. */
export interface View {
  readonly title: string;
  readonly body: Html;
  /** Whether it is for who is signed in: then there are links at the top. */
  readonly member?: boolean;
  /** What only this page needs in its head. */
  readonly head?: Html;
}

/** Makes a whole page of a view. */
export type Render = (view: View) => string;

/** Nothing is inline and nothing from elsewhere, so helmet's policy holds. */
export function createRender({ outbox }: { readonly outbox: boolean }): Render {
  return ({ title, body, member = false, head }) =>
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <meta name="color-scheme" content="light dark" />
          <title>${title} · ${brand.name}</title>
          <link rel="icon" href="${brand.logo}" />
          <link rel="stylesheet" href="/public/style.css" />
          ${outbox && besideScript} ${head}
        </head>
        <body>
          <a class="skip" href="#main">Skip to content</a>
          <header>
            <a class="brand" href="${member ? '/account' : '/'}">
              <img src="${brand.logo}" alt="" width="32" height="32" />
              ${brand.name}
            </a>
            ${outbox && outboxLink} ${member && memberLinks}
          </header>
          <main id="main">${body}</main>
          <footer>
            <p>${brand.name} is an example. The second step of its sign-in is express-mfa.</p>
          </footer>
        </body>
      </html>`.text;
}

const memberLinks = html`<nav>
  <a href="/account">Account</a>
  <a href="/security">Security</a>
  <form method="post" action="/logout"><button class="link">Sign out</button></form>
</nav>`;

/** In a window of its own, to have beside the page that asks for a code. */
const outboxLink = html`<a class="chip" href="/outbox" target="outbox">Phone &amp; inbox</a>`;

const besideScript = html`<script type="module" src="/public/beside.js"></script>`;
