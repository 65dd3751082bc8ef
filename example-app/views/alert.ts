import { html } from './html.ts';
import type { Html } from './html.ts';

/** What went wrong, if anything: a screen reader says it at once. */
export function alert(message: string | undefined): Html | undefined {
  return message === undefined
    ? undefined
    : html`<p class="notice bad" role="alert">${message}</p>`;
}
