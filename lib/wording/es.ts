import type { Catalogue } from './catalogue.ts';
import { codes } from './es/codes.ts';
import { factor } from './es/factors.ts';
import { notices } from './es/notices.ts';
import { pages } from './es/pages.ts';

/** Spanish. */
export const es: Catalogue = { codes, notices, pages, factor, space: ' ' };
