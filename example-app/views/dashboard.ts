import type { User } from '../../lib/index.ts';
import type { Account, Movement } from '../ledger.ts';
import { alert } from './alert.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { View } from './layout.ts';
import { money } from './money.ts';

interface Dashboard {
  readonly user: User;
  readonly account: Account;
  /** Whether this user's sign-in asks for a second factor. */
  readonly isProtected: boolean;
  /** The transfer that was made just now. */
  readonly paid?: Movement | undefined;
  /** A transfer that was not as expected, and what was wrong with it. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly error?: string;
}

export function dashboardPage(dashboard: Dashboard): View {
  const { user, account, isProtected, paid } = dashboard;
  return {
    title: 'Your account',
    member: true,
    body: html`<h1>Hello, ${user.name || 'and welcome'}</h1>
      ${paid && paidNotice(paid)} ${!isProtected && hint}
      <div class="columns">
        <div>
          <section class="balance" aria-labelledby="balance">
            <h2 id="balance">Current account</h2>
            <p class="amount">${money(account.balance)}</p>
            <p>${user.email}</p>
          </section>
          <section class="card" aria-labelledby="recent">
            <h2 id="recent">Recent movements</h2>
            <ul class="movements">
              ${account.movements.slice(0, RECENT).map(movementItem)}
            </ul>
          </section>
        </div>
        ${transferForm(dashboard)}
      </div>`,
  };
}

const RECENT = 12;

const hint = html`<aside class="notice hint">
  <p>
    <strong>Protect your money.</strong> Whoever learns your password is in. A second step keeps
    them out.
  </p>
  <a class="button" href="/security">Set up two-step sign-in</a>
</aside>`;

function paidNotice({ name, cents }: Movement): Html {
  return html`<p class="notice good" role="status">${money(-cents)} sent to ${name}.</p>`;
}

function movementItem({ name, reference, cents, at }: Movement): Html {
  return html`<li>
    <span class="initial" aria-hidden="true">${/./u.exec(name)?.[0]}</span>
    <span>
      <strong>${name}</strong>
      <small>${reference && `${reference} · `}${date.format(at)}</small>
    </span>
    <span class="amount ${cents > 0 && 'in'}">${cents > 0 && '+'}${money(cents)}</span>
  </li>`;
}

const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

function transferForm({ typed = {}, error }: Dashboard): Html {
  return html`<section class="card" aria-labelledby="send">
    <h2 id="send">Send money</h2>
    ${alert(error)}
    <form class="stack" method="post" action="/transfers">
      <label>
        To
        <input
          name="to"
          autocomplete="off"
          maxlength="70"
          placeholder="Grace Hopper"
          value="${typed['to']}"
          required
        />
      </label>
      <label>
        Amount in euros
        <input
          name="amount"
          autocomplete="off"
          inputmode="decimal"
          maxlength="10"
          placeholder="12.50"
          value="${typed['amount']}"
          required
        />
      </label>
      <label>
        Reference <span class="hint">optional</span>
        <input name="reference" autocomplete="off" maxlength="140" value="${typed['reference']}" />
      </label>
      <button>Continue</button>
    </form>
    <p class="muted">Nothing leaves before you have confirmed it with a fresh code.</p>
  </section>`;
}
