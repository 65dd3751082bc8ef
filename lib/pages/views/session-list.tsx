import type { JSX } from 'preact';

import type { Sessions } from '../../core/commands/sessions.ts';
import type { SessionRecord } from '../../core/vocabulary.ts';
import { link } from '../link.ts';
import type { Frame } from '../visit.ts';
import { Hidden } from './hidden.tsx';
import { Moment } from './moment.tsx';
import { Within } from './within.tsx';

/** Where a user is signed in, this browser first; every other session can be ended. */
export function SessionList({
  frame,
  sessions,
}: {
  readonly frame: Frame;
  readonly sessions: Pick<Sessions, 'records' | 'current'>;
}): JSX.Element {
  const { settings: texts } = frame.words.pages;
  const { records, current } = sessions;
  const others = records.filter(({ id }) => id !== current);
  const own = records.filter(({ id }) => id === current);
  return (
    <>
      <ul class="list">
        {[...own, ...others].map((record) => (
          <SessionItem
            key={record.id}
            frame={frame}
            record={record}
            isOwn={record.id === current}
          />
        ))}
      </ul>
      {others.length === 0 && <p class="soft">{texts.noOtherSessions}</p>}
      {others.length > 1 && (
        <form method="post" action={link(frame, '/sessions/end')}>
          <Hidden id="others" />
          <button class="quiet">{texts.endOthers}</button>
        </form>
      )}
    </>
  );
}

function SessionItem({
  frame,
  record,
  isOwn,
}: {
  readonly frame: Frame;
  readonly record: SessionRecord;
  readonly isOwn: boolean;
}): JSX.Element {
  const { settings: texts } = frame.words.pages;
  const began = <Moment frame={frame} at={record.createdAt} />;
  const label = `session-${record.id}`;
  return (
    <li>
      <div id={label}>
        <strong>{isOwn ? texts.thisSession : texts.otherSession}</strong>
        <span class="soft small">
          <Within text={texts.signedIn}>{began}</Within>
          <br />
          <Within text={texts.seen}>
            <Moment frame={frame} at={record.seenAt} />
          </Within>
        </span>
      </div>
      {!isOwn && (
        <form method="post" action={link(frame, '/sessions/end')}>
          <Hidden id={record.id} />
          <button class="quiet" aria-describedby={label}>
            {texts.end}
          </button>
        </form>
      )}
    </li>
  );
}
