import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

export const exampleDir = path.join(__dirname, '..', '..', 'example-app');

/** The example as a process of its own. */
export interface Example {
  readonly url: string;
  /** Ends it by this signal and answers its exit code. */
  stop(signal?: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
}

type Variables = Readonly<Record<string, string>>;

/** Starts the example on a free port, as `npm run example` does, with these variables and no others. */
export async function startExample(variables: Variables = {}): Promise<Example> {
  const child = run(variables);
  const exited = once(child.process, 'exit') as Promise<[number | null]>;
  const url = await Promise.race([
    child.until(/listens at (\S+)/),
    exited.then(() => Promise.reject(new Error(`The example ended:\n${child.output()}`))),
  ]);
  return {
    url,
    async stop(signal = 'SIGTERM') {
      child.process.kill(signal);
      return (await exited)[0];
    },
  };
}

function run(variables: Variables) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(exampleDir, 'server.ts')], {
    cwd: path.join(exampleDir, '..'),
    env: { PATH, HOME, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const listener of listeners) listener();
    });
  }
  return {
    process: child,
    output: () => text,
    /** Resolves with the pattern's first group once it was printed. */
    until: (pattern: RegExp) =>
      new Promise<string>((resolve) => {
        listeners.add(() => {
          const found = pattern.exec(text)?.[1];
          if (found !== undefined) resolve(found);
        });
      }),
  };
}
