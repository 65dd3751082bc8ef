import express from 'express';

import { startApp } from '../support/app.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'all', 'use'] as const;

const ENDPOINTS = [
  'DELETE /account/mfa/:type',
  'DELETE /account/mfa/authenticators/:type',
  'DELETE /account/sessions',
  'DELETE /account/sessions/:id',
  'GET /account',
  'GET /account/mfa/authenticators',
  'GET /account/mfa/factors',
  'GET /account/mfa/recovery-codes',
  'GET /account/sessions',
  'GET /account/sessions/:id',
  'PATCH /account/mfa',
  'PATCH /account/mfa/authenticators/:type',
  'PATCH /account/mfa/recovery-codes',
  'PATCH /account/phone',
  'POST /account/mfa/:type',
  'POST /account/mfa/authenticators/:type',
  'POST /account/mfa/challenge',
  'POST /account/mfa/challenges',
  'POST /account/mfa/recovery-codes',
  'POST /account/sessions',
  'POST /account/sessions/email',
  'POST /account/verification',
  'POST /account/verification/phone',
  'POST /account/verifications/email',
  'POST /account/verifications/email/otp',
  'POST /account/verifications/phone',
  'PUT /account/mfa/:type',
  'PUT /account/mfa/authenticators/:type',
  'PUT /account/mfa/challenge',
  'PUT /account/mfa/challenges',
  'PUT /account/verification',
  'PUT /account/verification/phone',
  'PUT /account/verifications/email',
  'PUT /account/verifications/email/otp',
  'PUT /account/verifications/phone',
];

const PAGES = [
  'GET /',
  'GET /assets/:name',
  'GET /authenticators/:id',
  'GET /challenge',
  'GET /challenge/send',
  'GET /recovery-codes',
  'GET /set-up',
  'GET /set-up/:factor',
  'GET /set-up/:factor/confirm',
  'POST /authenticators/:id/remove',
  'POST /authenticators/:id/rename',
  'POST /challenge',
  'POST /challenge/send',
  'POST /mfa',
  'POST /recovery-codes',
  'POST /sessions/end',
  'POST /set-up/:factor',
  'POST /set-up/:factor/confirm',
  'POST /sign-out',
];

describe('the endpoints and the ready pages', () => {
  it('are these and no others: no secret question, no reset, no way round for a help desk [REC-10]', async () => {
    const seen: string[] = [];
    const make = express.Router;
    // Express's own: every router that is made while the app is wired notes what is put on it.
    const spied = jest.spyOn(express, 'Router').mockImplementation((options) => {
      const router = make(options);
      for (const method of METHODS) {
        const put = router[method].bind(router) as (...args: unknown[]) => unknown;
        Object.assign(router, {
          [method]: (...args: unknown[]) => {
            if (typeof args[0] !== 'function')
              seen.push(
                ...[args[0]].flat().map((path) => `${method.toUpperCase()} ${String(path)}`),
              );
            return put(...args);
          },
        });
      }
      return router;
    });
    const app = await startApp({
      routes: (host, mfa) => void host.use('/security', mfa.pages({ login: '/login' })),
    });
    // The pages are made when one is asked for.
    await app.browser().get('/security/challenge').expect(303);
    spied.mockRestore();
    await app.close();
    expect(seen.toSorted()).toEqual([...ENDPOINTS, ...PAGES].toSorted());
  });
});
