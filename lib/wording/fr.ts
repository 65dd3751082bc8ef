import type { Catalogue } from './catalogue.ts';
import { codes } from './fr/codes.ts';
import { factor } from './fr/factors.ts';
import { notices } from './fr/notices.ts';
import { pages } from './fr/pages.ts';

/** French. */
export const fr: Catalogue = { codes, notices, pages, factor, space: ' ' };
