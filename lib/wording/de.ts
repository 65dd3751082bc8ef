import type { Catalogue } from './catalogue.ts';
import { codes } from './de/codes.ts';
import { factor } from './de/factors.ts';
import { notices } from './de/notices.ts';
import { pages } from './de/pages.ts';

/** German. */
export const de: Catalogue = { codes, notices, pages, factor, space: ' ' };
