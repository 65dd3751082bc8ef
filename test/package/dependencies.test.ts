import { readFileSync } from 'node:fs';
import path from 'node:path';

import { rootDir } from './files.ts';

interface Locked {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
}

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(rootDir, name), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const manifest = read('package.json') as { dependencies: object; scripts: Record<string, string> };

const names = (where: (locked: Locked) => boolean): readonly string[] =>
  Object.keys(packages).filter((name) => where(packages[name] ?? {}));

describe('the dependencies', () => {
  it('are few, each one chosen', () => {
    const chosen = [
      'cookie',
      'fastest-levenshtein',
      'ipaddr.js',
      'libphonenumber-js',
      'otplib',
      'preact',
      'preact-render-to-string',
      'qrcode',
      'valibot',
    ];
    expect(Object.keys(manifest.dependencies)).toEqual(chosen);
  });

  it('run no script when a user installs them', () => {
    expect(names(({ hasInstallScript, dev }) => hasInstallScript === true && dev !== true)).toEqual(
      [],
    );
    expect(Object.keys(manifest.scripts).filter((name) => /install|prepare/.test(name))).toEqual(
      [],
    );
  });

  it('come from the public registry', () => {
    const elsewhere = ({ resolved = '' }: Locked): boolean =>
      resolved !== '' && !resolved.startsWith('https://registry.npmjs.org/');
    expect(names(elsewhere)).toEqual([]);
  });
});
