import type { JSX } from 'preact';

import type { Frame } from '../visit.ts';

/** The key of an authenticator app: to scan, to open on this very phone, and to type. */
export function AppKey({
  frame,
  reveal,
}: {
  readonly frame: Frame;
  readonly reveal: Readonly<Record<string, unknown>>;
}): JSX.Element {
  const { setUp: texts } = frame.words.pages;
  const secret = String(reveal.secret).replace(/.{4}(?=.)/g, '$& ');
  return (
    <>
      <p>{texts.scan}</p>
      <div
        class="qr"
        role="img"
        aria-label={texts.qrAlternative}
        // Made by the QR library of nothing but squares: the key does not stand in it as text.
        dangerouslySetInnerHTML={{ __html: String(reveal.qrSvg) }}
      />
      <p>
        <a href={String(reveal.uri)}>{texts.openApp}</a>
      </p>
      <dl>
        <dt>{texts.typeSecret}</dt>
        <dd class="secret">{secret}</dd>
      </dl>
    </>
  );
}
