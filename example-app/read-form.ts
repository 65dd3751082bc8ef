import express from 'express';
import type { RequestHandler } from 'express';

import { sameOrigin } from './same-origin.ts';

/** Before every handler of a form: whose page it comes from, then what is in it. */
export const readForm: RequestHandler[] = [
  sameOrigin,
  express.urlencoded({ extended: false, limit: '4kb' }),
];
