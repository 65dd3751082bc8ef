import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';

import type { Engine } from '../../lib/core/engine.ts';
import type { Factor } from '../../lib/core/factor.ts';
import type { Sender } from '../../lib/core/ports.ts';
import type { Settled } from '../../lib/options.ts';
import type * as wiring from '../../lib/wiring.ts';
import { ear } from '../logs/ear.ts';

// In every test file all that the library can write to is listened to, and every secret that comes up is
// noted. At its end no secret must stand in what was heard, whatever its tests were about [LOG-1].

jest.doMock('../../lib/wiring.ts', () => {
  const actual = jest.requireActual<typeof wiring>('../../lib/wiring.ts');
  return {
    ...actual,
    createEngine(settled: Settled) {
      const settings = heard(settled);
      try {
        return noted(actual.createEngine(settings));
      } catch (error) {
        ear.heard('an error of createMfa', error);
        throw error;
      }
    },
  };
});

/** The host's side: what it is told, what it sends, and what it is asked to check. */
function heard(settled: Settled): Settled {
  const { keys, onEvent, email, sms, users } = settled;
  for (const key of keys) {
    ear.saw('a key', typeof key === 'object' && 'key' in key ? key.key : key);
  }
  const noting = (sender: Sender): Sender => ({
    send(message) {
      ear.sawMessage(message);
      return sender.send(message);
    },
  });
  return {
    ...settled,
    ...(email ? { email: noting(email) } : {}),
    ...(sms ? { sms: noting(sms) } : {}),
    ...(onEvent
      ? {
          onEvent(event) {
            ear.heardEvent(event);
            return onEvent(event);
          },
        }
      : {}),
    users: new Proxy(users, {
      get(host, name) {
        const held: unknown = Reflect.get(host, name);
        if (typeof held !== 'function') return held;
        return (...args: unknown[]): unknown => {
          if (name === 'verifyPassword' || name === 'hashPassword')
            ear.saw('a password', args.at(-1));
          return Reflect.apply(held, host, args);
        };
      },
    }),
  };
}

/** Our side: what is drawn, what is shown once, and what is answered rightly. */
function noted(engine: Engine): Engine {
  const { random } = engine;
  return {
    ...engine,
    factors: new Map([...engine.factors].map(([type, factor]) => [type, notedFactor(factor)])),
    random: {
      ...random,
      token(bytes) {
        const token = random.token(bytes);
        if (bytes >= 32) ear.saw('a secret of a session or a challenge', token);
        return token;
      },
    },
  };
}

function notedFactor(factor: Factor): Factor {
  return {
    ...factor,
    async enroll(context, input) {
      const draft = await factor.enroll(context, input);
      if ('reveal' in draft && draft.reveal) ear.sawRevealed(draft.reveal);
      return draft;
    },
    async judge(context, secret, answer) {
      const judgement = await factor.judge(context, secret, answer);
      if (judgement.ok) ear.saw('an answer', answer);
      return judgement;
    },
  };
}

const onRequest = (message: unknown): void => {
  const { response } = message as { readonly response: ServerResponse };
  // express-session writes all but the last byte before it ends.
  for (const name of ['write', 'end'] as const) {
    const send = response[name].bind(response) as (...args: readonly unknown[]) => never;
    response[name] = (...args: readonly unknown[]) => {
      ear.sawCookies(response.getHeader('set-cookie') ?? []);
      ear.heardAnswer(response.statusCode, args[0]);
      return send(...args);
    };
  }
};
subscribe('http.server.request.start', onRequest);

for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
  const print = console[name].bind(console);
  console[name] = (...args: unknown[]) => {
    ear.heard(`console.${name}`, args);
    print(...args);
  };
}

const { emitWarning } = process;
process.emitWarning = ((...args: Parameters<typeof emitWarning>) => {
  ear.heard('process.emitWarning', args);
  emitWarning.apply(process, args);
}) as typeof emitWarning;

const streams = (['stdout', 'stderr'] as const).map((name) => {
  const stream = process[name];
  const write = stream.write;
  stream.write = ((...args: Parameters<typeof write>) => {
    const [chunk] = args as readonly unknown[];
    ear.heard(name, chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : chunk);
    return write.apply(stream, args);
  }) as typeof write;
  return () => {
    stream.write = write;
  };
});

afterAll(() => {
  unsubscribe('http.server.request.start', onRequest);
  for (const release of streams) release();
  const leaks = ear.leaks();
  if (leaks.length > 0) throw new Error(`Leaked in this file:\n${leaks.join('\n')}`);
});
