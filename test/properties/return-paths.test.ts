import fc from 'fast-check';

import { ownPath } from '../../lib/pages.ts';
import { anyText } from '../support/any-text.ts';
import { runs } from './runs.ts';

const PIECES = '/ \\ . .. : @ ? # %2f evil.example a javascript:'.split(' ');
const pieces = fc.constantFrom(...PIECES, '\t', '\n', ' ');
const nasty = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));

describe('where to go on', () => {
  it('is a path of the own origin, read the same way again, or nothing [TRN-7]', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nasty,
          nasty.map((text) => `/${text}`),
          anyText(),
          fc.webUrl(),
        ),
        (wanted) => {
          const path = ownPath(wanted);
          if (path === undefined) return;
          expect(new URL(path, 'https://app.example/deep/').origin).toBe('https://app.example');
          expect(ownPath(path)).toBe(path);
        },
      ),
      runs(500),
    );
  });
});
