import type { Frame, Shown } from './visit.ts';

/**
 * What a form is answered with. Chromium holds `form-action` against every redirect on the way (CSP
 * Level 3 section 6.4.1), and a path of the app may lead on to an identity provider, or back to a
 * client. So the way of a form ends in our pages, and one that goes on by itself leads out of them.
 */
export function afterForm({ words }: Frame, shown: Shown): Shown {
  if (!('to' in shown) || !shown.leaves) return shown;
  const { continue: title } = words.pages.common;
  return {
    title,
    next: shown.to,
    body: (
      <p class="actions">
        <a class="button" href={shown.to}>
          {title}
        </a>
      </p>
    ),
  };
}
