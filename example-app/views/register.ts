import { alert } from './alert.ts';
import { html } from './html.ts';
import type { View } from './layout.ts';

export function registerPage(error?: string, typed: Readonly<Record<string, string>> = {}): View {
  return {
    title: 'Open an account',
    body: html`<section class="card narrow">
      <h1>Open an account</h1>
      <p class="muted">Nothing here is real: make a name and an address up.</p>
      ${alert(error)}
      <form class="stack" method="post" action="/register">
        <label>
          Name
          <input name="name" autocomplete="name" maxlength="128" value="${typed['name']}" />
        </label>
        <label>
          E-mail
          <input
            name="email"
            type="email"
            autocomplete="username"
            placeholder="ada@example.com"
            value="${typed['email']}"
            required
          />
        </label>
        <label>
          Password <span class="hint">8 characters or more</span>
          <input
            name="password"
            type="password"
            autocomplete="new-password"
            minlength="8"
            maxlength="256"
            required
          />
        </label>
        <button>Open the account</button>
      </form>
      <p class="muted">Already a customer? <a href="/login">Sign in</a></p>
    </section>`,
  };
}
