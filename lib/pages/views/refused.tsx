import type { JSX } from 'preact';

import type { Refusal } from '../../core/outcome.ts';
import type { Frame } from '../visit.ts';
import { Countdown } from './countdown.tsx';
import { Message } from './message.tsx';
import { Within } from './within.tsx';

/** Why a code was not taken or not sent, and when it can be tried again. */
export function Refused({
  frame,
  refusal,
  isOpen,
}: {
  readonly frame: Frame;
  readonly refusal: Refusal;
  /** Whether there is still something that can be answered. */
  readonly isOpen: boolean;
}): JSX.Element {
  const { challenge: texts, problem } = frame.words.pages;
  const until = refusal.retryAt ?? frame.now;
  const wait = <Countdown frame={frame} until={until} />;
  switch (refusal.reason) {
    case 'invalid':
      return <Message tone="error">{isOpen ? texts.wrong(refusal.triesLeft) : texts.gone}</Message>;
    case 'malformed':
      return <Message tone="error">{texts.malformed}</Message>;
    case 'locked':
      return <Waiting text={texts.locked}>{wait}</Waiting>;
    case 'cooling':
      return <Waiting text={texts.cooling}>{wait}</Waiting>;
    case 'limited':
      return <Waiting text={texts.limited}>{wait}</Waiting>;
    case 'undelivered':
    case 'no-channel':
      return <Message tone="error">{texts.undelivered}</Message>;
    default:
      return <Message tone="error">{problem.refused}</Message>;
  }
}

function Waiting({
  text,
  children,
}: {
  readonly text: (wait: string) => string;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <Message tone="error">
      <Within text={text}>{children}</Within>
    </Message>
  );
}
