import { brand } from '../brand.ts';
import { html } from './html.ts';
import type { View } from './layout.ts';

/** Says what this is, and what to do. `outbox`: whether mails and texts can be looked at here. */
export function landingPage(outbox: boolean): View {
  return {
    title: 'Welcome',
    body: html`<section class="hero">
        <div>
          <h1>The bank that asks twice</h1>
          <p class="lead">
            ${brand.name} is made up: an Express app with users, passwords and sessions of its own.
            Its second question comes from express-mfa. To see all of it takes two minutes.
          </p>
          <p class="actions">
            <a class="button" href="/register">Open an account</a>
            <a class="button quiet" href="/login">Sign in</a>
          </p>
        </div>
        ${scene}
      </section>
      <section aria-labelledby="story">
        <h2 id="story">Three steps</h2>
        <ol class="steps">
          <li>
            <h3>Open an account</h3>
            <p>
              Any name and any address will do, such as ada@example.com. The money is there already.
            </p>
          </li>
          <li>
            <h3>Protect it</h3>
            <p>Set up two-step sign-in: an app, a mail or a text. ${outbox && whereCodesArrive}</p>
          </li>
          <li>
            <h3>Try to get at it</h3>
            <p>
              Send money, and a fresh code is asked for. Sign out and in again, and the password
              alone no longer does.
            </p>
          </li>
        </ol>
      </section>`,
  };
}

const whereCodesArrive = html`What is sent arrives at
  <a href="/outbox" target="outbox">Phone &amp; inbox</a>: have it open beside this page.`;

/** A picture; it says nothing that the words do not. */
const scene = html`<div class="scene" aria-hidden="true">
  <div class="bank-card">
    <strong>${brand.name}</strong>
    <span>•••• 1815</span>
    <span>Ada Lovelace</span>
  </div>
  <p class="bubble"><b class="code">482913</b> is your ${brand.name} code.</p>
</div>`;
