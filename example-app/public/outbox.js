// Shows what has arrived. Until then nothing is touched: an opened mail stays open, a selection too.
const EVERY_MS = 1500;

for (;;) {
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  const response = await fetch('/outbox').catch(() => undefined);
  if (!response?.ok) continue;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (messagesOf(page) === messagesOf(document)) continue;
  document.querySelector('[data-live]').replaceWith(page.querySelector('[data-live]'));
}

function messagesOf(page) {
  return [...page.querySelectorAll('[id^="message-"]')].map(({ id }) => id).join();
}
