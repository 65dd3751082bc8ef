/** Where a page goes on by itself; undefined for one that stays. */
export function nextOf(html: string): string | undefined {
  const [, next] = /<meta http-equiv="refresh" content="0;url=([^"]*)"/.exec(html) ?? [];
  return next?.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
