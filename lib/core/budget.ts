/** At most `limit` within any `windowMs`. */
export interface Window {
  readonly limit: number;
  readonly windowMs: number;
}

/** What many may draw on: a destination, a network, a country. The name is opaque to a store. */
export interface Budget {
  readonly name: string;
  readonly windows: readonly Window[];
}

export type Spent =
  { readonly status: 'spent' } | { readonly status: 'exhausted'; readonly until: number };
