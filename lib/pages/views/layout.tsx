import type { JSX } from 'preact';

import { directionOf } from '../../wording/direction-of.ts';
import type { Frame, Shown } from '../visit.ts';

/** A whole page around its content. Style and script are files of their own: nothing is inline. */
export function Layout({
  frame,
  assets,
  page,
}: {
  readonly frame: Frame;
  readonly assets: Readonly<Record<'style' | 'script' | 'icon', string>>;
  readonly page: Exclude<Shown, { to: string }>;
}): JSX.Element {
  const { site, language, words } = frame;
  const { logo } = site.options.brand;
  const { common } = words.pages;
  const asset = (name: string): string => `${site.base}/assets/${name}`;
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        {page.next !== undefined && <meta http-equiv="refresh" content={`0;url=${page.next}`} />}
        <title>{`${page.title} – ${site.name}`}</title>
        <link rel="icon" href={logo ?? asset(assets.icon)} />
        <link rel="stylesheet" href={asset(assets.style)} />
        <script defer src={asset(assets.script)} />
      </head>
      <body>
        <a class="skip" href="#main">
          {common.skipToContent}
        </a>
        <header>
          <a class="brand" href={site.options.home}>
            {logo !== undefined && <img src={logo} alt="" height="32" />}
            <span dir="auto">{site.name}</span>
          </a>
          {page.signedIn && (
            <form method="post" action={`${site.base}/sign-out`}>
              <button class="quiet">{common.signOut}</button>
            </form>
          )}
        </header>
        <main id="main">
          <h1>{page.title}</h1>
          {page.body}
        </main>
      </body>
    </html>
  );
}
