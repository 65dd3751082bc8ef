/**
 * What pages do where scripts run, and go without where they do not: counting down, the reader's
 * own time zone, and copying, saving and printing recovery codes.
 */
export const script = `
'use strict';
for (const time of document.querySelectorAll('time')) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
  time.textContent = format.format(new Date(time.dateTime));
}

// Sent twice, the second would come with a session that the first has moved on.
addEventListener('submit', (event) => {
  const buttons = event.target.querySelectorAll('button');
  setTimeout(() => buttons.forEach((button) => { button.disabled = true; }));
  addEventListener('pageshow', () => buttons.forEach((button) => { button.disabled = false; }), { once: true });
});

for (const element of document.querySelectorAll('[data-countdown]')) {
  const end = Date.now() + Number(element.dataset.countdown) * 1000;
  const form = element.closest('[data-rest]');
  const button = form && form.querySelector('button');
  if (button) button.disabled = true;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    const hours = Math.floor(left / 3600);
    const parts = [Math.floor(left / 60) % 60, left % 60].map((part) => String(part).padStart(2, '0'));
    element.textContent = (hours > 0 ? hours + ':' : '') + parts.join(':');
    if (left > 0) return;
    clearInterval(timer);
    // The address says which way it was; a page that answered a form is asked for anew, not sent again.
    if (element.dataset.then === 'reload') location.replace(location.href);
    if (button) {
      button.disabled = false;
      for (const rest of form.querySelectorAll('[data-while-resting]')) rest.hidden = true;
      for (const ready of form.querySelectorAll('[data-when-ready]')) ready.textContent = ready.dataset.whenReady;
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

const codes = document.querySelector('[data-codes]');
if (codes) {
  const lines = [...codes.children].map((item) => item.textContent);
  const text = [codes.dataset.sheet, '', ...lines, ''].join('\\n');
  const on = (name, act) => {
    const button = document.querySelector('[data-' + name + ']');
    if (!button) return;
    button.hidden = false;
    button.addEventListener('click', act);
  };
  if (navigator.clipboard) on('copy', async () => {
    await navigator.clipboard.writeText(text);
    document.querySelector('[data-said]').textContent = codes.dataset.copied;
  });
  on('download', () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const anchor = Object.assign(document.createElement('a'), { href: url, download: codes.dataset.file });
    anchor.click();
    URL.revokeObjectURL(url);
  });
  on('print', () => print());
}
`.trim();
