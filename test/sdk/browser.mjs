/**
 * `fetch` as the page of a browser has it: a jar of cookies an origin, and the marks by which a
 * server knows its own page. Without marks it is a client of another kind that keeps cookies.
 *
 * @param {{ marks: boolean }} options
 * @returns {typeof fetch}
 */
export function browserFetch({ marks }) {
  const jars = new Map();
  return async (input, init = {}) => {
    const { origin } = new URL(input);
    const jar = jars.get(origin) ?? new Map();
    jars.set(origin, jar);

    const headers = new Headers(init.headers);
    if (init.credentials === 'include' && jar.size > 0) headers.set('cookie', cookies(jar));
    if (marks) {
      headers.set('sec-fetch-site', 'same-origin');
      if (!['GET', 'HEAD'].includes(init.method)) headers.set('origin', origin);
    }
    const response = await nativeFetch(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) keep(jar, line);
    return response;
  };
}

const nativeFetch = globalThis.fetch;

function cookies(jar) {
  for (const [name, { expiresAt }] of jar) if (expiresAt <= Date.now()) jar.delete(name);
  return [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ');
}

function keep(jar, line) {
  const [pair, ...attributes] = line.split(/; */);
  const [name, value] = split(pair);
  const expires = attributes.map(split).find(([key]) => key.toLowerCase() === 'expires')?.[1];
  jar.set(name, { value, expiresAt: expires === undefined ? Infinity : Date.parse(expires) });
}

function split(pair) {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
