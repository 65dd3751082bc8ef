/** Gives the global fetch a cookie jar, as a browser's has; answers what takes it away again. */
export function keepCookies(): () => void {
  const original = globalThis.fetch;
  const jar = new Map<string, string>();
  globalThis.fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await original(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  return () => {
    globalThis.fetch = original;
  };
}
