import type { JSX } from 'preact';

import type { Caller, Engine } from '../core/engine.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Catalogue } from '../wording/catalogue.ts';
import type { Language } from '../wording/languages.ts';
import type { Assets } from './create-assets.ts';
import type { SettledPages } from './settle-pages.ts';

/** What every page of an app has in common. */
export interface Site {
  readonly options: SettledPages;
  readonly assets: Assets;
  /** The name of the app, as its pages show it. */
  readonly name: string;
  /** Where the pages are, without a slash at the end. */
  readonly base: string;
}

/** What a page is drawn with, whoever asks for it. */
export interface Frame {
  readonly site: Site;
  readonly language: Language;
  readonly words: Catalogue;
  readonly now: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Where it is to go on afterwards: a path of the app itself. */
  readonly returnTo: string | undefined;
  /** The path of this page, to come back to. */
  readonly here: string;
}

/** A request for a page, as a screen sees it. */
export interface Visit extends Frame {
  readonly engine: Engine;
  readonly caller: Caller;
  /** The fields of the form that was sent; none for a page that is only looked at. */
  readonly form: Readonly<Record<string, string>>;
}

/** Where the browser is to go next: one of our pages, or, where it leaves them, a path of the app. */
export interface Place {
  readonly to: string;
  readonly leaves?: boolean;
}

/** What a screen comes to: a page to look at, or where the browser is to go next. */
export type Shown =
  | {
      readonly title: string;
      readonly body: JSX.Element;
      readonly status?: number;
      readonly signedIn?: boolean;
      /** Where the page goes on by itself. */
      readonly next?: string;
    }
  | (Place & { readonly signedOut?: boolean });

/** One screen. What it refuses and says nothing of itself is told by the page that fits. */
export type Screen = (visit: Visit) => Promise<Outcome<Shown>>;
