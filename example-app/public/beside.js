// Opens the phone and the inbox as a slim window at the side, where they stay in sight while a page
// asks for a code. Without this, and where windows are refused, the link opens a tab.
const WIDTH = 480;

for (const link of document.querySelectorAll('a[target="outbox"]')) {
  link.addEventListener('click', (event) => {
    const { availWidth, availHeight } = screen;
    const place = `left=${availWidth - WIDTH},top=0,width=${WIDTH},height=${availHeight}`;
    const opened = window.open(link.href, link.target, `popup,${place}`);
    if (!opened) return;
    opened.focus();
    event.preventDefault();
  });
}
