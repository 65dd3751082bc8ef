import type { Catalogue } from './catalogue.ts';
import { codes } from './ar/codes.ts';
import { factor } from './ar/factors.ts';
import { notices } from './ar/notices.ts';
import { pages } from './ar/pages.ts';

/** Arabic. */
export const ar: Catalogue = { codes, notices, pages, factor, space: ' ' };
