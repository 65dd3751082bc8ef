/** The path of the app's sign-in, told where to go on from there. */
export function withReturn(path: string, returnTo: string): string {
  const [way = '', fragment] = path.split('#');
  const query = new URLSearchParams({ returnTo }).toString();
  const hash = fragment === undefined ? '' : `#${fragment}`;
  return `${way}${way.includes('?') ? '&' : '?'}${query}${hash}`;
}
