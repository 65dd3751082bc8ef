import type { JSX } from 'preact';

import type { Factor } from '../../core/factor.ts';
import type { Refusal } from '../../core/outcome.ts';
import { link } from '../link.ts';
import type { Frame } from '../visit.ts';
import { AppKey } from './app-key.tsx';
import { CodeField } from './code-field.tsx';
import { Message } from './message.tsx';
import { Refused } from './refused.tsx';

/** The first code of what is being set up; the key of an app is shown this one time. */
export function ConfirmView({
  frame,
  factor,
  reveal,
  refusal,
}: {
  readonly frame: Frame;
  readonly factor: Factor;
  readonly reveal: Readonly<Record<string, unknown>>;
  readonly refusal: Refusal | undefined;
}): JSX.Element {
  const { setUp: texts, challenge } = frame.words.pages;
  const { type, traits } = factor;
  const at = `/set-up/${encodeURIComponent(type)}`;
  const isShown = typeof reveal.qrSvg === 'string';
  // The key was shown the one time: whoever has scanned it needs the code alone.
  const isAgain = !isShown && traits.channel === undefined;
  const isGone = refusal !== undefined && !isAlive(refusal);
  return (
    <section class="card">
      {isGone && <Message tone="error">{texts.gone}</Message>}
      {refusal && !isGone && <Refused frame={frame} refusal={refusal} isOpen />}
      {isShown && <AppKey frame={frame} reveal={reveal} />}
      {!isGone && (
        <form method="post" action={link(frame, `${at}/confirm`)}>
          {isAgain && <p id="lead">{challenge.lead(type, frame.site.name)}</p>}
          <CodeField
            label={isAgain ? challenge.code : isShown ? texts.appCode : texts.sentCode}
            digits
            describedBy={isAgain ? 'lead' : undefined}
            isWrong={refusal !== undefined}
          />
          <button class="wide">{texts.confirm}</button>
        </form>
      )}
      <p>
        <a href={link(frame, at)}>{texts.startAgain}</a>
      </p>
    </section>
  );
}

/** Whether what was begun can still be confirmed: not when it expired, was tried too often or is bound. */
function isAlive({ reason, triesLeft = 0 }: Refusal): boolean {
  if (reason === 'no-authenticator' || reason === 'authenticator-exists') return false;
  return reason !== 'invalid' || triesLeft > 0;
}
