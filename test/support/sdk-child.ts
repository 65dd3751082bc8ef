import { fork } from 'node:child_process';
import path from 'node:path';

import type { HostUser, MatrixHost } from './matrix-host.ts';
import { totpAt } from './sdk-totp.ts';

/** What became of each flow, by its title: `passed`, or the stack of what went wrong. */
export type SdkReport = Readonly<Record<string, string>>;

/** What a page asks for because a browser cannot do it. */
type Question =
  | { readonly ask: 'addUser'; readonly value: Partial<HostUser> }
  | { readonly ask: 'forward'; readonly value: number }
  | { readonly ask: 'mailedCode' | 'textedCode' | 'appCode'; readonly value: string };

/**
 * Runs the flows of one released SDK in a process of its own. It asks over IPC for whatever lies
 * outside a browser: a new user, a mailbox, a telephone, an authenticator app, time.
 */
export function runSdk(host: MatrixHost, sdk: string): Promise<SdkReport> {
  const child = fork(path.resolve('test/sdk/runner.mjs'), [sdk, host.origin], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    let report: SdkReport | undefined;
    child.on('message', (message: Question | { readonly report: SdkReport }) => {
      if ('report' in message) report = message.report;
      else child.send({ answer: answer(host, message) });
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (report) resolve(report);
      else reject(new Error(`The process of ${sdk} ended with ${code}.\n${errors}`));
    });
  });
}

function answer(host: MatrixHost, question: Question): unknown {
  switch (question.ask) {
    case 'addUser':
      return host.addUser(question.value);
    case 'forward':
      return host.clock.forward(question.value);
    case 'mailedCode':
      return codeIn(host.inbox.lastCodeTo(question.value).text);
    case 'textedCode':
      return codeIn(host.texts.lastCodeTo(question.value));
    case 'appCode':
      return totpAt(question.value, host.clock.now);
  }
}

/** The code of a message; throws when there is none. */
export function codeIn(text: string): string {
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (code === undefined) throw new Error('The message holds no code.');
  return code;
}
