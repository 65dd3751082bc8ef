import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const text = readFileSync(path.join(root, 'docs/security.md'), 'utf8');

/** The rows of the tables that say which test shows what: an id, and the files that carry it. */
const promises = [...text.matchAll(/^\|\s*([A-Z]{3}-\d+|A\d\d)\s*\|.*\|([^|]*)\|$/gm)].map(
  ([, id = '', files = '']) => ({ id, files: [...files.matchAll(/`([^`]+)`/g)].map(([, f]) => f) }),
);
const cited = [...text.matchAll(/`((?:[\w-]+\/)+[\w.-]+\.ts)`/g)].map(([, file = '']) => file);

describe('docs/security.md', () => {
  it('shows each row and attack by tests whose titles carry its id', () => {
    expect(promises.length).toBeGreaterThan(150);
    const unproved = promises.filter(
      ({ id, files }) =>
        files.length === 0 ||
        !files.every((file) =>
          readFileSync(path.join(root, 'test', file ?? ''), 'utf8').includes(`[${id}]`),
        ),
    );
    expect(unproved).toEqual([]);
  });

  it('cites no test that is not there', () => {
    expect(cited.filter((file) => !existsSync(path.join(root, 'test', file)))).toEqual([]);
  });
});
