import type { JSX } from 'preact';

import type { Factor } from '../../core/factor.ts';
import type { Refusal } from '../../core/outcome.ts';
import type { User } from '../../core/vocabulary.ts';
import { link } from '../link.ts';
import type { Frame } from '../visit.ts';
import { DestinationField } from './destination-field.tsx';
import { Message } from './message.tsx';
import { Refused } from './refused.tsx';

/** Before a factor is set up: where codes go, or a name for the app. */
export function StartView({
  frame,
  factor,
  user,
  form,
  refusal,
}: {
  readonly frame: Frame;
  readonly factor: Factor;
  readonly user: User;
  readonly form: Readonly<Record<string, string>>;
  readonly refusal: Refusal | undefined;
}): JSX.Element {
  const { setUp: texts, common } = frame.words.pages;
  const { channel } = factor.traits;
  return (
    <section class="card">
      {refusal && <Why frame={frame} factor={factor} refusal={refusal} />}
      <p>{texts.means(factor.type)}</p>
      <form method="post" action={link(frame, `/set-up/${encodeURIComponent(factor.type)}`)}>
        {channel === undefined ? (
          <>
            <label for="name">{texts.nameOptional}</label>
            <input
              id="name"
              name="name"
              value={form.name}
              maxLength={64}
              autocomplete="off"
              dir="auto"
            />
          </>
        ) : (
          <DestinationField frame={frame} channel={channel} user={user} typed={form} />
        )}
        <p class="actions">
          <button>{channel === undefined ? common.continue : texts.sendCode}</button>
          <a href={link(frame, '/set-up')}>{common.back}</a>
        </p>
      </form>
    </section>
  );
}

function Why({
  frame,
  factor,
  refusal,
}: {
  readonly frame: Frame;
  readonly factor: Factor;
  readonly refusal: Refusal;
}): JSX.Element {
  const { setUp: texts } = frame.words.pages;
  const isPhone = factor.traits.channel === 'sms';
  switch (refusal.reason) {
    case 'authenticator-exists':
      return <Message tone="error">{texts.exists}</Message>;
    case 'too-many':
      return <Message tone="error">{texts.tooMany}</Message>;
    case 'malformed':
    case 'unacceptable':
    case 'no-destination':
      return (
        <Message tone="error">
          {isPhone ? texts.unacceptablePhone : texts.unacceptableEmail}
        </Message>
      );
    default:
      return <Refused frame={frame} refusal={refusal} isOpen={false} />;
  }
}
