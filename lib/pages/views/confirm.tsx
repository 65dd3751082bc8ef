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
  const { setUp: texts } = frame.words.pages;
  const { type, traits } = factor;
  const at = `/set-up/${encodeURIComponent(type)}`;
  const isGone = refusal !== undefined && !isAlive(refusal);
  return (
    <section class="card">
      {isGone && <Message tone="error">{texts.gone}</Message>}
      {refusal && !isGone && <Refused frame={frame} refusal={refusal} isOpen />}
      {typeof reveal.qrSvg === 'string' && <AppKey frame={frame} reveal={reveal} />}
      {!isGone && (
        <form method="post" action={link(frame, `${at}/confirm`)}>
          <CodeField
            label={traits.channel ? texts.sentCode : texts.appCode}
            digits
            describedBy={undefined}
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
