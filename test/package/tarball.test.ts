import { readFileSync } from 'node:fs';
import path from 'node:path';

import { LANGUAGES } from '../../lib/wording/languages.ts';
import { filesUnder, rootDir } from './files.ts';
import type { Packed } from './packed.ts';
import { packProject } from './packed.ts';
import { plantTripwire, runModule, typeErrors } from './project.ts';

const { dependencies } = JSON.parse(readFileSync(path.join(rootDir, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

const REQUIRED = [...Object.keys(dependencies), 'express', 'express-session'];
const OPTIONAL = ['ioredis', 'nodemailer', '@vonage/server-sdk'];
const TYPES = ['@types/node', '@types/express', '@types/express-session'];

const FUNCTIONS = {
  'express-mfa': ['createMfa', 'memoryStore', 'splitStore', 'MfaError'],
  'express-mfa/redis': ['redisStore'],
  'express-mfa/nodemailer': ['nodemailerSender'],
  'express-mfa/vonage': ['vonageSender'],
  'express-mfa/pages': ['ownPath'],
};

const WAYS = [
  { type: 'commonjs', load: 'require' },
  { type: 'module', load: 'import' },
] as const;

let packed: Packed;

beforeAll(() => {
  packed = packProject();
}, 120_000);

afterAll(() => packed?.remove());

describe('the tarball', () => {
  it('holds the build, README, CHANGELOG and LICENSE, and nothing else', () => {
    const built = filesUnder(path.join(rootDir, 'lib')).flatMap((file) =>
      ['esm', 'cjs'].flatMap((format) =>
        ['js', 'd.ts'].map((end) => `dist/${format}/${file.replace(/tsx?$/, end)}`),
      ),
    );
    const beside = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect(packed.files).toEqual([...built, 'dist/cjs/package.json', ...beside].sort());
  });
});

describe.each(WAYS)('in a JavaScript project of type $type', ({ type, load }) => {
  it('exports what it promises, without the optional peers', () => {
    const project = packed.project(type, REQUIRED);
    const printed = runModule(
      project,
      `const promised = ${JSON.stringify(FUNCTIONS)};
       (async () => {
         for (const [module, names] of Object.entries(promised)) {
           const loaded = await ${load}(module);
           names.forEach((name) => console.log(module, name, typeof loaded[name]));
         }
       })();`,
    );
    const expected = Object.entries(FUNCTIONS).flatMap(([module, names]) =>
      names.map((name) => `${module} ${name} function`),
    );
    expect(printed).toEqual(expected);
  });

  it('writes mails in every language, each loaded when it is first needed', () => {
    const project = packed.project(type, REQUIRED);
    const wording = `./node_modules/express-mfa/dist/${type === 'module' ? 'esm' : 'cjs'}/wording`;
    const printed = runModule(
      project,
      `(async () => {
         const { codeMessages } = await ${load}('${wording}/code-message.js');
         const compose = codeMessages({ issuer: 'Acme', domain: 'acme.example' });
         for (const language of ${JSON.stringify(LANGUAGES)}) {
           const mail = { channel: 'email', to: 'ada@example.com', mailbox: '', code: '271828' };
           const about = { purpose: 'prove', ttlMs: 60000, languages: [language] };
           console.log(/lang="(..)"/.exec((await compose(mail, about)).html)[1]);
         }
       })();`,
    );
    expect(printed).toEqual(LANGUAGES);
  });

  describe('with tripwires in place of the optional peers', () => {
    let project: string;

    beforeAll(() => {
      project = packed.project(type, REQUIRED);
      OPTIONAL.forEach((name) => plantTripwire(project, name));
    });

    it.each(OPTIONAL)('would see %s being loaded', (name) => {
      expect(runModule(project, `${load}('${name}');`)).toEqual([`loaded ${name}`]);
    });

    it('loads neither ioredis, nor nodemailer, nor the Vonage SDK', () => {
      expect(runModule(project, `${load}('express-mfa');`)).toEqual([]);
    });
  });
});

describe.each(WAYS)('in a TypeScript project of type $type', ({ type }) => {
  it('compiles with real clients of the optional peers and rows of a database, and not with a misspelt option or a text for a no', () => {
    const project = packed.project(type, [...REQUIRED, ...OPTIONAL, ...TYPES]);
    const errors = typeErrors(project, {
      right: USE,
      misspelt: `${USE}createMfa({ isuer: 'Acme' });`,
      rows: ROWS,
      unclear: `${ROWS}export const eve: HostUser = { id: 7, emailVerified: 'false' };`,
    });
    const misspelt = [expect.stringContaining("'isuer'")];
    const unclear = [expect.stringContaining("'Verified | undefined'")];
    expect(errors).toEqual({ right: [], misspelt, rows: [], unclear, elsewhere: [] });
  });
});

const USE = `
import { Vonage } from '@vonage/server-sdk';
import express from 'express';
import { Redis } from 'ioredis';
import { createTransport } from 'nodemailer';
import { createMfa } from 'express-mfa';
import { nodemailerSender } from 'express-mfa/nodemailer';
import { redisStore } from 'express-mfa/redis';
import { vonageSender } from 'express-mfa/vonage';

interface User { readonly id: string; readonly email: string; readonly phone?: string }
const ada: User = { id: 'ada', email: 'ada@example.com' };

const mfa = createMfa({
  issuer: 'Acme',
  keys: [Buffer.alloc(32).toString('base64')],
  users: {
    findById: async () => ada,
    findByEmail: async () => ada,
    verifyPassword: async () => true,
  },
  store: redisStore(new Redis()),
  email: nodemailerSender(createTransport({ jsonTransport: true }), { from: 'no-reply@example.com' }),
  sms: vonageSender(new Vonage({ apiKey: 'key', apiSecret: 'secret' }), { from: 'Acme' }),
});

express().use('/v1', mfa.router).get('/reports', mfa.requireAllFactors(), (_request, response) => {
  response.send('ok');
});
`;

/** A table whose columns may be null and whose ids are numbers, as an ORM types it. */
const ROWS = `
import { createMfa } from 'express-mfa';
import type { HostUser, Users } from 'express-mfa';

interface Row {
  id: number;
  name: string | null;
  email: string | null;
  emailVerified: Date | null;
  phone: string | null;
  locale: string | null;
  createdAt: Date | null;
  passwordHash: string;
}
interface Credentials { id: number; passwordHash: string }
declare const table: { byId(id: string): Promise<Row | undefined>; credentials(email: string): Promise<Credentials | null> };
declare function compare(password: string, hash: string): Promise<boolean>;

createMfa({
  issuer: 'Acme',
  keys: [Buffer.alloc(32).toString('base64')],
  users: {
    findById: (id) => table.byId(id),
    findByEmail: (email) => table.credentials(email),
    verifyPassword: (user, password) => compare(password, user.passwordHash),
  },
});

export class Repository implements Users {
  findById(id: string) { return table.byId(id); }
  findByEmail(email: string) { return table.credentials(email); }
  verifyPassword(user: Credentials, password: string) { return compare(password, user.passwordHash); }
}
export const asHostUser = (row: Row): HostUser => row;
`;
