import { randomBytes } from 'node:crypto';

import type { MfaOptions } from '../../lib/mfa-options.ts';

/** The three options that are needed. */
export const BASE: MfaOptions = {
  issuer: 'Acme',
  keys: [randomBytes(32).toString('base64')],
  users: { findById: () => null, findByEmail: () => null, verifyPassword: () => false },
};

/** A sender that sends nothing. */
export const SENDER = { send: async () => {} };
