import type { Catalogue } from './catalogue.ts';
import { codes } from './pt/codes.ts';
import { factor } from './pt/factors.ts';
import { notices } from './pt/notices.ts';
import { pages } from './pt/pages.ts';

/** Portuguese, as in Brazil. */
export const pt: Catalogue = { codes, notices, pages, factor, space: ' ' };
