import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A redis-server (or valkey-server) that runs here, and the libraries it needs beside the system's. */
export interface RedisBinary {
  readonly file: string;
  readonly libraryPath: string;
}

/** Where an unpacked copy is kept between runs, relative to the project. */
export const CACHE = path.join('node_modules', '.cache', 'redis');

/** Looks in the environment, on PATH and in the cache, and then asks apt; undefined when none is found. */
export async function findRedisBinary(rootDir: string): Promise<RedisBinary | undefined> {
  const cache = path.join(rootDir, CACHE);
  const known = [
    installed(process.env['REDIS_SERVER_BIN']),
    onPath('redis-server'),
    onPath('valkey-server'),
    unpacked(cache),
  ];
  for (const binary of known) {
    if (binary !== undefined && (await runs(binary))) return binary;
  }
  if (onPath('apt-get') === undefined || onPath('dpkg-deb') === undefined) return undefined;
  await unpackFromApt(cache);
  const fetched = unpacked(cache);
  return fetched !== undefined && (await runs(fetched)) ? fetched : undefined;
}

/** The environment a server needs to find its libraries. */
export function redisEnvironment(binary: RedisBinary): NodeJS.ProcessEnv {
  return binary.libraryPath === ''
    ? process.env
    : { ...process.env, LD_LIBRARY_PATH: binary.libraryPath };
}

function installed(file: string | undefined): RedisBinary | undefined {
  return file === undefined || file === '' ? undefined : { file, libraryPath: '' };
}

function onPath(name: string): RedisBinary | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((f) => f !== '');
  return installed(folders.map((folder) => path.join(folder, name)).find(isExecutable));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function runs(binary: RedisBinary): Promise<boolean> {
  return run(binary.file, ['--version'], { env: redisEnvironment(binary), timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

function unpacked(cache: string): RedisBinary | undefined {
  const file = path.join(cache, 'usr', 'bin', 'redis-server');
  if (!existsSync(file)) return undefined;
  const folders = [path.join(cache, 'usr', 'lib'), path.join(cache, 'lib')].filter(existsSync);
  const perPlatform = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.includes('-linux-'))
      .map((name) => path.join(folder, name)),
  );
  return { file, libraryPath: [...perPlatform, ...folders].join(':') };
}

const PACKAGES = ['redis-server', 'redis-tools'];
const LIBRARIES = [
  'libjemalloc2',
  'liblzf1',
  'libatomic1',
  'liblua5.1-0',
  'lua-cjson',
  'lua-bitop',
];
const IMPATIENT = ['-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=15'];

/** Unpacks the packages without installing anything: no root, no daemon. */
async function unpackFromApt(cache: string): Promise<void> {
  const work = `${cache}.${process.pid}`;
  const tree = path.join(work, 'tree');
  mkdirSync(tree, { recursive: true });
  try {
    const options = await aptOptions(work);
    for (const name of LIBRARIES) {
      // Which of them exist, and which are needed, differs between releases.
      await download(name, options, work).catch(() => undefined);
    }
    for (const archive of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
      await run('dpkg-deb', ['-x', path.join(work, archive), tree]);
    }
    // Renamed as a whole, so that a run beside this one never sees half a tree.
    rmSync(cache, { recursive: true, force: true });
    renameSync(tree, cache);
  } catch (error) {
    process.stderr.write(`redis: apt gave no redis-server (${firstLine(error)})\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Downloads the server with the system's package lists, or else with lists fetched into a private folder. */
async function aptOptions(work: string): Promise<readonly string[]> {
  try {
    await downloadAll(IMPATIENT, work);
    return IMPATIENT;
  } catch {
    const own = [...IMPATIENT, ...privateFolders(path.join(work, 'apt'))];
    await run('apt-get', [...own, 'update'], { timeout: 120_000 });
    await downloadAll(own, work);
    return own;
  }
}

function privateFolders(folder: string): readonly string[] {
  mkdirSync(path.join(folder, 'lists', 'partial'), { recursive: true });
  mkdirSync(path.join(folder, 'archives', 'partial'), { recursive: true });
  return [
    `Dir::State=${folder}`,
    `Dir::State::lists=${path.join(folder, 'lists')}`,
    `Dir::Cache=${folder}`,
    'Dir::State::status=/var/lib/dpkg/status',
  ].flatMap((option) => ['-o', option]);
}

async function downloadAll(options: readonly string[], folder: string): Promise<void> {
  for (const name of PACKAGES) await download(name, options, folder);
}

async function download(name: string, options: readonly string[], folder: string): Promise<void> {
  await run('apt-get', [...options, 'download', name], { cwd: folder, timeout: 60_000 });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n').at(-1) ?? '';
}
