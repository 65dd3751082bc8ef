import { execFileSync, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ear } from '../logs/ear.ts';

/**
 * Connections to two processes of a host. To start one costs more than most attacks do, so they
 * live as long as the process that runs the tests, and its next file finds them by their sockets.
 * With variables of their own, such as `NODE_ENV`, they serve this one file and end with it, and
 * what they print goes to `heard`.
 */
export async function hostProcesses(
  env?: NodeJS.ProcessEnv,
  heard?: (text: string) => void,
): Promise<readonly Socket[]> {
  const name = env ? randomUUID() : String(process.pid);
  const addresses = [0, 1].map((i) => path.join(tmpdir(), `express-mfa-${name}-${i}.sock`));
  const found = await Promise.all(addresses.map(reached));
  if (found.every((socket) => socket !== undefined)) return found;
  const file = bundled();
  const sockets = addresses.map(
    async (address, i) => found[i] ?? started(file, address, env, heard),
  );
  return Promise.all(sockets).finally(() => rmSync(file));
}

async function started(
  file: string,
  address: string,
  env?: NodeJS.ProcessEnv,
  heard?: (text: string) => void,
): Promise<Socket> {
  rmSync(address, { force: true });
  const child = fork(file, [address, env ? 'once' : 'shared'], {
    execArgv: [],
    stdio: ['ignore', heard ? 'pipe' : 2, heard ? 'pipe' : 2, 'ipc'],
    env: { ...process.env, ...env },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      ear.heard('what a process printed', text);
      heard?.(text);
    });
  }
  await once(child, 'message');
  // From now on it holds nothing up; it ends when this process does.
  child.unref();
  child.channel?.unref();
  const socket = await reached(address);
  if (!socket) throw new Error('A process of the host ended at its start.');
  return socket;
}

async function reached(address: string): Promise<Socket | undefined> {
  const socket = connect(address);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket)).once('error', () => resolve(undefined));
  });
}

/** The host as one file of JavaScript that a bare Node runs. */
function bundled(): string {
  const root = path.resolve(__dirname, '..', '..');
  const folder = path.join(root, 'node_modules', '.cache', 'attacks');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${randomUUID()}.cjs`);
  const esbuild = path.join(root, 'node_modules', '.bin', 'esbuild');
  const source = path.join(__dirname, 'host.ts');
  const flags = ['--bundle', '--packages=external', '--platform=node', '--log-level=warning'];
  execFileSync(esbuild, [source, ...flags, `--outfile=${file}`]);
  return file;
}
