import { call, on, say } from './api.js';

const find = (selector) => document.querySelector(selector);
const NAMES = {
  totp: 'Authenticator app',
  email: 'E-mail',
  phone: 'Phone',
  recoveryCode: 'Recovery codes',
};
let user = await refresh();

on(find('#switch'), 'click', async () => {
  await call('PATCH', '/account/mfa', { mfa: !user.mfa });
  user = await refresh();
});

on(find('#add-totp'), 'click', async () => {
  const { secret, qrPng } = await call('POST', '/account/mfa/authenticators/totp');
  find('#qr').src = qrPng;
  find('#secret').textContent = secret.match(/.{1,4}/g).join(' ');
  ask('totp');
});

on(find('#add-email'), 'click', async () => {
  await call('POST', '/account/verifications/email');
  ask('email');
});

on(find('#add-phone'), 'submit', async ({ target }) => {
  const { phone, password } = Object.fromEntries(new FormData(target));
  // The number becomes the account's own, unproved; then a code proves it.
  await call('PATCH', '/account/phone', { phone: phone.replaceAll(/[ ().-]/g, ''), password });
  target.elements.password.value = '';
  await call('POST', '/account/verifications/phone');
  ask('phone');
});

on(find('#add-codes'), 'click', async () => {
  const held = find('#authenticators [data-type="recoveryCode"]');
  const made = await call(held ? 'PATCH' : 'POST', '/account/mfa/recovery-codes');
  find('#codes').textContent = made.recoveryCodes.join('\n');
  find('#codes').hidden = false;
  user = await refresh();
});

for (const form of document.querySelectorAll('[data-confirm]')) {
  on(form, 'submit', async () => {
    const factor = form.dataset.confirm;
    const code = form.elements.code.value.trim();
    await (factor === 'totp'
      ? call('PUT', '/account/mfa/authenticators/totp', { otp: code })
      : call('PUT', `/account/verifications/${factor}`, { userId: user.$id, secret: code }));
    form.reset();
    find(`#${factor}`).hidden = true;
    user = await refresh();
    say('Confirmed.');
  });
}

/** Shows the field for the code that was sent, or is in the app. */
function ask(factor) {
  find(`#${factor}`).hidden = false;
  find(`#${factor} [name="code"]`).focus();
}

/** Shows what is bound and whether two-step sign-in is on. */
async function refresh() {
  const account = await call('GET', '/account');
  const { authenticators } = await call('GET', '/account/mfa/authenticators');
  find('#state').textContent = account.mfa ? 'on' : 'off';
  find('#switch').textContent = account.mfa ? 'Switch it off' : 'Switch it on';
  find('#switch').hidden = false;
  find('#authenticators').replaceChildren(...authenticators.map(item));
  return account;
}

function item({ $id, type, hint, state, origin, remaining }) {
  const parts = [NAMES[type] ?? type, hint, state === 'active' ? '' : state];
  const line = document.createElement('li');
  line.dataset.type = type;
  line.textContent = parts.filter(Boolean).join(' ');
  if (remaining !== undefined) line.append(` (${remaining} left)`);
  // What the app vouches for itself cannot be removed here.
  if (origin === 'enrolled') line.append(' ', removal($id));
  return line;
}

function removal(id) {
  const button = document.createElement('button');
  button.textContent = 'Remove';
  on(button, 'click', async () => {
    await call('DELETE', `/account/mfa/authenticators/${id}`);
    user = await refresh();
  });
  return button;
}
