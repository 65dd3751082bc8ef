import type { JSX } from 'preact';

import type { Way } from '../../core/commands/list-ways.ts';
import { challengeLink } from '../challenge-link.ts';
import type { Frame } from '../visit.ts';
import { CodeField } from './code-field.tsx';
import { Hidden } from './hidden.tsx';
import { Within } from './within.tsx';

/** Where a code is typed in. */
export function CodeForm({
  frame,
  way,
  isWrong,
}: {
  readonly frame: Frame;
  readonly way: Way;
  readonly isWrong: boolean;
}): JSX.Element {
  const { challenge: texts } = frame.words.pages;
  const { hint, name, type } = way;
  return (
    <form method="post" action={challengeLink(frame, '', way.authenticator)}>
      <p id="lead">
        {way.sends ? (
          <Within text={texts.sent}>
            <bdi>{hint ?? name}</bdi>
          </Within>
        ) : (
          texts.lead(type, frame.site.name)
        )}
      </p>
      <Hidden with={way.authenticator} />
      <CodeField
        label={way.recovers ? texts.recoveryCode : texts.code}
        digits={!way.recovers}
        describedBy="lead"
        isWrong={isWrong}
      />
      <button class="wide">{texts.verify}</button>
    </form>
  );
}
