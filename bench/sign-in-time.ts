import { randomBytes, scrypt } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';

import express from 'express';
import session from 'express-session';

import { createMfa } from '../lib/index.ts';
import type { Users } from '../lib/index.ts';

/**
 * Measures whether the time of a refused sign-in tells known addresses from unknown ones: 200 of
 * each by turns, with and without `users.hashPassword`. It measures and judges nothing: what is
 * done for either is tested by attack A23.
 */
const SAMPLES = 200;
const ADA = { id: 'ada', email: 'ada@example.com' };

const derive = promisify(scrypt);
const hash = (password: string): Promise<unknown> => derive(password, 'salt', 32);
const users: Users = {
  findById: (id) => (id === ADA.id ? ADA : undefined),
  findByEmail: (email) => (email === ADA.email ? ADA : undefined),
  verifyPassword: async (_user, password) => {
    await hash(password);
    return false;
  },
};

async function measure(settings: Users): Promise<readonly [known: number, unknown: number]> {
  const mfa = createMfa({ issuer: 'Bench', keys: [randomBytes(32)], users: settings });
  const app = express();
  app.use(session({ secret: 'bench', resave: false, saveUninitialized: false }));
  app.use('/v1', mfa.router);
  const server = await new Promise<Server>((resolve) => {
    const started: Server = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  const { port } = server.address() as AddressInfo;
  const took = async (email: string): Promise<number> => {
    const start = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}/v1/account/sessions/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-requested-with': 'bench' },
      body: JSON.stringify({ email, password: 'guess' }),
    });
    await answer.text();
    if (answer.status !== 401) throw new Error(`Expected 401, got ${answer.status}.`);
    return performance.now() - start;
  };
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < 20; i += 1) await took(ADA.email);
  for (let i = 0; i < SAMPLES; i += 1) {
    times[0].push(await took(ADA.email));
    times[1].push(await took(`nobody-${i}@example.com`));
  }
  server.close();
  return [median(times[0]), median(times[1])];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

for (const [name, settings] of [
  ['without hashPassword', users],
  ['with hashPassword', { ...users, hashPassword: hash }],
] as const) {
  const [known, unknown] = await measure(settings);
  console.log(
    `${name}: known ${known.toFixed(1)} ms, unknown ${unknown.toFixed(1)} ms, ` +
      `ratio of medians ${(known / unknown).toFixed(2)}`,
  );
}
