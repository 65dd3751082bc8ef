import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { compile } from '../../scripts/compile.ts';
import { filesUnder, rootDir } from './files.ts';

/** The package as a user installs it: built, packed and unpacked outside of the project. */
export interface Packed {
  /** The paths inside the tarball, sorted. */
  readonly files: readonly string[];
  /** Makes a project with the tarball and `dependencies` installed and answers its folder. */
  project(type: 'commonjs' | 'module', dependencies: readonly string[]): string;
  remove(): void;
}

/** Builds and packs the working tree in a temporary folder. */
export function packProject(): Packed {
  const folder = mkdtempSync(path.join(tmpdir(), 'express-mfa-package-'));
  try {
    return packIn(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function packIn(folder: string): Packed {
  const source = path.join(folder, 'source');
  // The whole tree lies there, so that whatever could be packed by mistake would be.
  cpSync(rootDir, source, { recursive: true, filter: isSource });
  compile(rootDir, source);
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
    cwd: source,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  execFileSync('sh', ['-c', 'tar -xzf express-mfa-*.tgz'], { cwd: folder });
  const unpacked = path.join(folder, 'package');
  let projects = 0;
  return {
    files: filesUnder(unpacked),
    project: (type, dependencies) => {
      const project = path.join(folder, `project-${(projects += 1)}`);
      const modules = path.join(project, 'node_modules');
      cpSync(unpacked, path.join(modules, 'express-mfa'), { recursive: true });
      writeFileSync(path.join(project, 'package.json'), JSON.stringify({ type }));
      dependencies.forEach((name) => link(name, modules));
      return project;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const NOT_SOURCE = ['.git', 'node_modules', 'dist', 'coverage'].map((name) =>
  path.join(rootDir, name),
);

function isSource(file: string): boolean {
  return !NOT_SOURCE.includes(file);
}

function link(name: string, modules: string): void {
  mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
  symlinkSync(path.join(rootDir, 'node_modules', name), path.join(modules, name));
}
