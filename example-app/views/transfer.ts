import type { Transfer } from '../ledger.ts';
import { html } from './html.ts';
import type { View } from './layout.ts';
import { money } from './money.ts';

export function transferPage({ id, to, cents, reference }: Transfer): View {
  return {
    title: 'Confirm the transfer',
    member: true,
    body: html`<section class="card narrow">
      <h1>Send ${money(cents)}?</h1>
      <dl>
        <dt>To</dt>
        <dd>${to}</dd>
        <dt>Amount</dt>
        <dd>${money(cents)}</dd>
        ${reference && [html`<dt>Reference</dt>`, html`<dd>${reference}</dd>`]}
      </dl>
      <form class="actions" method="post" action="/transfers/${id}">
        <button>Send it</button>
        <a class="button quiet" href="/account">Cancel</a>
      </form>
    </section>`,
  };
}
