import type { Catalogue } from './catalogue.ts';
import { codes } from './it/codes.ts';
import { factor } from './it/factors.ts';
import { notices } from './it/notices.ts';
import { pages } from './it/pages.ts';

/** Italian. */
export const it: Catalogue = { codes, notices, pages, factor, space: ' ' };
