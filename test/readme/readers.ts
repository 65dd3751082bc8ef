import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Vonage } from '@vonage/server-sdk';
import type { Express, RequestHandler } from 'express';
import type { Redis } from 'ioredis';
import type { Transporter } from 'nodemailer';
import type passport from 'passport';

import type { HostUser, Mfa } from '../../lib/index.ts';

declare global {
  namespace Express {
    // As an app with Passport tells it who its users are.
    interface User {
      readonly id: string;
      readonly locale?: string | undefined;
    }
  }
}

interface Row extends HostUser {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
}

/** What the blocks of the README leave to their reader, by name. */
export interface Readers {
  app: Express;
  server: Server;
  sessions: RequestHandler;
  mfa: Mfa;
  redis: Redis;
  transport: Transporter;
  vonage: Vonage;
  passport: typeof passport;
  db: {
    get(sql: string, values: readonly string[]): { readonly mfa: string | null } | undefined;
    run(sql: string, values: readonly (string | number)[]): { readonly changes: number };
  };
  table: readonly Row[];
  findById(id: string): Promise<Row | undefined>;
  findByEmail(email: string): Promise<Row | undefined>;
  verifyPassword(user: Row, password: string): Promise<boolean>;
  compare(password: string, hash: string | undefined): Promise<boolean>;
  checkPassword(email: string, password: string): Promise<Row | undefined>;
  resetPassword(token: string, password: string): Promise<Row | undefined>;
  changePassword(userId: string, password: string): Promise<void>;
  showReports: RequestHandler;
  showAccount: RequestHandler;
  pay: RequestHandler;
  carrier: { lastSwap(phone: string): Promise<{ readonly swappedAt: number }> };
  gateway: { deliver(to: string, text: string): Promise<void> };
  queue: { add(job: object): unknown };
  sockets: { handleUpgrade(req: object, socket: Duplex, head: Buffer): void };
  log: { info(event: object): void };
  alertOwner(userId: string | undefined): void;
}
