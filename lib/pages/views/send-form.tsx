import type { JSX } from 'preact';

import type { Way } from '../../core/commands/list-ways.ts';
import { challengeLink } from '../challenge-link.ts';
import type { Frame } from '../visit.ts';
import { Countdown } from './countdown.tsx';
import { Hidden } from './hidden.tsx';
import { Within } from './within.tsx';

/** Has a code sent, or a new one: not before the wait is over, which is counted down. */
export function SendForm({
  frame,
  way,
}: {
  readonly frame: Frame;
  readonly way: Way;
}): JSX.Element {
  const { challenge: texts } = frame.words.pages;
  const rests = way.restsUntil > frame.now;
  return (
    <form method="post" action={challengeLink(frame, '/send', way.authenticator)} data-rest={rests}>
      {!way.challenge && (
        <p>
          <Within text={texts.willSend}>
            <bdi>{way.hint ?? way.name}</bdi>
          </Within>
        </p>
      )}
      <Hidden with={way.authenticator} />
      <button class={way.challenge ? 'link' : 'wide'}>
        {way.challenge ? texts.resend : texts.send}
      </button>
      {rests && (
        <p class="soft small">
          <span data-while-resting>
            <Within text={texts.resendIn}>
              <Countdown frame={frame} until={way.restsUntil} />
            </Within>
          </span>
          <span role="status" data-when-ready={texts.resendReady} />
        </p>
      )}
    </form>
  );
}
