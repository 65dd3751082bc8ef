import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as nodemailerEntry from '../../lib/nodemailer.ts';
import * as vonageEntry from '../../lib/vonage.ts';

describe('the entries of the senders', () => {
  it('offer the factory and nothing else at run time', () => {
    expect(Object.keys(nodemailerEntry)).toEqual(['nodemailerSender']);
    expect(Object.keys(vonageEntry)).toEqual(['vonageSender']);
  });

  it('import no library, neither now nor later: the host hands over its own instance', () => {
    const lib = join(__dirname, '../../lib');
    const rooms = readdirSync(join(lib, 'senders')).map((file) => join(lib, 'senders', file));
    const sources = [join(lib, 'nodemailer.ts'), join(lib, 'vonage.ts'), ...rooms];
    const imported = sources.flatMap((file) =>
      [
        ...readFileSync(file, 'utf8').matchAll(
          /(?:\bfrom\s+|\bimport\s*\(?\s*|\brequire\()'([^']+)'/g,
        ),
      ].map(([, module]) => module),
    );
    expect(imported.filter((module) => !/^(?:node:|\.\.?\/)/.test(module ?? ''))).toEqual([]);
    expect(imported).toContain('./senders/vonage.ts');
  });
});
