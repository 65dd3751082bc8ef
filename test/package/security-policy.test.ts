import { readFileSync } from 'node:fs';
import path from 'node:path';

import { rootDir } from './files.ts';

describe('SECURITY.md', () => {
  const text = readFileSync(path.join(rootDir, 'SECURITY.md'), 'utf8');

  it.each(['48 hours', '7 days', '30 days', 'in private', 'Supported versions'])(
    'says "%s"',
    (promise) => {
      expect(text).toContain(promise);
    },
  );
});
