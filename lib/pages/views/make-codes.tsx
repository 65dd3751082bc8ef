import type { JSX } from 'preact';

import { link } from '../link.ts';
import type { Frame } from '../visit.ts';
import { Hidden } from './hidden.tsx';

/** Before recovery codes are made: what they are, and what becomes of those that are left. */
export function MakeCodesView({
  frame,
  left,
  version,
}: {
  readonly frame: Frame;
  readonly left: number | undefined;
  readonly version: string;
}): JSX.Element {
  const { recovery: texts, settings, common } = frame.words.pages;
  return (
    <section class="card">
      <p>{texts.lead}</p>
      <p>{texts.once}</p>
      {left !== undefined && (
        <p class="message hint">{`${settings.left(left)} ${texts.replaceMeans}`}</p>
      )}
      <form method="post" action={link(frame, '/recovery-codes')} class="actions">
        <Hidden version={version} />
        <button>{texts.make}</button>
        <a href={frame.returnTo ?? link(frame, '/')}>{common.cancel}</a>
      </form>
    </section>
  );
}
