import type { Site } from './visit.ts';

/** The address of one of the pages. What is undefined is left out; the way back is kept. */
export function link(
  { site, returnTo }: { readonly site: Pick<Site, 'base'>; readonly returnTo: string | undefined },
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const pairs = Object.entries({ returnTo, ...query }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const search = new URLSearchParams(pairs).toString();
  return `${site.base}${path}${search && `?${search}`}`;
}
