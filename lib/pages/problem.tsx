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
export function problem({ site, words, returnTo, here }: Frame, kind: Problem): Shown {
  const { problem: texts } = words.pages;
  const { login } = site.options;
  const isSignIn = kind === 'signInFirst' && login !== undefined;
  return {
    title: kind === 'signInFirst' ? texts.signInTitle : texts.title,
    status: STATUS[kind],
    body: (
      <>
        <Message tone="error">{texts[kind]}</Message>
        {kind === 'signInAgain' ? (
          <form method="post" action={link({ site, returnTo: here }, '/sign-out')}>
            <button>{texts.signIn}</button>
          </form>
        ) : (
          <p class="actions">
            <a class="button" href={isSignIn ? login : link({ site, returnTo }, '/')}>
              {isSignIn ? texts.signIn : texts.home}
            </a>
          </p>
        )}
      </>
    ),
  };
}

/** What a fault comes down to for whoever looks at the page; what it was is for the host's events. */
export function problemOf(fault: unknown): Problem {
  return faultOf(fault).status === 503 ? 'unavailable' : 'broken';
}
