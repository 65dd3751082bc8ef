import type { Catalogue } from './catalogue.ts';
import { codes } from './ja/codes.ts';
import { factor } from './ja/factors.ts';
import { notices } from './ja/notices.ts';
import { pages } from './ja/pages.ts';

/** Japanese. */
export const ja: Catalogue = { codes, notices, pages, factor, space: '' };
