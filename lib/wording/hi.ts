import type { Catalogue } from './catalogue.ts';
import { codes } from './hi/codes.ts';
import { factor } from './hi/factors.ts';
import { notices } from './hi/notices.ts';
import { pages } from './hi/pages.ts';

/** Hindi. */
export const hi: Catalogue = { codes, notices, pages, factor, space: ' ' };
