import type { Catalogue } from './catalogue.ts';
import { codes } from './en/codes.ts';
import { factor } from './en/factors.ts';
import { notices } from './en/notices.ts';
import { pages } from './en/pages.ts';

/** English. */
export const en: Catalogue = { codes, notices, pages, factor, space: ' ' };
