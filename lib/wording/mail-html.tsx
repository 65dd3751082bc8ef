import { renderToString } from 'preact-render-to-string';

import { directionOf } from './direction-of.ts';
import type { Language } from './languages.ts';

/** What a mail says. */
export interface MailText {
  readonly language: Language;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What is to be typed: it stands in the first paragraph, and is shown large. */
  readonly code?: string;
}

// No color is set, so that a mail program shows its own, dark or light.
const BODY =
  'margin:0 auto;padding:24px;max-width:34em;font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif';
const CODE =
  'display:block;margin-bottom:8px;font:700 32px/1.25 ui-monospace,Menlo,Consolas,monospace;letter-spacing:4px;-webkit-user-select:all;user-select:all';

/**
 * The HTML part of a mail: the same words as its text. It holds no link, no picture and nothing that
 * is fetched from anywhere, and what is put into it is escaped.
 */
export function mailHtml({ language, subject, paragraphs, code }: MailText): string {
  const [first = '', ...rest] = paragraphs;
  const marks = { lang: language, dir: directionOf(language) };
  return `<!doctype html>${renderToString(
    <html {...marks}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <title>{subject}</title>
      </head>
      <body style="margin:0">
        {/* Once more: mail programs drop what is outside of the body. */}
        <div {...marks} style={BODY}>
          <p>{code === undefined ? first : withCode(first, code)}</p>
          {rest.map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </div>
      </body>
    </html>,
  )}`;
}

function withCode(text: string, code: string) {
  const at = text.indexOf(code);
  return (
    <>
      {text.slice(0, at)}
      <strong style={CODE}>{code}</strong>
      {text.slice(at + code.length)}
    </>
  );
}
