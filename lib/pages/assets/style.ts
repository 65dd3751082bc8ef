/** The style of all pages; colors are custom properties, sides are logical, so that it can be mirrored. */
export const style = `
:root {
  color-scheme: light dark;
  --accent: #1d4fd7;
  --on-accent: #ffffff;
  --background: #f3f4f7;
  --surface: #ffffff;
  --text: #16181d;
  --soft: color-mix(in srgb, var(--text) 68%, var(--surface));
  --line: color-mix(in srgb, var(--text) 16%, var(--surface));
  --field: color-mix(in srgb, var(--text) 52%, var(--surface));
  --error: #b3201f;
  --success: #17663a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --accent: #9db8ff;
    --on-accent: #10131a;
    --background: #111318;
    --surface: #1b1e25;
    --text: #eceef3;
    --error: #ffb1aa;
    --success: #8fdcae;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { font: 1rem/1.55 system-ui, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; color: var(--text); background: var(--background); overflow-wrap: anywhere; }
header, main { max-width: 34rem; margin: 0 auto; padding-inline: 1.25rem; }
header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-block: 1.25rem .75rem; }
main { padding-block: 0 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em; margin: .75rem 0 1.25rem; }
h2 { font-size: 1.05rem; line-height: 1.4; margin: 0 0 .5rem; }
p { margin: 0 0 1rem; }
a { color: var(--accent); text-underline-offset: .18em; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px;
}
.brand { display: inline-flex; align-items: center; gap: .6rem; font-weight: 650; color: inherit; text-decoration: none; min-height: 2.5rem; }
p > a:only-child:not(.button) { display: inline-block; padding-block: .2rem; }
.skip { position: absolute; inset-inline-start: 1rem; top: -6rem; padding: .6rem 1rem; background: var(--surface); z-index: 1; }
.skip:focus { top: 1rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem; margin-block: 0 1rem; }
.card > :last-child { margin-block-end: 0; }
time { display: inline-block; }
.soft { color: var(--soft); }
.small { font-size: .9rem; }
label { display: block; font-weight: 600; margin-block: 0 .35rem; }
input:not([type=hidden]) {
  width: 100%; font: inherit; color: inherit; background: var(--surface);
  border: 1px solid var(--field); border-radius: .6rem; padding: .7rem .85rem; margin-block: 0 1rem;
}
input.code { font-size: 1.4rem; font-variant-numeric: tabular-nums; letter-spacing: .12em; direction: ltr; }
input[aria-invalid=true] { border-color: var(--error); }
.hint { display: block; color: var(--soft); font-size: .9rem; margin-block: -.2rem .5rem; }
button, .button {
  display: inline-block; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 1px solid transparent; border-radius: .6rem;
  padding: .65rem 1.15rem; min-height: 2.75rem;
}
header button { font-weight: 500; padding: .35rem .8rem; min-height: 2.25rem; }
form + form, form + p { margin-block-start: 1rem; }
button:hover, .button:hover { filter: brightness(1.08); }
button[disabled] { opacity: .55; cursor: default; filter: none; }
.wide { width: 100%; }
.quiet { color: var(--text); background: transparent; border-color: var(--field); }
.danger { color: var(--error); background: transparent; border-color: currentColor; }
.link { color: var(--accent); background: none; border: 0; padding-inline: 0; text-decoration: underline; text-underline-offset: .18em; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
.message { border-radius: .6rem; border: 1px solid currentColor; padding: .7rem .9rem; background: var(--surface); }
.message.error { color: var(--error); }
.message.success { color: var(--success); }
.message.hint { color: var(--text); font-size: 1rem; margin-block: 0 1rem; border-color: var(--field); }
.list { list-style: none; margin: 0 0 1rem; padding: 0; }
.list > li { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; padding-block: .8rem; border-block-end: 1px solid var(--line); }
.list > li:first-child { padding-block-start: .25rem; }
.list > li:last-child { border: 0; padding-block-end: .25rem; }
.list > li > div { flex: 1 1 11rem; }
.list > li > form, .list > li > .button { flex: none; }
.list strong { display: block; font-weight: 600; }
.list .own { color: var(--text); }
.list.choices > li { padding: 0; }
.choices a { flex: 1; display: block; padding-block: .85rem; text-decoration: none; }
.choices a:hover strong { text-decoration: underline; }
.choices span { color: var(--soft); font-size: .9rem; display: block; }
.state { display: inline-block; font-size: .85rem; font-weight: 600; border-radius: 1rem; padding: .1rem .7rem; border: 1px solid currentColor; color: var(--soft); }
.state.on { color: var(--success); }
.state.bad { color: var(--error); border-radius: .4rem; }
.head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem; margin-block-end: .5rem; }
.head h2 { margin: 0; }
.qr { display: block; width: min(100%, 15rem); margin: 0 auto 1rem; background: #fff; border-radius: .6rem; overflow: hidden; }
.qr svg { display: block; width: 100%; height: auto; }
.secret, .codes { font-family: ui-monospace, monospace; direction: ltr; }
.secret { font-size: 1.05rem; letter-spacing: .05em; user-select: all; }
.codes { columns: 2 11rem; list-style: none; margin: 0 0 1rem; padding: 0; font-size: 1.05rem; line-height: 2; }
dl { margin: 0 0 1rem; } dt { color: var(--soft); font-size: .9rem; } dd { margin: 0 0 .6rem; }
[hidden] { display: none !important; }
@media (prefers-reduced-motion: no-preference) { button, .button { transition: filter .12s; } }
@media print {
  header, .actions, .skip, .message { display: none; }
  body { background: #fff; color: #000; } .card { border: 0; padding: 0; }
}
`.trim();
