import type { JSX } from 'preact';

import type { AuthenticatorView } from '../../core/commands/authenticators.ts';
import { authenticatorName } from '../authenticator-name.ts';
import { link } from '../link.ts';
import type { Frame } from '../visit.ts';

/** One authenticator's name and removal; what belongs to the account is changed there. */
export function ManageView({
  frame,
  authenticator,
  isLast,
  named,
}: {
  readonly frame: Frame;
  readonly authenticator: AuthenticatorView;
  readonly isLast: boolean;
  readonly named: boolean;
}): JSX.Element {
  const { manage: texts, common } = frame.words.pages;
  const { id, origin } = authenticator;
  const { name, own } = authenticatorName(frame.words, authenticator);
  const at = (action: string): string =>
    link(frame, `/authenticators/${encodeURIComponent(id)}/${action}`);
  return (
    <>
      {named && (
        <section class="card">
          <form method="post" action={at('rename')}>
            <label for="name">{texts.name}</label>
            <span class="hint" id="name-hint">
              {texts.nameHint}
            </span>
            <input
              id="name"
              name="name"
              value={own ?? ''}
              maxLength={64}
              required
              autocomplete="off"
              dir="auto"
              aria-describedby="name-hint"
            />
            <button>{texts.rename}</button>
          </form>
        </section>
      )}
      <section class="card">
        {origin === 'vouched' ? (
          <p>{texts.ofAccount}</p>
        ) : (
          <form method="post" action={at('remove')}>
            <p>{texts.removeMeans(own ?? name)}</p>
            {isLast && <p class="message error">{texts.lastOne}</p>}
            <button class="danger">{texts.remove}</button>
          </form>
        )}
      </section>
      <p>
        <a href={link(frame, '/')}>{common.back}</a>
      </p>
    </>
  );
}
