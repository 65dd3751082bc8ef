import type { Catalogue } from './catalogue.ts';
import { codes } from './nl/codes.ts';
import { factor } from './nl/factors.ts';
import { notices } from './nl/notices.ts';
import { pages } from './nl/pages.ts';

/** Dutch. */
export const nl: Catalogue = { codes, notices, pages, factor, space: ' ' };
