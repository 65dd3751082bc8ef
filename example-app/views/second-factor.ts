import type { User } from '../../lib/index.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { View } from './layout.ts';

const script = (name: string): Html =>
  html`<script type="module" src="/public/${name}.js"></script>`;

/** `public/challenge.js` does the rest. */
export function challengePage(): View {
  return {
    title: 'One step more',
    head: script('challenge'),
    body: html`<section class="card narrow">
      <h1>One step more</h1>
      <p id="message" role="status"></p>
      <p id="choices" class="row"></p>
      <form id="answer" hidden>
        <label>
          <span id="label"></span>
          <input id="code" name="code" autocomplete="one-time-code" maxlength="64" required />
        </label>
        <button>Continue</button>
      </form>
    </section>`,
  };
}

/** `public/security.js` does the rest. */
export function securityPage({ email, phone }: User): View {
  return {
    title: 'Security',
    member: true,
    head: script('security'),
    body: html`<div class="card narrow">
      <h1>Security</h1>
      <p id="message" role="status"></p>
      <section>
        <h2>Two-step sign-in</h2>
        <p>It is <strong id="state">…</strong>. <button id="switch" hidden></button></p>
        <ul id="authenticators"></ul>
      </section>
      <section>
        <h2>Authenticator app</h2>
        <button id="add-totp">Set up</button>
        <div id="totp" hidden>
          <p>Scan this with the app, or type the key into it.</p>
          <img id="qr" alt="The key as a QR code" width="200" height="200" />
          <p><code id="secret"></code></p>
          ${codeForm('totp')}
        </div>
      </section>
      <section>
        <h2>Codes by e-mail</h2>
        <button id="add-email">Send a code to ${email}</button>
        <div id="email" hidden>${codeForm('email')}</div>
      </section>
      <section>
        <h2>Codes by SMS</h2>
        <form id="add-phone">
          <label>
            Number, such as +14155552671
            <input name="phone" type="tel" autocomplete="tel" value="${phone}" required />
          </label>
          <label>
            Password
            <input name="password" type="password" autocomplete="current-password" required />
          </label>
          <button>Send a code</button>
        </form>
        <div id="phone" hidden>${codeForm('phone')}</div>
      </section>
      <section>
        <h2>Recovery codes</h2>
        <p>For the day on which nothing else is at hand. Each is good once; they are shown once.</p>
        <button id="add-codes">Make new codes</button>
        <pre id="codes" hidden></pre>
      </section>
    </div>`,
  };
}

function codeForm(factor: string): Html {
  return html`<form data-confirm="${factor}">
    <label>
      Code
      <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required />
    </label>
    <button>Confirm</button>
  </form>`;
}
