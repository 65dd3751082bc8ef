import { readFileSync } from 'node:fs';
import path from 'node:path';

const read = (file: string) => readFileSync(path.join(__dirname, '../..', file), 'utf8');

describe('the events in docs/security.md', () => {
  it('are all that there are, each with what happened and a name of OWASP or a dash [LOG-2]', () => {
    const [, union = ''] =
      /export type MfaEventType =([^;]+);/.exec(read('lib/core/events.ts')) ?? [];
    const types = [...union.matchAll(/'(\w+)'/g)].map(([, type = '']) => type);
    expect(types.length).toBeGreaterThan(25);
    const [, section = ''] = read('docs/security.md').split('\n## Events\n');
    const [table = ''] = section.split('\n## ');
    const rows = [...table.matchAll(/^\| `(\w+)`.*?\| (.+?) +\| (.+?) +\|$/gm)];
    expect([...new Set(rows.map(([, type = '']) => type))].toSorted()).toEqual(types.toSorted());
    const names = /^(?:–|`(?:authn|authz|crypt|excess|session|user)_\w+`.*)$/;
    expect(rows.filter(([, , , name = '']) => !names.test(name))).toEqual([]);
  });
});
