import { faultOf } from '../http/respond.ts';
import { link } from './link.ts';
import { Message } from './views/message.tsx';
import type { Frame, Shown } from './visit.ts';

const STATUS = {
  signInFirst: 401,
  signInAgain: 401,
  foreign: 403,
  unsecure: 403,
  notFound: 404,
  refused: 400,
  unavailable: 503,
  broken: 500,
} as const;

/** What a page can say went wrong. */
export type Problem = keyof typeof STATUS;

/** The page that says what went wrong, and where to go on. */
export function problem({ site, words, returnTo }: Frame, kind: Problem): Shown {
  const { problem: texts } = words.pages;
  const isSignIn = kind === 'signInFirst' || kind === 'signInAgain';
  const { login } = site.options;
  return {
    title: kind === 'signInFirst' ? texts.signInTitle : texts.title,
    status: STATUS[kind],
    body: (
      <>
        <Message tone="error">{texts[kind]}</Message>
        <p class="actions">
          {isSignIn && login !== undefined && (
            <a class="button" href={login}>
              {texts.signIn}
            </a>
          )}
          {!isSignIn && <a href={link({ site, returnTo }, '/')}>{texts.home}</a>}
        </p>
      </>
    ),
  };
}

/** What a fault comes down to for whoever looks at the page; what it was is for the host's events. */
export function problemOf(fault: unknown): Problem {
  return faultOf(fault).status === 503 ? 'unavailable' : 'broken';
}
