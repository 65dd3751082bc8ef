import type { JSX } from 'preact';

import type { Frame } from '../visit.ts';

/** A point in time: in UTC, and in the reader's own zone where scripts run. */
export function Moment({ frame, at }: { readonly frame: Frame; readonly at: number }): JSX.Element {
  const format = new Intl.DateTimeFormat(frame.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return <time dateTime={new Date(at).toISOString()}>{`${format.format(at)} UTC`}</time>;
}
