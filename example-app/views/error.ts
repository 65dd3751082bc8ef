import { html } from './html.ts';
import type { View } from './layout.ts';

export function errorPage(message: string): View {
  return {
    title: 'Something is wrong',
    body: html`<section class="card narrow">
      <h1>Something is wrong</h1>
      <p role="alert">${message}</p>
      <p><a class="button quiet" href="/account">Back to the account</a></p>
    </section>`,
  };
}
