import type { Catalogue } from './catalogue.ts';
import { codes } from './zh/codes.ts';
import { factor } from './zh/factors.ts';
import { notices } from './zh/notices.ts';
import { pages } from './zh/pages.ts';

/** Chinese, in simplified characters. */
export const zh: Catalogue = { codes, notices, pages, factor, space: '' };
