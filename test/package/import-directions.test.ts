import { lint } from './lint.ts';

const ROOMS = ['core', 'crypto', 'factors', 'http', 'pages', 'senders', 'stores', 'wording'];
const DOORS = ['index', 'mfa', 'mfa-options', 'options', 'wiring'];

/** Whom the files of a room may import besides those of their own; `packages` are those of npm. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: ['errors'],
  crypto: ['errors', 'node:'],
  factors: ['errors', 'node:', 'packages', 'core', 'crypto'],
  stores: ['errors', 'node:', 'packages', 'core', 'crypto'],
  senders: ['errors', 'node:', 'packages', 'core', 'crypto'],
  http: ['errors', 'node:', 'packages', 'core', 'crypto', 'pages', 'wording', 'options'],
  wording: ['errors', 'packages', 'core'],
};

const SPECIFIERS: Readonly<Record<string, string>> = {
  'node:': 'node:util',
  packages: 'express',
  errors: '../errors.ts',
  ...Object.fromEntries(ROOMS.map((room) => [room, `../${room}/thing.ts`])),
  ...Object.fromEntries(DOORS.map((door) => [door, `../${door}.ts`])),
};

const WAYS: Readonly<Record<string, (specifier: string) => string>> = {
  import: (specifier) => `import { a } from '${specifier}';\nexport const b = a;\n`,
  'import type': (specifier) => `import type { A } from '${specifier}';\nexport type B = A;\n`,
  'export from': (specifier) => `export { a } from '${specifier}';\n`,
  'import()': (specifier) => `export const a = (): unknown => import('${specifier}');\n`,
};

const FORBIDDEN = ['eslint(no-restricted-imports)'];

const planted = Object.keys(MAY_IMPORT).flatMap((room) =>
  Object.entries(SPECIFIERS)
    .filter(([target]) => target !== room)
    .flatMap(([target, specifier]) =>
      Object.entries(WAYS).map(([way, write], index) => ({
        room,
        target,
        way,
        file: `lib/${room}/${target.replace(':', '')}-${index}.ts`,
        code: write(specifier),
      })),
    ),
);

const DEEP = {
  file: 'lib/core/commands/deep.ts',
  code: "export { a } from '../../stores/a.ts';\n",
};
const OWN = { file: 'lib/core/commands/own.ts', code: "export { a } from '../thing.ts';\n" };
const ERRORS = { file: 'lib/errors.ts', code: "export { a } from './core/thing.ts';\n" };

describe('the import directions', () => {
  let broken: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    broken = lint([...planted, DEEP, OWN, ERRORS]);
  });

  it.each(Object.keys(MAY_IMPORT))('hold for lib/%s, however it is imported', (room) => {
    const own = planted.filter((fault) => fault.room === room);
    const found = own.map(({ target, way, file }) => ({ target, way, broken: broken.get(file) }));
    const expected = own.map(({ target, way }) => ({
      target,
      way,
      broken: MAY_IMPORT[room]?.includes(target) === true ? [] : FORBIDDEN,
    }));
    expect(found).toEqual(expected);
  });

  it('hold for a folder inside a room', () => {
    expect(broken.get(DEEP.file)).toEqual(FORBIDDEN);
    expect(broken.get(OWN.file)).toEqual([]);
  });

  it('forbid errors.ts every import', () => {
    expect(broken.get(ERRORS.file)).toEqual(FORBIDDEN);
  });
});
