import type { JSX } from 'preact';

import { link } from '../link.ts';
import type { Frame } from '../visit.ts';

/** Recovery codes, this one time; copying, saving and printing take scripts, writing down does not. */
export function CodesView({
  frame,
  codes,
}: {
  readonly frame: Frame;
  readonly codes: readonly string[];
}): JSX.Element {
  const { recovery: texts } = frame.words.pages;
  return (
    <section class="card">
      <p>{texts.once}</p>
      <ol
        class="codes"
        translate={false}
        data-codes
        data-sheet={texts.sheet(frame.site.name)}
        data-file="recovery-codes.txt"
        data-copied={texts.copied}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <p class="actions">
        <button type="button" class="quiet" data-copy hidden>
          {texts.copy}
        </button>
        <button type="button" class="quiet" data-download hidden>
          {texts.download}
        </button>
        <button type="button" class="quiet" data-print hidden>
          {texts.print}
        </button>
        <span role="status" data-said />
      </p>
      <p class="actions">
        <a class="button wide" href={frame.returnTo ?? link(frame, '/')}>
          {texts.saved}
        </a>
      </p>
    </section>
  );
}
