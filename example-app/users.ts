import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import type { User, Users } from '../lib/index.ts';

/** What it takes to create a user; `id` is made up if there is none. */
export interface NewUser {
  readonly id?: string | undefined;
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly phone?: string | undefined;
}

/** This app's own users: `createMfa` takes them as they are, the rest is for the app's routes. */
export interface UserDirectory extends Users<User> {
  /** Undefined if the id or the address is taken. */
  create(user: NewUser): Promise<User | undefined>;
  /** The user with this address and password. It takes as long when there is no such user. */
  withPassword(email: string, password: string): Promise<User | undefined>;
}

/** Users in memory, as a stand-in for a table of yours: gone at the next start. */
export function userDirectory(): UserDirectory {
  const users = new Map<string, User>();
  const ids = new Map<string, string>();
  const hashes = new Map<string, string>();
  const byEmail = (email: string): User | undefined =>
    users.get(ids.get(email.toLowerCase()) ?? '');
  const isPasswordOf = (user: User | undefined, password: string): Promise<boolean> =>
    isMatch(password, hashes.get(user?.id ?? '') ?? NOBODY);

  return {
    findById: (id) => users.get(id),
    findByEmail: byEmail,
    verifyPassword: isPasswordOf,
    hashPassword: hashed,

    updatePhone(id, phone) {
      const user = users.get(id);
      // A number that was typed in is not yet proved.
      if (user) users.set(id, { ...user, phone, phoneVerified: false });
    },

    async create({ id = randomBytes(10).toString('hex'), email, password, name, phone }) {
      const hash = await hashed(password);
      // From here on nothing waits: two requests cannot both find the address free.
      if (users.has(id) || byEmail(email)) return undefined;
      const user: User = {
        id,
        email,
        emailVerified: false,
        name,
        createdAt: new Date(),
        ...(phone === undefined ? {} : { phone, phoneVerified: false }),
      };
      users.set(id, user);
      ids.set(email, id);
      hashes.set(id, hash);
      return user;
    },

    async withPassword(email, password) {
      const user = byEmail(email);
      return (await isPasswordOf(user, password)) ? user : undefined;
    },
  };
}

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(
  scrypt,
);
// One of the settings that OWASP's password storage cheat sheet recommends.
const COST = { N: 2 ** 14, r: 8, p: 5 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** What a password is compared with when there is no user: nothing matches it, and it takes the same time. */
const NOBODY = `${'00'.repeat(SALT_BYTES)}.${'00'.repeat(KEY_BYTES)}`;

async function hashed(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password.normalize('NFKC'), salt, KEY_BYTES, COST);
  return `${salt.toString('hex')}.${key.toString('hex')}`;
}

async function isMatch(password: string, hash: string): Promise<boolean> {
  const [salt = '', key = ''] = hash.split('.');
  const given = await derive(password.normalize('NFKC'), Buffer.from(salt, 'hex'), KEY_BYTES, COST);
  return timingSafeEqual(given, Buffer.from(key, 'hex'));
}
