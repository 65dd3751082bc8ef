import { inspect } from 'node:util';

/** Everything that a process says on its own: to its streams, whoever calls them. */
export interface Streams {
  readonly text: () => string;
  release(): void;
}

/** Listens to stdout and stderr; what is written still gets there. */
export function listenToStreams(): Streams {
  const heard: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    return jest.spyOn(stream, 'write').mockImplementation((chunk: string | Uint8Array) => {
      heard.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return write(chunk);
    });
  });
  const loud = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...args) => {
      heard.push(inspect(args, { depth: null }));
    }),
  );
  return {
    text: () => heard.join('\n'),
    release: () => {
      for (const spy of [...spies, ...loud]) spy.mockRestore();
    },
  };
}

/** A store that notes all that it is given, and passes it on. */
export function overheard<T extends object>(store: T): { readonly store: T; text(): string } {
  const heard: unknown[] = [];
  const noted = Object.entries(store).map(([verb, run]) => [
    verb,
    (...args: unknown[]) => {
      heard.push([verb, ...args]);
      return (run as (...given: unknown[]) => unknown)(...args);
    },
  ]);
  return { store: Object.fromEntries(noted) as T, text: () => JSON.stringify(heard) };
}

/** A thing as the most talkative logger would write it: errors with stack and cause, all that is nested. */
export function talkative(value: unknown): string {
  return `${inspect(value, { depth: null, showHidden: true, maxStringLength: null })}\n${JSON.stringify(value)}`;
}

/** A secret in every form in which it may slip through. */
export function formsOf(secret: string): readonly RegExp[] {
  const bytes = Buffer.from(secret);
  const texts = [
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    encodeURIComponent(secret),
    secret.replaceAll('-', ''),
    secret,
  ];
  const long = texts.filter((text) => !/^\d+$/.test(text)).map(literally);
  // Six digits in a row stand in many a longer number: only the code alone is the code.
  const digits = /^\d+$/.test(secret) ? [`(?<!\\d)${secret}(?!\\d)`] : [];
  return [...new Set([...long, ...digits])].map((text) => new RegExp(text, 'i'));
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
