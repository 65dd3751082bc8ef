import { call, on, say } from './api.js';

const FACTORS = {
  totp: { choice: 'Authenticator app', label: 'Code from your app' },
  email: { choice: 'E-mail', label: 'Code from the mail' },
  phone: { choice: 'SMS', label: 'Code from the text' },
  recoveryCode: { choice: 'Recovery code', label: 'One of your recovery codes' },
};

const choices = document.querySelector('#choices');
const form = document.querySelector('#answer');
const code = document.querySelector('#code');
let challengeId = '';

const offered = await call('GET', '/account/mfa/factors');
for (const [factor, { choice, label }] of Object.entries(FACTORS)) {
  if (!offered[factor]) continue;
  const button = document.createElement('button');
  button.textContent = choice;
  choices.append(button);
  on(button, 'click', () => begin(factor, label));
}
say(choices.childElementCount > 0 ? 'How would you like to go on?' : 'There is no way to go on.');

on(form, 'submit', async () => {
  await call('PUT', '/account/mfa/challenges', { challengeId, otp: code.value.trim() });
  const wanted = new URL(
    new URLSearchParams(location.search).get('returnTo') ?? '/account',
    location,
  );
  location.assign(wanted.origin === location.origin ? wanted : '/account');
});

async function begin(factor, label) {
  const challenge = await call('POST', '/account/mfa/challenges', { factor });
  challengeId = challenge.$id;
  if (factor === 'email' || factor === 'phone') say('A code is on its way.');
  document.querySelector('#label').textContent = label;
  code.value = '';
  code.inputMode = factor === 'recoveryCode' ? 'text' : 'numeric';
  form.hidden = false;
  code.focus();
}
