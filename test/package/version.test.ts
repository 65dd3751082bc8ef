import { readFileSync } from 'node:fs';
import path from 'node:path';

import { VERSION } from '../../lib/version.ts';

import { rootDir } from './files.ts';

describe('VERSION', () => {
  it('is the version in package.json', () => {
    const manifest = readFileSync(path.join(rootDir, 'package.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ version: VERSION });
  });
});
