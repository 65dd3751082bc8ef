import type { JSX } from 'preact';

import type { Frame } from '../visit.ts';

/** How long it is until then: written out, and counted down where scripts run. */
export function Countdown({
  frame,
  until,
  then,
}: {
  readonly frame: Frame;
  readonly until: number;
  /** What is done when it is over: nothing, or the page is asked for anew. */
  readonly then?: 'reload';
}): JSX.Element {
  const seconds = Math.max(1, Math.ceil((until - frame.now) / 1000));
  return (
    <span data-countdown={seconds} data-then={then} role="timer">
      {frame.words.pages.common.wait(seconds)}
    </span>
  );
}
