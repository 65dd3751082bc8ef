export { ownPath } from './pages/own-path.ts';
export type { Color, PagesOptions } from './pages/pages-options.ts';
