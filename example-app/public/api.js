/**
 * Calls the JSON API. Whoever must first sign in, or bring a factor, is sent to where that is
 * done; any other refusal is thrown, with Appwrite's `type` and a `message`.
 */
export async function call(method, path, body) {
  const response = await fetch(`/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.status === 204) return {};
  const answer = await response.json();
  if (response.ok) return answer;
  const place = placeFor(answer);
  if (!place) throw Object.assign(new Error(answer.message), { type: answer.type });
  location.assign(place);
  // The page is being left: nothing of what waits for this goes on.
  return new Promise(() => {});
}

function placeFor({ type, factors = [] }) {
  switch (type) {
    case 'general_unauthorized_scope':
      return '/login';
    case 'user_more_factors_required':
      return '/challenge';
    case 'user_challenge_required':
      // Without a second factor it is the first that has to be fresh.
      return factors.length > 0 ? '/challenge?returnTo=/security' : '/login';
    default:
      return undefined;
  }
}

/** Says something at the top of the page, or how something failed. */
export function say(text) {
  const message = document.querySelector('#message');
  message.textContent = text;
  message.scrollIntoView({ block: 'nearest' });
}

/** Runs what a click or a form starts, and says what went wrong. */
export function on(element, event, run) {
  element.addEventListener(event, (happened) => {
    happened.preventDefault();
    say('');
    run(happened).catch((error) => {
      say(error.type === 'user_invalid_token' ? 'This code is wrong or too old.' : error.message);
    });
  });
}
