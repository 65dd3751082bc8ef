import type { TestApp } from './app.ts';

/** What still comes of a session cookie that a browser's jar has replaced. */
export interface OldCookie {
  /** Asks with exactly this cookie. */
  get(path?: string): ReturnType<ReturnType<TestApp['browser']>['agent']['get']>;
  /** What express-session's store holds under its id. */
  stored(): string;
}

export function oldCookie(app: TestApp, cookie: string | undefined): OldCookie {
  return {
    get: (path = '/reports') =>
      app
        .browser()
        .agent.get(path)
        .set('cookie', `connect.sid=${cookie ?? ''}`),
    stored() {
      const sid = /^s:([^.]+)\./.exec(decodeURIComponent(cookie ?? ''))?.[1] ?? '';
      return (app.sessions as unknown as { sessions: Record<string, string> }).sessions[sid] ?? '';
    },
  };
}
