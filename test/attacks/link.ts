import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Calls a function of the other end by name. */
export type Call = (name: string, ...args: readonly unknown[]) => Promise<unknown>;

/** The functions that an end serves, by name. */
export type Served = Readonly<Record<string, (...args: never[]) => unknown>>;

type Packet = Question | Reply;

interface Question {
  readonly call: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

interface Reply {
  readonly reply: number;
  readonly value?: unknown;
  readonly error?: string;
}

/**
 * Lets both ends of a socket call each other's functions, by lines of JSON; what is passed must be
 * plain JSON.
 */
export function link(socket: Socket, served: Served): Call {
  const waiting = new Map<number, (reply: Reply) => void>();
  let last = 0;
  // A socket that is cut takes its calls along: whoever waits has its own time limit.
  socket.on('error', () => undefined);
  const send = (packet: Packet): void => void socket.write(`${JSON.stringify(packet)}\n`);
  const serve = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const run = served[name] as ((...args: readonly unknown[]) => unknown) | undefined;
    if (!run) throw new Error(`Nothing is served under "${name}".`);
    return run(...args);
  };

  createInterface({ input: socket }).on('line', (line) => {
    const packet = JSON.parse(line) as Packet;
    if ('reply' in packet) {
      waiting.get(packet.reply)?.(packet);
      waiting.delete(packet.reply);
      return;
    }
    serve(packet.name, packet.args).then(
      (value) => send({ reply: packet.call, value }),
      (error: unknown) => send({ reply: packet.call, error: String(error) }),
    );
  });

  return (name, ...args) =>
    new Promise((resolve, reject) => {
      const call = ++last;
      waiting.set(call, ({ value, error }) => {
        if (error === undefined) resolve(value);
        else reject(new Error(error));
      });
      send({ call, name, args });
    });
}
