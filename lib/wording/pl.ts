import type { Catalogue } from './catalogue.ts';
import { codes } from './pl/codes.ts';
import { factor } from './pl/factors.ts';
import { notices } from './pl/notices.ts';
import { pages } from './pl/pages.ts';

/** Polish. */
export const pl: Catalogue = { codes, notices, pages, factor, space: ' ' };
