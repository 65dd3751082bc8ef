import { readFileSync } from 'node:fs';
import path from 'node:path';

import { filesUnder, rootDir } from './files.ts';
import { lint } from './lint.ts';

const SWITCH = `
export function name(status: 'on' | 'off'): string {
  switch (status) {
    case 'on':
      return 'On';
  }
  return '';
}
`;

const faults = [
  { rule: 'typescript(no-explicit-any)', code: 'export const a = (b: any): unknown => b;' },
  {
    rule: 'typescript(no-floating-promises)',
    code: 'export const a = (): void => {\n  Promise.resolve(1);\n};',
  },
  { rule: 'typescript(switch-exhaustiveness-check)', code: SWITCH },
  { rule: 'import(no-default-export)', code: 'export default 1;' },
  { rule: 'eslint(no-console)', code: "console.log('a');" },
  {
    rule: 'eslint(no-restricted-properties)',
    code: 'export const a = (): number => Math.random();',
  },
  { rule: 'eslint(no-restricted-properties)', code: 'export const a = (): number => Date.now();' },
  { rule: 'eslint(no-restricted-properties)', code: 'export const a = process.env;' },
  { rule: 'eslint(no-restricted-properties)', code: 'export const { env } = process;' },
].map((fault, index) => ({ ...fault, file: `lib/http/fault-${index}.ts` }));

const CYCLE = [
  {
    file: 'lib/stores/a.ts',
    code: "import { b } from './b.ts';\nexport const a = (): unknown => b;\n",
  },
  {
    file: 'lib/stores/b.ts',
    code: "import { a } from './a.ts';\nexport const b = (): unknown => a;\n",
  },
];
const CLOCK = { file: 'lib/crypto/clock.ts', code: 'export const a = (): number => Date.now();\n' };
const DICE = {
  file: 'lib/crypto/dice.ts',
  code: 'export const a = (): number => Math.random();\n',
};

describe('the linter', () => {
  let broken: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    broken = lint([...faults, ...CYCLE, CLOCK, DICE]);
  });

  it.each(faults)('refuses $code ($rule)', ({ file, rule }) => {
    expect(broken.get(file)).toEqual([rule]);
  });

  it('refuses an import cycle', () => {
    expect(CYCLE.flatMap(({ file }) => broken.get(file))).toContain('import(no-cycle)');
  });

  it('leaves the clock to lib/crypto, but not Math.random', () => {
    expect(broken.get(CLOCK.file)).toEqual([]);
    expect(broken.get(DICE.file)).toEqual(['eslint(no-restricted-properties)']);
  });
});

// What the linter has no rule for.
describe('the code of the pure rooms', () => {
  const READS_CLOCK = /\bnew Date(\(\)|(?!\s*[(\w]))|\bglobalThis\.(Date|process)\b|[^.\w]Date\(\)/;
  const WIRING = /^(mfa\.ts|options\.ts|crypto\/)/;
  const lib = path.join(rootDir, 'lib');

  it.each(['new Date()', 'new Date;', 'globalThis.Date.now()', ' Date()'])(
    'would be caught at %s',
    (code) => {
      expect(code).toMatch(READS_CLOCK);
    },
  );

  it.each(['new Date(now)', 'at: Date)', 'x.toDate()'])('may say %s', (code) => {
    expect(code).not.toMatch(READS_CLOCK);
  });

  it('takes the time as an argument', () => {
    const readers = filesUnder(lib)
      .filter((file) => !WIRING.test(file))
      .filter((file) => READS_CLOCK.test(readFileSync(path.join(lib, file), 'utf8')));
    expect(readers).toEqual([]);
  });
});
