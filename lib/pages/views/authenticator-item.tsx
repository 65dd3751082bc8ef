import type { JSX } from 'preact';

import type { AuthenticatorView } from '../../core/commands/authenticators.ts';
import { authenticatorName } from '../authenticator-name.ts';
import { link } from '../link.ts';
import type { Frame } from '../visit.ts';
import { Moment } from './moment.tsx';
import { Within } from './within.tsx';

/** One authenticator in the list: what it is, since when, and how it stands. */
export function AuthenticatorItem({
  frame,
  authenticator,
}: {
  readonly frame: Frame;
  readonly authenticator: AuthenticatorView;
}): JSX.Element {
  const { settings: texts } = frame.words.pages;
  const { id, type, state, origin, createdAt, usedAt } = authenticator;
  const { name, own } = authenticatorName(frame.words, authenticator);
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <span class="soft small">
          {own !== undefined && (
            <>
              <bdi class="own">{own}</bdi>
              <br />
            </>
          )}
          {origin === 'vouched' ? (
            texts.ofAccount
          ) : (
            <Within text={texts.added}>
              <Moment frame={frame} at={createdAt} />
            </Within>
          )}
          <br />
          {usedAt === undefined ? (
            texts.neverUsed
          ) : (
            <Within text={texts.lastUsed}>
              <Moment frame={frame} at={usedAt} />
            </Within>
          )}
        </span>
        {state !== 'active' && (
          <div>
            <span class="state bad">{texts.state(state)}</span>
          </div>
        )}
      </div>
      <a
        class="button quiet"
        href={link(frame, `/authenticators/${encodeURIComponent(id)}`)}
        aria-label={texts.manage(own ?? frame.words.factor(type))}
      >
        {frame.words.pages.manage.title}
      </a>
    </li>
  );
}
