import type { JSX } from 'preact';

import { capital } from '../capital.ts';
import { link } from '../link.ts';
import type { Frame } from '../visit.ts';
import { Message } from './message.tsx';

/** The ways that can be set up, each with what it is and takes. */
export function ChooseView({
  frame,
  types,
}: {
  readonly frame: Frame;
  readonly types: readonly string[];
}): JSX.Element {
  const { setUp: texts, common } = frame.words.pages;
  return (
    <>
      {frame.query.must !== undefined && <Message tone="hint">{texts.mustSetUp}</Message>}
      <section class="card">
        <h2>{types.length === 0 ? texts.nothingToAdd : texts.choose}</h2>
        <ul class="list choices">
          {types.map((type) => (
            <li key={type}>
              <a href={link(frame, `/set-up/${encodeURIComponent(type)}`)}>
                <strong>{capital(frame.words.factor(type))}</strong>
                <span>{texts.means(type)}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <p>
        <a href={link(frame, '/')}>{common.cancel}</a>
      </p>
    </>
  );
}
