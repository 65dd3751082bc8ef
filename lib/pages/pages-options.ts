import type { Request } from 'express';

/** One color for light and dark, or one for each; `#rgb` or `#rrggbb`. */
export type Color = string | readonly [light: string, dark: string];

/** How the ready pages look, and where they lead. All of it may be left out. */
export interface PagesOptions {
  /**
   * Where browsers see the pages, such as `/security`. Found by itself, but for a proxy that changes
   * paths, a mount by a pattern or a list, an app that a router calls, and Express 5.0 to 5.2 below a
   * router.
   */
  readonly path?: string | undefined;
  /**
   * The path of the app's own sign-in page: who is not signed in is sent there, with `?returnTo=…`,
   * a path of the app. It may send on to an identity provider. Without it a page says so.
   */
  readonly login?: string | undefined;
  /** Where it goes on when nothing else was asked for. @default '/' */
  readonly home?: string | undefined;
  readonly brand?:
    | {
        /** @default the issuer */
        readonly name?: string | undefined;
        /** The path of an image of the app itself, such as `/logo.svg`. */
        readonly logo?: string | undefined;
        readonly colors?:
          | {
              /** Buttons, links and marks. What is written on it is black or white, whichever reads better. */
              readonly accent?: Color | undefined;
              readonly background?: Color | undefined;
              readonly surface?: Color | undefined;
              readonly text?: Color | undefined;
            }
          | undefined;
      }
    | undefined;
  /** The language, a BCP 47 tag such as `de`, or a function that answers one. @default Accept-Language */
  readonly locale?: string | ((req: Request) => string | undefined) | undefined;
}
