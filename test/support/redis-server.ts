import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { RedisBinary } from './redis-binary.ts';
import { redisEnvironment } from './redis-binary.ts';

export interface RedisOptions {
  /** The port of a server that was killed, to start it again; left out: a free one. */
  readonly port?: number;
  /** Further arguments, such as `['--maxmemory', '2mb']`. */
  readonly args?: readonly string[];
  /** A folder that outlives the server; left out: a temporary one, removed by `stop()`. */
  readonly dir?: string;
}

/** A running server of one's own, on 127.0.0.1 and without persistence. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** Freezes the process: connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** Kills it with SIGKILL and resolves when it is gone; harmless when called twice. */
  stop(): Promise<void>;
}

/** Starts `binary` and resolves when it accepts connections. */
export async function startServer(
  binary: RedisBinary,
  options: RedisOptions = {},
): Promise<RedisServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    try {
      return await launch(binary, port, options);
    } catch (error) {
      // Another process may have taken the port between the probe and the start.
      if (options.port !== undefined || attempt === 5) throw error;
    }
  }
}

async function launch(
  binary: RedisBinary,
  port: number,
  options: RedisOptions,
): Promise<RedisServer> {
  const dir = options.dir ?? mkdtempSync(path.join(tmpdir(), 'express-mfa-redis-'));
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, '--save', ''];
  const child = spawn(binary.file, [...args, '--appendonly', 'no', ...(options.args ?? [])], {
    env: redisEnvironment(binary),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const guard =
    child.pid === undefined
      ? undefined
      : killWhenOrphaned(child.pid, options.dir === undefined ? dir : '');
  const stop = async (): Promise<void> => {
    guard?.kill('SIGKILL');
    child.kill('SIGKILL');
    await gone;
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
  };
  try {
    const pid = await ready(child);
    return {
      port,
      url: `redis://127.0.0.1:${port}`,
      pid,
      pause: () => void child.kill('SIGSTOP'),
      resume: () => void child.kill('SIGCONT'),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function ready(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void =>
      reject(new Error(`redis-server did not start: ${why}\n${output}`));
    const timer = setTimeout(() => fail('no answer within 15 s'), 15_000);
    const listen = (chunk: Buffer): void => {
      output = `${output}${chunk.toString()}`.slice(-4_000);
      if (!output.includes('Ready to accept connections') || child.pid === undefined) return;
      clearTimeout(timer);
      resolve(child.pid);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', (error) => fail(error.message));
    // Not 'exit': the reason may still be in the pipe.
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(`exit code ${code}`);
    });
  });
}

/** Its pipe closes when this process dies, however it dies: then the server goes too. */
function killWhenOrphaned(pid: number, temporaryDir: string): ChildProcess {
  const script = 'cat > /dev/null; kill -9 "$0"; [ -z "$1" ] || rm -rf "$1"';
  const guard = spawn('sh', ['-c', script, `${pid}`, temporaryDir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  return guard;
}

// Below the range that systems use for outgoing connections, with room for a cluster's bus port.
const FIRST_PORT = 12_000;
const LAST_PORT = 22_000;
const BUS_OFFSET = 10_000;

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if ((await isFree(port)) && (await isFree(port + BUS_OFFSET))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    async () => {
      server.close();
      await once(server, 'close');
      return true;
    },
    () => false,
  );
}
