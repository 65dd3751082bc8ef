import type { Mail, Sent, TextMessage } from '../outbox.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { View } from './layout.ts';

/** Somebody's phone and somebody's inbox, the newest first in both. */
export function outboxPage(messages: readonly Sent[]): View {
  const texts = messages.filter((message) => message.channel === 'sms');
  const mails = messages.filter((message) => message.channel === 'email');
  return {
    title: 'Phone & inbox',
    head,
    body: html`<div class="title">
        <h1>Phone &amp; inbox</h1>
        <p class="muted">
          Every mail and text of this app ends here, and nowhere else. New ones appear by
          themselves.
        </p>
      </div>
      <div class="devices" data-live>
        <section class="phone" aria-labelledby="phone">
          <h2 id="phone">Messages</h2>
          <div class="screen" role="group" aria-labelledby="phone" tabindex="0">
            ${texts.length > 0 ? texts.map(bubble) : html`<p class="empty">No texts yet.</p>`}
          </div>
        </section>
        <section class="inbox" aria-labelledby="inbox">
          <h2 id="inbox">Inbox</h2>
          ${mails.length > 0 ? mails.map(mailItem) : html`<p class="empty">No mails yet.</p>`}
        </section>
      </div>`,
  };
}

const head = html`<script type="module" src="/public/outbox.js"></script>
  <noscript><meta http-equiv="refresh" content="5" /></noscript>`;

function bubble({ id, from, to, text, at }: Sent<TextMessage>): Html {
  return html`<article id="message-${id}">
    <h3>${from} <span>to ${to}, ${clock(at)}</span></h3>
    <p class="bubble">${withCode(text)}</p>
  </article>`;
}

function mailItem(
  { id, from, to, subject, text, html: rich, at }: Sent<Mail>,
  index: number,
): Html {
  const plain = html`<pre>${withCode(text)}</pre>`;
  return html`<details id="message-${id}" class="mail" ${index === 0 && 'open'}>
    <summary>
      <strong>${subject}</strong>
      <span>${from} to ${to}</span>
      ${clock(at)}
      <span class="preview">${text.slice(0, PREVIEW)}</span>
    </summary>
    ${rich === undefined ? plain : richMail(id, plain)}
  </details>`;
}

const PREVIEW = 120;

/** In a frame without any rights, as a mail program would show it. */
function richMail(id: number, plain: Html): Html {
  return html`<iframe
      src="/outbox/${id}.html"
      title="The mail as HTML"
      loading="lazy"
      sandbox
    ></iframe>
    <details>
      <summary>As plain text</summary>
      ${plain}
    </details>`;
}

/** Marks the code, so that one click takes it. */
function withCode(text: string): Html {
  const { index, 0: code } = /\b\d{6,10}\b/.exec(text) ?? { index: text.length, 0: '' };
  const rest = text.slice(index + code.length);
  return html`${text.slice(0, index)}${code && html`<b class="code">${code}</b>`}${rest}`;
}

function clock(at: string): Html {
  return html`<time datetime="${at}">${new Date(at).toLocaleTimeString('en-GB')}</time>`;
}
