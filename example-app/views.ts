import type { User } from '../lib/index.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { alert, page } from './layout.ts';

type Fields = Readonly<Record<string, string>>;

export function homePage(): string {
  return page(
    'An app with users',
    html`<p>
        It has users, passwords and sessions of its own, and express-mfa for the second step.
      </p>
      <ol>
        <li><a href="/register">Register</a> or <a href="/login">sign in</a>.</li>
        <li>
          Set up a second factor and switch two-step sign-in on at <a href="/security">security</a>.
        </li>
        <li>
          Sign out, and in again: the <a href="/account">account</a> now asks for the second factor.
        </li>
      </ol>`,
  );
}

export function registerPage(error?: string, typed: Fields = {}): string {
  return page(
    'Register',
    html`${alert(error)}
      <form method="post" action="/register">
        <label>
          Name
          <input name="name" autocomplete="name" maxlength="128" value="${typed['name']}" />
        </label>
        ${emailField(typed)}
        <label>
          Password, 8 characters or more
          <input
            name="password"
            type="password"
            autocomplete="new-password"
            minlength="8"
            required
          />
        </label>
        <button>Register</button>
      </form>
      <p>Or <a href="/login">sign in</a>.</p>`,
  );
}

export function loginPage(error?: string, typed: Fields = {}): string {
  return page(
    'Sign in',
    html`${alert(error)}
      <form method="post" action="/login">
        ${emailField(typed)}
        <label>
          Password
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <button>Sign in</button>
      </form>
      <p>Or <a href="/register">register</a>.</p>`,
  );
}

export function accountPage({ name, email }: User): string {
  return page(
    'Your account',
    html`<p>
        You are ${name || 'signed in'} (${email}), and you have brought all that was asked for.
      </p>
      <p><a href="/security">Security</a>, <a href="/v1/reports">reports</a></p>
      ${logout}`,
  );
}

/** `public/challenge.js` does the rest. */
export function challengePage(): string {
  return page(
    'One step more',
    html`<p id="message" role="status"></p>
      <p id="choices" class="row"></p>
      <form id="answer" hidden>
        <label>
          <span id="label"></span>
          <input id="code" name="code" autocomplete="one-time-code" maxlength="64" required />
        </label>
        <button>Continue</button>
      </form>
      ${logout}`,
    'challenge',
  );
}

/** `public/security.js` does the rest. */
export function securityPage({ email, phone }: User): string {
  return page(
    'Security',
    html`<p id="message" role="status"></p>
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
      ${logout}`,
    'security',
  );
}

const logout = html`<form method="post" action="/logout"><button>Sign out</button></form>`;

function emailField({ email }: Fields): Html {
  return html`<label>
    E-mail
    <input name="email" type="email" autocomplete="username" value="${email}" required />
  </label>`;
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
