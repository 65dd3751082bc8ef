import { alert } from './alert.ts';
import { html } from './html.ts';
import type { View } from './layout.ts';

interface LoginForm {
  /** Where to go on afterwards. */
  readonly returnTo: string;
  readonly email?: string;
  readonly error?: string;
}

export function loginPage({ returnTo, email, error }: LoginForm): View {
  return {
    title: 'Sign in',
    body: html`<section class="card narrow">
      <h1>Sign in</h1>
      ${alert(error)}
      <form class="stack" method="post" action="/login">
        <input type="hidden" name="returnTo" value="${returnTo}" />
        <label>
          E-mail
          <input name="email" type="email" autocomplete="username" value="${email}" required />
        </label>
        <label>
          Password
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <button>Sign in</button>
      </form>
      <p class="muted">New here? <a href="/register">Open an account</a></p>
    </section>`,
  };
}
