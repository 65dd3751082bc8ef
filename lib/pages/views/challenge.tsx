import type { JSX } from 'preact';

import type { Way } from '../../core/commands/list-ways.ts';
import type { Refusal } from '../../core/outcome.ts';
import { capital } from '../capital.ts';
import { challengeLink } from '../challenge-link.ts';
import type { Frame } from '../visit.ts';
import { CodeForm } from './code-form.tsx';
import { Countdown } from './countdown.tsx';
import { Message } from './message.tsx';
import { Refused } from './refused.tsx';
import { SendForm } from './send-form.tsx';
import { Within } from './within.tsx';

/** One way to confirm a sign-in, and which others there are. */
export function ChallengeView({
  frame,
  ways,
  way,
  refusal,
}: {
  readonly frame: Frame;
  readonly ways: readonly Way[];
  readonly way: Way | undefined;
  readonly refusal: Refusal | undefined;
}): JSX.Element {
  const { challenge: texts } = frame.words.pages;
  const others = ways.filter(({ authenticator }) => authenticator !== way?.authenticator);
  return (
    <>
      <section class="card">
        {way ? (
          <Chosen frame={frame} way={way} refusal={refusal} />
        ) : (
          <Message tone="error">{texts.noWay}</Message>
        )}
      </section>
      {others.length > 0 && (
        <nav class="card" aria-labelledby="others">
          <h2 id="others">{texts.anotherWay}</h2>
          <ul class="list choices">
            {others.map((other) => (
              <li key={other.authenticator}>
                <a href={challengeLink(frame, '', other.authenticator)}>
                  <WayName frame={frame} way={other} />
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <p class="soft small">{texts.lostEverything}</p>
    </>
  );
}

function Chosen({
  frame,
  way,
  refusal,
}: {
  readonly frame: Frame;
  readonly way: Way;
  readonly refusal: Refusal | undefined;
}): JSX.Element {
  const { challenge: texts } = frame.words.pages;
  if (way.lockedUntil > frame.now) {
    return (
      <>
        <h2>
          <WayName frame={frame} way={way} />
        </h2>
        <Message tone="error">
          <Within text={texts.locked}>
            <Countdown frame={frame} until={way.lockedUntil} then="reload" />
          </Within>
        </Message>
      </>
    );
  }
  const isOpen = !way.sends || way.challenge !== undefined;
  return (
    <>
      {refusal && <Refused frame={frame} refusal={refusal} isOpen={isOpen} />}
      {isOpen && <CodeForm frame={frame} way={way} isWrong={refusal !== undefined} />}
      {way.sends && <SendForm frame={frame} way={way} />}
    </>
  );
}

/** What a way is called: the factor, and which one of it. */
export function WayName({ frame, way }: { readonly frame: Frame; readonly way: Way }): JSX.Element {
  const { words } = frame;
  const own = way.hint ?? (way.name === way.type ? undefined : way.name);
  return (
    <>
      <strong>
        {way.recovers ? words.pages.challenge.useRecoveryCode : capital(words.factor(way.type))}
      </strong>
      {own !== undefined && (
        <span>
          <bdi>{own}</bdi>
        </span>
      )}
    </>
  );
}
