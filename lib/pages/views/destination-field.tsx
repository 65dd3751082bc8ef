import type { JSX } from 'preact';

import type { Channel } from '../../core/ports.ts';
import type { User } from '../../core/vocabulary.ts';
import type { Frame } from '../visit.ts';

/** Where codes are to go: what the account has, to be changed at will. */
export function DestinationField({
  frame,
  channel,
  user,
  typed,
}: {
  readonly frame: Frame;
  readonly channel: Channel;
  readonly user: User;
  readonly typed: Readonly<Record<string, string>>;
}): JSX.Element {
  const { setUp: texts } = frame.words.pages;
  return channel === 'email' ? (
    <>
      <label for="destination">{texts.email}</label>
      <input
        id="destination"
        name="email"
        type="email"
        autocomplete="email"
        maxLength={254}
        required
        value={typed.email ?? user.email}
        dir="ltr"
      />
    </>
  ) : (
    <>
      <label for="destination">{texts.phone}</label>
      <span class="hint" id="destination-hint">
        {texts.phoneHint}
      </span>
      <input
        id="destination"
        name="phone"
        type="tel"
        autocomplete="tel"
        maxLength={32}
        required
        value={typed.phone ?? user.phone}
        dir="ltr"
        aria-describedby="destination-hint"
      />
    </>
  );
}
