import type { ComponentChildren, JSX } from 'preact';

import type { AuthenticatorView } from '../../core/commands/authenticators.ts';
import type { Sessions } from '../../core/commands/sessions.ts';
import { areFew } from '../../core/few-codes.ts';
import { link } from '../link.ts';
import type { Frame } from '../visit.ts';
import { AuthenticatorItem } from './authenticator-item.tsx';
import { Message } from './message.tsx';
import { SessionList } from './session-list.tsx';

/** The security settings of one user. */
export function SettingsView(props: {
  readonly frame: Frame;
  readonly mfa: boolean;
  readonly canSwitchOn: boolean;
  readonly authenticators: readonly AuthenticatorView[];
  readonly recovery: AuthenticatorView | undefined;
  readonly canAdd: boolean;
  readonly sessions: Pick<Sessions, 'records' | 'current'>;
}): JSX.Element {
  const { frame, authenticators, canAdd, sessions } = props;
  const { settings: texts, done } = frame.words.pages;
  const said = frame.query.done ?? '';
  return (
    <>
      {Object.hasOwn(done, said) && (
        <Message tone="success">{done[said as keyof typeof done]}</Message>
      )}
      <Switch {...props} />
      <Section title={texts.ways} id="ways">
        {authenticators.length === 0 ? (
          <p class="soft">{texts.noWays}</p>
        ) : (
          <ul class="list">
            {authenticators.map((one) => (
              <AuthenticatorItem key={one.id} frame={frame} authenticator={one} />
            ))}
          </ul>
        )}
        {canAdd && (
          <p class="actions">
            <a class="button" href={link(frame, '/set-up')}>
              {texts.addWay}
            </a>
          </p>
        )}
      </Section>
      <Recovery {...props} />
      <Section title={texts.sessions} id="sessions">
        <SessionList frame={frame} sessions={sessions} />
      </Section>
    </>
  );
}

function Section({
  title,
  id,
  children,
}: {
  readonly title: string;
  readonly id: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Switch({
  frame,
  mfa,
  canSwitchOn,
}: {
  readonly frame: Frame;
  readonly mfa: boolean;
  readonly canSwitchOn: boolean;
}): JSX.Element {
  const { settings: texts } = frame.words.pages;
  return (
    <section class="card" aria-labelledby="mfa">
      <div class="head">
        <h2 id="mfa">{texts.mfa}</h2>
        <span class={mfa ? 'state on' : 'state'}>{mfa ? texts.on : texts.off}</span>
      </div>
      <p class="soft">{mfa ? texts.onMeans : canSwitchOn ? texts.offMeans : texts.needsFactor}</p>
      {(mfa || canSwitchOn) && (
        <form method="post" action={link(frame, '/mfa')}>
          <button class={mfa ? 'quiet' : ''} name="mfa" value={mfa ? 'off' : 'on'}>
            {mfa ? texts.switchOff : texts.switchOn}
          </button>
        </form>
      )}
    </section>
  );
}

function Recovery({
  frame,
  recovery,
}: {
  readonly frame: Frame;
  readonly recovery: AuthenticatorView | undefined;
}): JSX.Element {
  const { settings: texts } = frame.words.pages;
  const left = recovery?.remaining;
  return (
    <Section title={texts.recovery} id="recovery">
      <p class="soft">{texts.recoveryMeans}</p>
      {left === undefined ? <p>{texts.noCodes}</p> : <p>{texts.left(left)}</p>}
      {left !== undefined && areFew(left) && <Message tone="error">{texts.few}</Message>}
      <p class="actions">
        <a class="button quiet" href={link(frame, '/recovery-codes')}>
          {left === undefined ? texts.makeCodes : texts.replaceCodes}
        </a>
      </p>
    </Section>
  );
}
